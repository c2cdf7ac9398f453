terraform {
  required_providers {
    linq = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

data "linq_attachment" "photo" {
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"

  lifecycle {
    postcondition {
      condition     = startswith(coalesce(self.content_type, "?"), "image/")
      error_message = "The photo isn't an image."
    }
  }
}

module "documents" {
  source = "./documents"
}

output "urls" {
  value     = concat([data.linq_attachment.photo.download_url], module.documents.urls)
  sensitive = true
}
