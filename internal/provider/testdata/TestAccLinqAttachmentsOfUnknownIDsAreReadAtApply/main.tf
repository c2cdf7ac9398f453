terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

resource "terraform_data" "id" {
  input = "550e8400-e29b-41d4-a716-446655440000"
}

data "linq_attachments" "a" {
  attachment_ids = [terraform_data.id.output, "6f1b8a52-8d0e-4c07-9b52-3b1f0c6f2a10"]
}

output "count" {
  value = length(data.linq_attachments.a.attachments)
}
