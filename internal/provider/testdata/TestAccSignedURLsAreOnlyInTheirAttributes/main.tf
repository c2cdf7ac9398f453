terraform {
  required_providers {
    attachments = {
      source = "terraform-attachments/attachments"
    }
  }
}

data "linq_attachment" "signed" {
  provider      = attachments
  attachment_id = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"
}

data "wix_contact_attachment" "signed" {
  provider      = attachments
  contact_id    = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id = "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"
}
