terraform {
  required_providers {
    aws  = { source = "hashicorp/aws", version = "~> 6.0" }
    http = { source = "hashicorp/http", version = "~> 3.0" }
    linq = { source = "terraform-attachments/attachments", version = "~> 0.1" }
  }
}

data "linq_attachment" "logo" {
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"

  lifecycle {
    postcondition {
      condition     = self.size_bytes <= 2 * 1024 * 1024
      error_message = "${self.filename} is too large for the state."
    }
  }
}

data "http" "logo" {
  url = data.linq_attachment.logo.download_url

  lifecycle {
    postcondition {
      condition     = self.status_code == 200
      error_message = "The download failed with status ${self.status_code}."
    }
  }
}

locals {
  size = floor(length(trim(data.http.logo.response_body_base64, "=")) * 3 / 4)
}

resource "aws_s3_object" "logo" {
  bucket         = "example-files"
  key            = "logo"
  content_base64 = sensitive(data.http.logo.response_body_base64)
  content_type   = data.linq_attachment.logo.content_type

  lifecycle {
    precondition {
      condition     = local.size == data.linq_attachment.logo.size_bytes
      error_message = "The download isn't complete."
    }
  }
}
