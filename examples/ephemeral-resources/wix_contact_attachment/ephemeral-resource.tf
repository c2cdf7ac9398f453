terraform {
  required_version = ">= 1.10" # OpenTofu: 1.11
  required_providers {
    wix = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

locals {
  offer_id = "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"
}

ephemeral "wix_contact_attachment" "offer" {
  contact_id       = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id    = local.offer_id
  wait_until_ready = true  # until there is a URL
  timeout          = "10m" # of the whole read
}

resource "terraform_data" "offer" {
  triggers_replace = local.offer_id

  provisioner "local-exec" {
    command = "curl -fsSLo offer.pdf \"$URL\""
    environment = {
      URL = ephemeral.wix_contact_attachment.offer.download_url
    }
  }
}
