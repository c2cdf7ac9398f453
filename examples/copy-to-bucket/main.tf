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
  ]
  wait_until_ready = true
}

resource "terraform_data" "copy" {
  for_each         = data.linq_attachments.message.attachments
  triggers_replace = each.value.id
  input            = "s3://example-files/linq/${each.value.id}"

  provisioner "local-exec" {
    command = <<-EOT
      set -e
      file="$(mktemp)"
      trap 'rm -f "$file"' EXIT
      curl -fsSLo "$file" "$URL"
      aws s3 cp "$file" "$OBJECT" --content-type "$TYPE"
    EOT
    environment = {
      URL    = data.linq_attachments.message.download_urls[each.key]
      OBJECT = self.input
      TYPE   = each.value.content_type
    }
  }
}

output "objects" {
  value = { for id, copy in terraform_data.copy : id => copy.output }
}
