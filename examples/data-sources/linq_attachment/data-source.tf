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

data "linq_attachment" "photo" {
  attachment_id    = "550e8400-e29b-41d4-a716-446655440000"
  wait_until_ready = true  # until there is a URL
  timeout          = "10m" # of the whole read
}

output "file" {
  value = "${data.linq_attachment.photo.filename}, ${data.linq_attachment.photo.size_bytes} bytes"
}

output "url" {
  value     = data.linq_attachment.photo.download_url
  sensitive = true
}
