terraform {
  required_providers {
    wix = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}
