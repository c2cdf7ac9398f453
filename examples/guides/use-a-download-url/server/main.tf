terraform {
  required_providers {
    aws  = { source = "hashicorp/aws", version = "~> 6.0" }
    linq = { source = "terraform-attachments/attachments", version = "~> 0.1" }
  }
}

data "linq_attachment" "photo" {
  attachment_id    = "550e8400-e29b-41d4-a716-446655440000"
  wait_until_ready = true
}

resource "terraform_data" "photo_id" {
  input = data.linq_attachment.photo.attachment_id
}

resource "aws_instance" "server" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/sh
    curl -fsSLo /srv/photo.jpg '${replace(data.linq_attachment.photo.download_url, "'", "'\\''")}'
  EOT

  lifecycle {
    ignore_changes       = [user_data]
    replace_triggered_by = [terraform_data.photo_id]
  }
}
