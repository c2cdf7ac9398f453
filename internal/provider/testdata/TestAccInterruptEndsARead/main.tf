terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

provider "linq" {
  request_timeout = "10m"
}

data "linq_attachment" "a" {
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
}
