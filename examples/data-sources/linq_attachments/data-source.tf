terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

data "linq_attachments" "message" {
  attachment_ids = [
    "550e8400-e29b-41d4-a716-446655440000",
    "6f1b8a52-8d0e-4c07-9b52-3b1f0c6f2a10",
    "00000000-0000-4000-8000-000000000000", # deleted long ago
  ]
}

# The URL has no part in what makes the resource: one that is signed anew would make it again.
resource "terraform_data" "file" {
  for_each         = data.linq_attachments.message.attachments
  triggers_replace = each.value.id
  input            = each.value.filename
}

output "files" {
  value = [for file in terraform_data.file : file.output]
}

output "missing" {
  value = data.linq_attachments.message.missing_ids
}
