variable "photo_id" {
  type    = string
  default = null
}

data "linq_attachment" "photo" {
  count            = var.photo_id == null ? 0 : 1
  attachment_id    = var.photo_id
  wait_until_ready = true
}

output "photo" {
  value = one(data.linq_attachment.photo[*].filename)
}

output "url" {
  value     = one(data.linq_attachment.photo[*].download_url)
  sensitive = true
}
