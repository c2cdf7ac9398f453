terraform {
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

resource "terraform_data" "passport" {
  triggers_replace = local.passport_id
}

data "linq_attachment" "passport" {
  attachment_id    = local.passport_id
  wait_until_ready = true
  depends_on       = [terraform_data.passport]
}

resource "terraform_data" "copy" {
  triggers_replace = terraform_data.passport.id

  provisioner "local-exec" {
    command = "curl -fsSLo passport.png \"$URL\""
    environment = {
      URL = data.linq_attachment.passport.download_url
    }
  }
}
