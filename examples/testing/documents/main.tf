terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

variable "attachment_ids" {
  type = list(string)
}

data "linq_attachments" "these" {
  attachment_ids = var.attachment_ids
}

output "urls" {
  value = {
    for id, url in data.linq_attachments.these.download_urls :
    data.linq_attachments.these.attachments[id].filename => url
  }
  sensitive = true
}
