terraform {
  required_providers {
    linq = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

data "linq_attachments" "documents" {
  attachment_ids = ["6f1b8a52-8d0e-4c07-9b52-3b1f0c6f2a10"]
}

output "urls" {
  value     = values(data.linq_attachments.documents.download_urls)
  sensitive = true
}
