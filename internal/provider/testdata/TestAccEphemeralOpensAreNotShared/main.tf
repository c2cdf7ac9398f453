terraform {
  required_providers {
    attachments = {
      source = "terraform-attachments/attachments"
    }
  }
}

ephemeral "linq_attachment" "a" {
  provider      = attachments
  count         = 2
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
}

ephemeral "wix_contact_attachment" "a" {
  provider      = attachments
  count         = 2
  contact_id    = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id = "7c3e9a10-58d4-4f27-b6c9-0e1d2f3a4b57"
}
