terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

data "linq_attachments" "a" {
  attachment_ids = ["550e8400-e29b-41d4-a716-446655440000"]
}

output "a" {
  value = data.linq_attachments.a.attachments["550e8400-e29b-41d4-a716-446655440000"].download_url
}
