# Reads one attachment of a Wix contact and one of a Linq message, and passes their download URLs
# into a piece of infrastructure. `make demo` runs this against a mock of both APIs.

terraform {
  required_version = ">= 1.5"
  required_providers {
    attachments = {
      source = "terraform-attachments/attachments"
    }
  }
}

# Credentials and base URLs come from the environment.
provider "attachments" {}

data "wix_contact_attachment" "logo" {
  provider      = attachments
  contact_id    = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id = "1e7efe60-355a-11eb-b032-19d0ca8630af"
}

data "linq_attachment" "photo" {
  provider      = attachments
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
}

# Stands for a server, a job or a bucket object that fetches the files.
resource "terraform_data" "files" {
  input = {
    (data.wix_contact_attachment.logo.file_name) = data.wix_contact_attachment.logo.download_url
    (data.linq_attachment.photo.filename)        = data.linq_attachment.photo.download_url
  }
}

output "wix_contact_attachment" {
  value     = data.wix_contact_attachment.logo
  sensitive = true # it holds URLs
}

output "linq_attachment" {
  value     = data.linq_attachment.photo
  sensitive = true
}

output "files" {
  value     = terraform_data.files.output
  sensitive = true
}
