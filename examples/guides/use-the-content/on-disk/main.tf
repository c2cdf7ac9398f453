terraform {
  required_providers {
    aws  = { source = "hashicorp/aws", version = "~> 6.0" }
    linq = { source = "terraform-attachments/attachments", version = "~> 0.1" }
  }
}

data "linq_attachment" "video" {
  attachment_id = "c2a9d1de-4f6b-4b1c-8a9e-7d52b60e1f33"
}

resource "terraform_data" "download" {
  triggers_replace = data.linq_attachment.video.id

  provisioner "local-exec" {
    command = "curl -fsSLo video.mov \"$URL\""
    environment = {
      URL = data.linq_attachment.video.download_url
    }
  }
}

resource "aws_s3_object" "video" {
  bucket       = "example-files"
  key          = "video.mov"
  source       = "video.mov"
  source_hash  = data.linq_attachment.video.id
  content_type = data.linq_attachment.video.content_type
  depends_on   = [terraform_data.download]
}
