terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

ephemeral "linq_attachment" "signed" {
  count         = 2
  attachment_id = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"
}
