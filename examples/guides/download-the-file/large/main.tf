locals {
  photo_id = "550e8400-e29b-41d4-a716-446655440000"
}

data "linq_attachment" "photo" {
  attachment_id    = local.photo_id
  wait_until_ready = true
}

resource "terraform_data" "download" {
  triggers_replace = local.photo_id

  provisioner "local-exec" {
    command = "curl -fsSLo \"$FILE\" \"$URL\""
    environment = {
      FILE = local.photo_id
      URL  = data.linq_attachment.photo.download_url
    }
  }
}

resource "aws_s3_object" "photo" {
  bucket       = "example-files"
  key          = "photo.jpg"
  source       = local.photo_id
  source_hash  = local.photo_id
  content_type = data.linq_attachment.photo.content_type
  depends_on   = [terraform_data.download]
}
