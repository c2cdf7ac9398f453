# Reads from two Wix sites and two Linq accounts in one run. The first of each comes from the
# environment (WIX_API_KEY, WIX_SITE_ID, LINQ_API_V3_API_KEY). What is set for the second one keeps
# the provider from looking at the first one's variables.

terraform {
  required_providers {
    attachments = {
      source = "terraform-attachments/attachments"
    }
  }
}

variable "second_linq_api_key" {
  type      = string
  sensitive = true # with ephemeral = true as well, it stays out of saved plans (Terraform 1.10)
}

variable "second_wix_app_secret" {
  type      = string
  sensitive = true
}

provider "attachments" {}

provider "attachments" {
  alias = "second"
  linq = {
    api_key = var.second_linq_api_key
  }
  wix = {
    app = {
      id          = "0d9ca5b4-6c5f-4f6c-8d86-b1e7f3a2c940"
      secret      = var.second_wix_app_secret
      instance_id = "c5e2f1a8-93b7-4d06-b5f4-7e8a9c0d1b26" # of the second site
    }
  }
}

data "linq_attachment" "first" {
  provider      = attachments
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
}

data "linq_attachment" "second" {
  provider      = attachments.second
  attachment_id = "6f1b8a52-8d0e-4c07-9b52-3b1f0c6f2a10"
}

data "wix_contact_attachment" "first" {
  provider      = attachments
  contact_id    = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id = "1e7efe60-355a-11eb-b032-19d0ca8630af"
}

data "wix_contact_attachment" "second" {
  provider      = attachments.second
  contact_id    = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id = "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"
}

output "files" {
  value = [
    data.linq_attachment.first.filename,
    data.linq_attachment.second.filename,
    data.wix_contact_attachment.first.file_name,
    data.wix_contact_attachment.second.file_name,
  ]
}
