terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

provider "linq" {
  max_retries = 0
}

data "linq_attachment" "a" {
  attachment_id    = "550e8400-e29b-41d4-a716-446655440000"
  wait_until_ready = true
}

output "status" {
  value = data.linq_attachment.a.status
}
