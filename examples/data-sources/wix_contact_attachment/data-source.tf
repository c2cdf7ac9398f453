terraform {
  required_providers {
    wix = {
      source = "terraform-attachments/attachments"
    }
  }
}

# The API key comes from WIX_API_KEY, the site from WIX_SITE_ID.
provider "wix" {}

data "wix_contact_attachment" "logo" {
  contact_id    = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id = "1e7efe60-355a-11eb-b032-19d0ca8630af"
}

output "file" {
  value = data.wix_contact_attachment.logo.file_name
}

output "ends" {
  value = data.wix_contact_attachment.logo.download_url_expiration_date
}

output "url" {
  value     = data.wix_contact_attachment.logo.download_url
  sensitive = true
}
