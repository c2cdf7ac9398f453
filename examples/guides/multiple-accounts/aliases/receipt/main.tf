terraform {
  required_providers {
    linq = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

data "linq_attachment" "receipt" {
  attachment_id    = "8e30d5a9-1c64-4f7b-b2d8-67f9a40c3e12"
  wait_until_ready = true
}

output "filename" {
  value = data.linq_attachment.receipt.filename
}
