terraform {
  required_providers {
    linq = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

data "linq_attachment" "photo" {
  attachment_id    = "550e8400-e29b-41d4-a716-446655440000"
  wait_until_ready = true

  lifecycle {
    postcondition {
      condition     = startswith(coalesce(self.content_type, "?"), "image/")
      error_message = "The photo isn't an image."
    }
  }
}

data "linq_attachments" "documents" {
  attachment_ids   = ["6f1b8a52-8d0e-4c07-9b52-3b1f0c6f2a10"]
  wait_until_ready = true
}

output "urls" {
  value = concat(
    [data.linq_attachment.photo.download_url],
    values(data.linq_attachments.documents.download_urls),
  )
  sensitive = true
}
