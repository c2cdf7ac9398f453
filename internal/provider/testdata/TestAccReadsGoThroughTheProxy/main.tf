terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

variable "certificate" {
  type = string
}

provider "linq" {
  ca_cert_pem = var.certificate
}

data "linq_attachment" "a" {
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
}
