terraform {
  required_providers {
    linq = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}
