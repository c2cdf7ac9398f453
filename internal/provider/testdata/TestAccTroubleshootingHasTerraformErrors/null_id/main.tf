terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

variable "id" {
  type    = string
  default = null
}

data "linq_attachment" "a" {
  attachment_id = var.id
}
