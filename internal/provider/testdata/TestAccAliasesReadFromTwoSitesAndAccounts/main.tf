terraform {
  required_providers {
    attachments = {
      source = "terraform-attachments/attachments"
    }
  }
}

variable "second_url" {
  type = string
}

provider "attachments" {
  alias         = "second"
  linq_api_key  = "second-linq-key"
  linq_base_url = "${var.second_url}/api/partner"
  wix_api_key   = "second-wix-key"
  wix_base_url  = var.second_url
}

data "linq_attachment" "first" {
  provider      = attachments
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
}

data "linq_attachment" "second" {
  provider      = attachments.second
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
}

data "wix_contact_attachment" "first" {
  provider      = attachments
  contact_id    = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id = "1e7efe60-355a-11eb-b032-19d0ca8630af"
}

data "wix_contact_attachment" "second" {
  provider      = attachments.second
  site_id       = "2f6c1a90-7b3e-4c58-8d14-e90b5a7c3f62"
  contact_id    = "8046df3c-7575-4098-a5ab-c91ad8f33c47"
  attachment_id = "1e7efe60-355a-11eb-b032-19d0ca8630af"
}

output "names" {
  value = [
    data.linq_attachment.first.filename,
    data.linq_attachment.second.filename,
    data.wix_contact_attachment.first.file_name,
    data.wix_contact_attachment.second.file_name,
  ]
}
