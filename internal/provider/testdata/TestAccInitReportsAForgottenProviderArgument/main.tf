terraform {
  required_providers {
    attachments = {
      source = "terraform-attachments/attachments"
    }
  }
}

data "linq_attachment" "a" {
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
}
