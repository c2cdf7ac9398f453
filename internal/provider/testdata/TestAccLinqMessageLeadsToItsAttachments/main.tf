terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

data "linq_message" "m" {
  message_id = "69A37C7D-AF4F-4B5E-AF42-E28E98CE873A"

  timeout = "1m"
}

data "linq_attachments" "a" {
  attachment_ids = [for a in data.linq_message.m.attachments : a.id]
}

# Read during apply, because the ID is unknown in the plan. It has only text.
resource "terraform_data" "id" {
  input = "b4c1e0a2-3d57-4f86-9a1b-70c2d9e8f354"
}

data "linq_message" "text" {
  message_id = terraform_data.id.output
}

data "linq_attachments" "none" {
  attachment_ids = data.linq_message.text.attachments[*].id
}

# Its parts are null.
data "linq_message" "nulls" {
  message_id = "2e8d5b79-6a0f-4c13-b7e4-19f3a6c08d52"
}

# A deleted attachment, and a part of a kind that Linq could add later.
data "linq_message" "odd" {
  message_id = "f07a9c36-84e1-4d2b-a5f8-3b6e1c7d0942"
}
