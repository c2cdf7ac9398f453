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
  sensitive = true # with Terraform 1.10 or OpenTofu 1.11, add: ephemeral = true
}

provider "attachments" {} # credentials from the environment

provider "attachments" {
  alias        = "archive"
  linq_api_key = var.archive_linq_api_key
}

data "linq_attachment" "invoice" {
  provider         = attachments.archive
  attachment_id    = "5c8e1f07-b3a2-4d96-9e41-d07a6b2c8f35"
  wait_until_ready = true
}

module "receipt" {
  source = "./receipt"
  providers = {
    linq = attachments.archive
  }
}

output "files" {
  value = [data.linq_attachment.invoice.filename, module.receipt.filename]
}
