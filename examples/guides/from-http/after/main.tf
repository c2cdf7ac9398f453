terraform {
  required_providers {
    linq = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

data "linq_attachment" "photo" {
  attachment_id    = "550e8400-e29b-41d4-a716-446655440000"
  wait_until_ready = true
}

output "url" {
  value     = data.linq_attachment.photo.download_url
  sensitive = true
}
