terraform {
  required_providers {
    attachments = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

variable "wix_api_key" {
  type      = string
  sensitive = true
}

data "wix_contact_attachment" "offer" {
  provider         = attachments
  contact_id       = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id    = "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"
  wait_until_ready = true
}
