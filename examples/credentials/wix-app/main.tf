provider "attachments" {
  wix_app_id          = "0d9ca5b4-6c5f-4f6c-8d86-b1e7f3a2c940"
  wix_app_secret      = var.wix_app_secret
  wix_app_instance_id = "c5e2f1a8-93b7-4d06-b5f4-7e8a9c0d1b26"
}
