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
  timeout    = "10m" # of the whole read
}

data "linq_attachments" "order" {
  attachment_ids   = data.linq_message.order.attachments[*].id
  wait_until_ready = true
}

output "names" {
  value = { for id, file in data.linq_attachments.order.attachments : id => file.filename }
}

output "urls" {
  value     = data.linq_attachments.order.download_urls
  sensitive = true
}
