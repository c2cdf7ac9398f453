terraform {
  required_version = ">= 1.16"
  required_providers {
    linq = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}
