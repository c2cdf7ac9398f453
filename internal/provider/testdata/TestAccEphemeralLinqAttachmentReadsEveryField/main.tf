terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
    echo = {
      source = "terraform-attachments/echo"
    }
  }
}

ephemeral "linq_attachment" "a" {
  attachment_id = "c2a9d1de-4f6b-4b1c-8a9e-7d52b60e1f33"
  timeout       = "1m"
}

provider "echo" {
  data = ephemeral.linq_attachment.a
}

resource "echo" "it" {}
