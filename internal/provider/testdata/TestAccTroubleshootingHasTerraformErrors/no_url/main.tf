terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

data "linq_attachments" "a" {
  attachment_ids = ["a84e0c77-2f53-4d6e-9c0b-5e1d7b3f6a42"]
}

resource "terraform_data" "a" {
  for_each = data.linq_attachments.a.attachments
  input    = data.linq_attachments.a.download_urls[each.key]
}
