terraform {
  required_providers {
    wix = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

# The API key comes from WIX_API_KEY, and the site ID from WIX_SITE_ID.
provider "wix" {}

data "wix_contact_attachment" "offer" {
  contact_id       = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id    = "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"
  wait_until_ready = true  # until there is a URL
  timeout          = "10m" # of the whole read
}

output "file" {
  value = data.wix_contact_attachment.offer.file_name
}

output "url" {
  value     = data.wix_contact_attachment.offer.download_url
  sensitive = true
}

output "url_expires" {
  value = data.wix_contact_attachment.offer.download_url_expiration_date
}
