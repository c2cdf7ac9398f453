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
}

output "ids" {
  value = { for file in data.wix_contact_attachments.customer.attachments : file.id => file.file_name }
}
