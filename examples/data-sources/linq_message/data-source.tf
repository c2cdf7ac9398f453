terraform {
  required_providers {
    linq = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

# The API key comes from LINQ_API_V3_API_KEY.
provider "linq" {}

data "linq_message" "order" {
  message_id = "69a37c7d-af4f-4b5e-af42-e28e98ce873a"
}

data "linq_attachments" "order" {
  attachment_ids = [for file in data.linq_message.order.attachments : file.id]
}

output "files" {
  value = { for file in data.linq_message.order.attachments : file.id => file.filename }
}

output "urls" {
  value     = data.linq_attachments.order.download_urls
  sensitive = true
}
