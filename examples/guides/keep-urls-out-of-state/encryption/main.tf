terraform {
  required_version = ">= 1.8" # OpenTofu
  required_providers {
    linq = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }

  encryption {
    key_provider "pbkdf2" "passphrase" {
      passphrase = var.passphrase
    }
    method "aes_gcm" "encryption" {
      keys = key_provider.pbkdf2.passphrase
    }
    state {
      method   = method.aes_gcm.encryption
      enforced = true
    }
    plan {
      method   = method.aes_gcm.encryption
      enforced = true
    }
  }
}

variable "passphrase" {
  type      = string
  sensitive = true
}

data "linq_attachment" "passport" {
  attachment_id    = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"
  wait_until_ready = true
}

output "url" {
  value     = data.linq_attachment.passport.download_url
  sensitive = true
}
