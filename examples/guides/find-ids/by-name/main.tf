terraform {
  required_providers {
    wix = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

data "wix_contact_attachments" "customer" {
  contact_id = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"

  lifecycle {
    postcondition {
      condition     = length([for file in self.attachments : file if file.file_name == "offer.pdf"]) == 1
      error_message = "The customer must have exactly one offer.pdf."
    }
  }
}

data "wix_contact_attachment" "offer" {
  contact_id       = data.wix_contact_attachments.customer.contact_id
  wait_until_ready = true
  attachment_id = one([
    for file in data.wix_contact_attachments.customer.attachments : file.id
    if file.file_name == "offer.pdf"
  ])
}

output "offer_id" {
  value = data.wix_contact_attachment.offer.attachment_id
}
