terraform {
  required_providers {
    linq = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

data "linq_attachments" "message" {
  attachment_ids = [
    "550e8400-e29b-41d4-a716-446655440000",
    "a84e0c77-2f53-4d6e-9c0b-5e1d7b3f6a42", # no URL yet
    "00000000-0000-4000-8000-000000000000", # deleted
  ]
}

resource "terraform_data" "copy" {
  for_each         = toset(data.linq_attachments.message.ready_ids)
  triggers_replace = each.key

  provisioner "local-exec" {
    command = "curl -fsSLo \"$FILE\" \"$URL\""
    environment = {
      FILE = each.key
      URL  = data.linq_attachments.message.download_urls[each.key]
    }
  }
}

output "copied" {
  value = keys(terraform_data.copy)
}

output "missing" {
  value = data.linq_attachments.message.missing_ids
}
