terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

data "linq_attachment" "a" {
  attachment_id = "a84e0c77-2f53-4d6e-9c0b-5e1d7b3f6a42"
}

resource "terraform_data" "a" {
  input = replace(data.linq_attachment.a.download_url, "'", "'\\''")
}
