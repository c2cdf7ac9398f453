provider "attachments" {
  linq_api_key = var.linq_api_key
}
