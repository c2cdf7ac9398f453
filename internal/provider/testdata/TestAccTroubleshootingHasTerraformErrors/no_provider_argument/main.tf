terraform {
  required_providers {
    attachments = {
      source = "terraform-attachments/attachments"
    }
  }
}

data "linq_attachments" "a" {
  attachment_ids = ["550e8400-e29b-41d4-a716-446655440000"]
}
