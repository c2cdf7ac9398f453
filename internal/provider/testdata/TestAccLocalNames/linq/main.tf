terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

variable "url" {
  type = string
}

provider "linq" {
  linq_api_key  = "linq-mock-key"
  linq_base_url = "${var.url}/api/partner"
  wix_api_key   = "IST.wix-mock-key"
  wix_site_id   = "7f3c3bb1-5c8b-4d8e-9a39-0a4f7ad9d3a1"
  wix_base_url  = var.url
}

data "linq_attachment" "a" {
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
}

data "wix_contact_attachment" "a" {
  provider      = linq
  contact_id    = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id = "1e7efe60-355a-11eb-b032-19d0ca8630af"
}
