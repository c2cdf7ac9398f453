terraform {
  required_providers {
    linq = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

data "linq_attachment" "photo" {
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
}

resource "terraform_data" "photo_id" {
  input = data.linq_attachment.photo.id
}

# Stands in for a server such as aws_instance; input stands in for its user_data.
resource "terraform_data" "server" {
  input = <<-EOT
    #cloud-config
    runcmd:
      - ${jsonencode(["curl", "-fsSLo", "/srv/photo.jpg", data.linq_attachment.photo.download_url])}
  EOT

  lifecycle {
    ignore_changes       = [input]
    replace_triggered_by = [terraform_data.photo_id]
  }
}
