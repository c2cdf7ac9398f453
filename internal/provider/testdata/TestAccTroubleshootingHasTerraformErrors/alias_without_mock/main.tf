terraform {
  required_providers {
    linq = {
      source                = "terraform-attachments/attachments"
      configuration_aliases = [linq.archive]
    }
  }
}

data "linq_attachment" "a" {
  provider      = linq.archive
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
}
