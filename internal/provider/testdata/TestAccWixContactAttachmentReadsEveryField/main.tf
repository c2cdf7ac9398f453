terraform {
  required_providers {
    wix = {
      source = "terraform-attachments/attachments"
    }
  }
}

locals {
  contact = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
}

data "wix_contact_attachment" "image" {
  contact_id    = local.contact
  attachment_id = "1e7efe60-355a-11eb-b032-19d0ca8630af"
}

data "wix_contact_attachment" "pdf" {
  contact_id    = local.contact
  attachment_id = "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"
}

data "wix_contact_attachment" "video" {
  contact_id    = local.contact
  attachment_id = "7c3e9a10-58d4-4f27-b6c9-0e1d2f3a4b57"
}

data "wix_contact_attachment" "no_url" {
  contact_id    = local.contact
  attachment_id = "9a5f1d38-0c7b-4be2-8e43-6d9c2a7b5f18"
}

data "wix_contact_attachment" "nulls" {
  contact_id    = local.contact
  attachment_id = "b2e64f07-d19c-4a35-9f80-3c5b7e1a6d29"
}

data "wix_contact_attachment" "unknown" {
  contact_id    = local.contact
  attachment_id = "d8c1a5e6-7b40-4d92-a3fe-58e0b6c4f73a"
}
