terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

data "linq_attachment" "a" {
  attachment_id = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"
}

resource "terraform_data" "a" {
  provisioner "local-exec" {
    command = "curl -fsS \"$URL\""
    environment = {
      URL = data.linq_attachment.a.download_url
    }
  }
}
