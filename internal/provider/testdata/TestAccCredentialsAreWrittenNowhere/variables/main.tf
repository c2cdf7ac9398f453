terraform {
  required_providers {
    attachments = {
      source = "terraform-attachments/attachments"
    }
  }
}

variable "linq_api_key" {
  type      = string
  ephemeral = true
}

variable "wix_api_key" {
  type      = string
  ephemeral = true
}

provider "attachments" {
  linq_api_key = var.linq_api_key
  wix_api_key  = var.wix_api_key
}

data "linq_attachment" "photo" {
  provider      = attachments
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
}

data "wix_contact_attachment" "image" {
  provider      = attachments
  contact_id    = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id = "1e7efe60-355a-11eb-b032-19d0ca8630af"
}

resource "terraform_data" "urls" {
  input = [data.linq_attachment.photo.download_url, data.wix_contact_attachment.image.download_url]
}
