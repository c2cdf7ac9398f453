provider "attachments" {
  wix_access_token = var.wix_access_token
}
