terraform {
  required_version = ">= 1.10" # OpenTofu: 1.11
  required_providers {
    linq = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

locals {
  passport_id = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"
}

ephemeral "linq_attachment" "passport" {
  attachment_id    = local.passport_id
  wait_until_ready = true  # until there is a URL
  timeout          = "10m" # of the whole read
}

resource "terraform_data" "passport" {
  triggers_replace = local.passport_id

  provisioner "local-exec" {
    command = "curl -fsSLo passport.png \"$URL\""
    environment = {
      URL = ephemeral.linq_attachment.passport.download_url
    }
  }
}
