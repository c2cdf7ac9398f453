terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

locals {
  signed  = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"
  contact = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  pdf     = "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"
}

data "linq_attachment" "one" {
  attachment_id = local.signed
  depends_on    = [terraform_data.one]
}

data "linq_attachment" "two" {
  attachment_id = local.signed
  depends_on    = [terraform_data.two]
}

data "linq_attachments" "two" {
  attachment_ids = [local.signed]
  depends_on     = [data.linq_attachment.two]
}

data "wix_contact_attachment" "one" {
  provider      = linq
  contact_id    = local.contact
  attachment_id = local.pdf
  depends_on    = [terraform_data.one]
}

data "wix_contact_attachment" "two" {
  provider      = linq
  contact_id    = local.contact
  attachment_id = local.pdf
  depends_on    = [terraform_data.two]
}

data "wix_contact_attachments" "two" {
  provider   = linq
  contact_id = local.contact
  depends_on = [data.wix_contact_attachment.two]
}

resource "terraform_data" "one" {}

resource "terraform_data" "two" {
  triggers_replace = [data.linq_attachment.one.id, data.wix_contact_attachment.one.id]
}

output "linq" {
  sensitive = true
  value = length(toset([
    data.linq_attachment.one.download_url,
    data.linq_attachment.two.download_url,
    data.linq_attachments.two.download_urls[local.signed],
  ]))
}

output "wix" {
  sensitive = true
  value = length(toset([
    data.wix_contact_attachment.one.download_url,
    data.wix_contact_attachment.two.download_url,
    data.wix_contact_attachments.two.download_urls[local.pdf],
  ]))
}
