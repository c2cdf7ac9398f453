terraform {
  required_providers {
    attachments = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

variable "archive_linq_api_key" {
  type      = string
  sensitive = true # on Terraform 1.10 or OpenTofu 1.11, add: ephemeral = true
}

provider "attachments" {} # credentials from the environment

provider "attachments" {
  alias        = "archive"
  linq_api_key = var.archive_linq_api_key
}

data "linq_attachment" "invoice" {
  provider      = attachments.archive
  attachment_id = "6f1b8a52-8d0e-4c07-9b52-3b1f0c6f2a10"
}

module "photo" {
  source = "./photo"
  providers = {
    linq = attachments.archive
  }
}

output "files" {
  value = [data.linq_attachment.invoice.filename, module.photo.filename]
}
