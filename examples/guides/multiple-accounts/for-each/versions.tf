terraform {
  required_version = ">= 1.9" # OpenTofu
  required_providers {
    wix = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}
