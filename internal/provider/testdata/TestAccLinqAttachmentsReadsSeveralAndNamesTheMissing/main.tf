terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

locals {
  photo   = "550e8400-e29b-41d4-a716-446655440000"
  nulls   = "1f9e6d3c-5b2a-4870-a1d4-c8e7f0b3a964"
  missing = ["1e7efe60-355a-11eb-b032-19d0ca8630af", "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"]
}

data "linq_attachments" "a" {
  attachment_ids = [
    local.missing[0],
    upper(local.photo),
    local.nulls,
    local.photo,
    upper(local.photo),
    local.missing[1],
    local.missing[0],
  ]
}

data "linq_attachments" "none" {
  attachment_ids = []
}
