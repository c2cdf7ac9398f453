terraform {
  required_version = ">= 1.10" # OpenTofu: 1.11
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

# The token comes from LINQ_API_V3_API_KEY.
provider "linq" {}

ephemeral "linq_attachment" "passport" {
  attachment_id = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"
}

resource "terraform_data" "passport" {
  triggers_replace = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"

  provisioner "local-exec" {
    command = "curl -fsSLo passport.png \"$URL\""
    environment = {
      URL = ephemeral.linq_attachment.passport.download_url
    }
  }
}
