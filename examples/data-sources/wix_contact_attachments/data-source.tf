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

data "wix_contact_attachments" "customer" {
  contact_id = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  timeout    = "10m" # of the whole read
}

output "names" {
  value = { for file in data.wix_contact_attachments.customer.attachments : file.id => file.file_name }
}

output "urls" {
  value     = data.wix_contact_attachments.customer.download_urls
  sensitive = true
}
