terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

resource "terraform_data" "id" {
  input = "550e8400-e29b-41d4-a716-446655440000"
}

data "linq_attachment" "a" {
  attachment_id = terraform_data.id.output
  timeout       = "1m"
}

output "url" {
  value     = data.linq_attachment.a.download_url
  sensitive = true
}
