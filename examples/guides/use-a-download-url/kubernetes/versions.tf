terraform {
  required_version = ">= 1.11"
  required_providers {
    kubernetes = { source = "hashicorp/kubernetes", version = "~> 3.0" }
    wix        = { source = "terraform-attachments/attachments", version = "~> 0.1" }
  }
}
