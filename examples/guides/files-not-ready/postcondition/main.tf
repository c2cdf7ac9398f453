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
      condition = alltrue([
        for file in self.attachments : contains(self.ready_ids, file.id)
        if file.mime_type == "application/pdf"
      ])
      error_message = "Wix is still processing a PDF of the customer. Run Terraform again."
    }
  }
}
