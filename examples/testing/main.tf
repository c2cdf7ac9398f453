terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

variable "photo_id" {
  type    = string
  default = "550e8400-e29b-41d4-a716-446655440000"
}

variable "document_ids" {
  type    = list(string)
  default = ["6f1b8a52-8d0e-4c07-9b52-3b1f0c6f2a10"]
}

data "linq_attachment" "photo" {
  attachment_id = var.photo_id

  lifecycle {
    postcondition {
      condition     = startswith(coalesce(self.content_type, "?"), "image/")
      error_message = "The photo has to be an image."
    }
  }
}

module "documents" {
  source         = "./documents"
  attachment_ids = var.document_ids
}

output "downloads" {
  value = merge(module.documents.urls, {
    (data.linq_attachment.photo.filename) = data.linq_attachment.photo.download_url
  })
  sensitive = true
}
