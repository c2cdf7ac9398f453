terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

data "linq_attachment" "photo" {
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
}

data "linq_attachment" "pdf" {
  attachment_id = "6f1b8a52-8d0e-4c07-9b52-3b1f0c6f2a10"
}

data "linq_attachment" "video" {
  attachment_id = "c2a9d1de-4f6b-4b1c-8a9e-7d52b60e1f33"
}

data "linq_attachment" "no_status" {
  attachment_id = "0d4c3e9a-71b5-4f0a-b0b4-9d2f5a7c8e21"
}

data "linq_attachment" "pending" {
  attachment_id = "a84e0c77-2f53-4d6e-9c0b-5e1d7b3f6a42"
}

data "linq_attachment" "failed" {
  attachment_id = "e7b5f2c1-9a3d-4e68-8f17-2c6a0d9b4e53"
}

data "linq_attachment" "nulls" {
  attachment_id = "1f9e6d3c-5b2a-4870-a1d4-c8e7f0b3a964"
}

data "linq_attachment" "signed" {
  attachment_id = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"
}
