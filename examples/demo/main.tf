# Reads a Linq attachment and a Wix contact's attachment, and passes their download URLs on. Run it
# with `make demo`, against a mock of both APIs.

terraform {
  required_providers {
    attachments = {
      source = "terraform-attachments/attachments"
    }
  }
}

# Credentials and base URLs come from the environment.
provider "attachments" {}

data "linq_attachment" "photo" {
  provider         = attachments
  attachment_id    = "550e8400-e29b-41d4-a716-446655440000"
  wait_until_ready = true
}

data "wix_contact_attachment" "offer" {
  provider         = attachments
  contact_id       = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id    = "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"
  wait_until_ready = true
}

resource "terraform_data" "ids" {
  input = [
    data.linq_attachment.photo.attachment_id,
    data.wix_contact_attachment.offer.attachment_id,
  ]
}

# Stands in for a server that downloads the files: a new URL doesn't change it, and another
# attachment replaces it.
resource "terraform_data" "server" {
  input = {
    (data.linq_attachment.photo.filename)         = data.linq_attachment.photo.download_url
    (data.wix_contact_attachment.offer.file_name) = data.wix_contact_attachment.offer.download_url
  }

  lifecycle {
    ignore_changes       = [input]
    replace_triggered_by = [terraform_data.ids]
  }
}

output "files" {
  value     = terraform_data.server.output
  sensitive = true
}
