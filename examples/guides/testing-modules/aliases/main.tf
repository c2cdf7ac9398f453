terraform {
  required_providers {
    linq = {
      source                = "terraform-attachments/attachments"
      version               = "~> 0.1"
      configuration_aliases = [linq.archive]
    }
  }
}

data "linq_attachment" "photo" {
  provider      = linq.archive
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
}

output "filename" {
  value = data.linq_attachment.photo.filename
}
