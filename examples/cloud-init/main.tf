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

# Stands for a server with user_data, such as an aws_instance.
resource "terraform_data" "server" {
  triggers_replace = data.linq_attachment.photo.id
  input = templatefile("${path.module}/cloud-init.yaml.tftpl", {
    path = "/srv/www/photo.jpg"
    url  = data.linq_attachment.photo.download_url
  })

  lifecycle {
    ignore_changes = [input]
  }
}

output "user_data" {
  value     = terraform_data.server.output
  sensitive = true
}
