terraform {
  required_providers {
    aws  = { source = "hashicorp/aws", version = "~> 6.0" }
    linq = { source = "terraform-attachments/attachments", version = "~> 0.1" }
  }
}

locals {
  video_id = "c2a9d1de-4f6b-4b1c-8a9e-7d52b60e1f33"
}

data "linq_attachment" "video" {
  attachment_id = local.video_id
}

resource "terraform_data" "download" {
  triggers_replace = local.video_id

  provisioner "local-exec" {
    command = "curl -fsSLo \"$ID\" \"$URL\""
    environment = {
      ID  = local.video_id
      URL = data.linq_attachment.video.download_url
    }
  }
}

resource "aws_s3_object" "video" {
  bucket       = "example-files"
  key          = "video.mov"
  source       = local.video_id
  source_hash  = local.video_id
  content_type = data.linq_attachment.video.content_type
  depends_on   = [terraform_data.download]
}
