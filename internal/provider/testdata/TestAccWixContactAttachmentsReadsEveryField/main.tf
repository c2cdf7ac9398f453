terraform {
  required_providers {
    wix = {
      source = "terraform-attachments/attachments"
    }
  }
}

data "wix_contact_attachments" "all" {
  contact_id = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
}

data "wix_contact_attachments" "none" {
  contact_id = "8046df3c-7575-4098-a5ab-c91ad8f33c47"
}
