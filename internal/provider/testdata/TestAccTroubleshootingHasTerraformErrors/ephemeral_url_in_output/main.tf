terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

ephemeral "linq_attachment" "a" {
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
}

output "a" {
  value = ephemeral.linq_attachment.a.download_url
}
