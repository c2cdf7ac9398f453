terraform {
  required_providers {
    attachments = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

# Reads LINQ_API_V3_API_KEY, WIX_API_KEY, and WIX_SITE_ID.
provider "attachments" {}

data "linq_attachment" "photo" {
  provider         = attachments
  attachment_id    = "550e8400-e29b-41d4-a716-446655440000"
  wait_until_ready = true
}

data "wix_contact_attachment" "offer" {
  provider         = attachments
  contact_id       = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id    = "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"
  wait_until_ready = true
}

output "urls" {
  value = {
    photo = data.linq_attachment.photo.download_url
    offer = data.wix_contact_attachment.offer.download_url
  }
  sensitive = true
}
