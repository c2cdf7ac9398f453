terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

variable "reads" {
  type = number
}

data "linq_attachments" "a" {
  attachment_ids = [for i in range(var.reads) : format("00000000-0000-4000-8000-%012d", i)]
}

output "read" {
  value = length(data.linq_attachments.a.attachments)
}
