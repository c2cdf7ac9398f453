terraform {
  required_providers {
    aws  = { source = "hashicorp/aws", version = "~> 6.0" }
    http = { source = "hashicorp/http", version = "~> 3.0" }
    linq = { source = "terraform-attachments/attachments", version = "~> 0.1" }
  }
}
