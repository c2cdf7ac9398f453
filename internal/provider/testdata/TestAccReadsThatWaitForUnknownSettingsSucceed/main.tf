terraform {
  required_providers {
    attachments = {
      source = "terraform-attachments/attachments"
    }
  }
}

variable "url" {
  type = string
}

variable "certificate" {
  type = string
}

resource "terraform_data" "settings" {
  input = {
    timeout         = "10s"
    number          = 3
    certificate     = var.certificate
    url             = var.url
    linq_api_key    = "linq-mock-key"
    linq_base_url   = "${var.url}/api/partner"
    app_id          = "0d9ca5b4-6c5f-4f6c-8d86-b1e7f3a2c940"
    app_secret      = "wix-mock-app-secret"
    app_instance_id = "c5e2f1a8-93b7-4d06-b5f4-7e8a9c0d1b26"
  }
}

provider "attachments" {
  linq_api_key            = terraform_data.settings.output.linq_api_key
  linq_base_url           = terraform_data.settings.output.linq_base_url
  wix_app_id              = terraform_data.settings.output.app_id
  wix_app_secret          = terraform_data.settings.output.app_secret
  wix_app_instance_id     = terraform_data.settings.output.app_instance_id
  wix_base_url            = terraform_data.settings.output.url
  request_timeout         = terraform_data.settings.output.timeout
  max_retries             = terraform_data.settings.output.number
  max_concurrent_requests = terraform_data.settings.output.number
  ca_cert_pem             = terraform_data.settings.output.certificate
}

data "linq_attachment" "photo" {
  provider      = attachments
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
  depends_on    = [terraform_data.settings]
}

data "wix_contact_attachment" "logo" {
  provider      = attachments
  contact_id    = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id = "1e7efe60-355a-11eb-b032-19d0ca8630af"
  depends_on    = [terraform_data.settings]
}

output "names" {
  value = [
    data.linq_attachment.photo.filename,
    data.wix_contact_attachment.logo.file_name,
  ]
}
