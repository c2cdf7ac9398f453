provider "attachments" {
  wix_api_key = var.wix_api_key
  wix_site_id = "7f3c3bb1-5c8b-4d8e-9a39-0a4f7ad9d3a1"
}
