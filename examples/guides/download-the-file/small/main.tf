data "linq_attachment" "passport" {
  attachment_id    = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"
  wait_until_ready = true

  lifecycle {
    postcondition {
      condition     = self.size_bytes <= 2 * 1024 * 1024
      error_message = "${self.filename} is too large for the state."
    }
  }
}

data "http" "passport" {
  url = data.linq_attachment.passport.download_url

  lifecycle {
    postcondition {
      condition     = self.status_code == 200
      error_message = "The download failed with status ${self.status_code}."
    }
  }
}

locals {
  size = floor(length(trim(data.http.passport.response_body_base64, "=")) * 3 / 4)
}

resource "aws_s3_object" "passport" {
  bucket         = "example-files"
  key            = "passport"
  content_base64 = sensitive(data.http.passport.response_body_base64)
  content_type   = data.linq_attachment.passport.content_type

  lifecycle {
    precondition {
      condition     = local.size == data.linq_attachment.passport.size_bytes
      error_message = "The download isn't complete."
    }
  }
}
