terraform {
  required_providers {
    attachments = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

variable "linq_api_key" {
  type      = string
  sensitive = true
}

data "linq_attachment" "photo" {
  provider         = attachments
  attachment_id    = "550e8400-e29b-41d4-a716-446655440000"
  wait_until_ready = true
}
