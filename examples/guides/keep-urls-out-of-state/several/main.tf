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
  files = {
    "passport.png" = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"
    "photo.jpg"    = "550e8400-e29b-41d4-a716-446655440000"
  }
}

ephemeral "linq_attachment" "file" {
  for_each         = local.files
  attachment_id    = each.value
  wait_until_ready = true
}

resource "terraform_data" "copy" {
  for_each         = local.files
  triggers_replace = each.value

  provisioner "local-exec" {
    command = "curl -fsSLo \"$FILE\" \"$URL\""
    environment = {
      FILE = each.key
      URL  = ephemeral.linq_attachment.file[each.key].download_url
    }
  }
}
