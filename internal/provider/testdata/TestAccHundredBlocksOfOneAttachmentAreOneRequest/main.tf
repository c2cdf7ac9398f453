terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

data "linq_attachment" "signed" {
  count         = 100
  attachment_id = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"
}

output "urls" {
  value     = length(toset(data.linq_attachment.signed[*].download_url))
  sensitive = true
}
