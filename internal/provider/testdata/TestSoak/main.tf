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

provider "linq" {
  request_timeout         = "1s"
  max_retries             = 10
  max_concurrent_requests = 64
}

data "linq_attachment" "a" {
  count         = var.reads
  attachment_id = format("00000000-0000-4000-8000-%012d", count.index)
}

output "read" {
  value = length([for a in data.linq_attachment.a : a if endswith(a.filename, ".jpg")])
}
