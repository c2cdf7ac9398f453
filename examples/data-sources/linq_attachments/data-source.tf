terraform {
  required_providers {
    linq = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

# The API key comes from LINQ_API_V3_API_KEY.
provider "linq" {}

data "linq_attachments" "message" {
  attachment_ids = [
    "550e8400-e29b-41d4-a716-446655440000",
    "6f1b8a52-8d0e-4c07-9b52-3b1f0c6f2a10",
    "00000000-0000-4000-8000-000000000000", # deleted
  ]
  wait_until_ready = true  # until each has a URL
  timeout          = "10m" # of the whole read
}

output "names" {
  value = { for id, file in data.linq_attachments.message.attachments : id => file.filename }
}

output "missing" {
  value = data.linq_attachments.message.missing_ids
}

output "urls" {
  value     = data.linq_attachments.message.download_urls
  sensitive = true
}
