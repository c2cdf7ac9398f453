terraform {
  required_providers {
    wix = {
      source = "terraform-attachments/attachments"
    }
  }
}

resource "terraform_data" "contact" {
  input = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
}

data "wix_contact_attachments" "all" {
  contact_id = terraform_data.contact.output
}

output "count" {
  value = length(data.wix_contact_attachments.all.attachments)
}
