terraform {
  required_providers {
    wix = {
      source = "terraform-attachments/attachments"
    }
    echo = {
      source = "terraform-attachments/echo"
    }
  }
}

ephemeral "wix_contact_attachment" "a" {
  contact_id    = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id = "7c3e9a10-58d4-4f27-b6c9-0e1d2f3a4b57"
}

provider "echo" {
  data = ephemeral.wix_contact_attachment.a
}

resource "echo" "it" {}
