variable "linq_api_key" {
  type      = string
  sensitive = true
}

data "http" "photo" {
  url = "https://api.linqapp.com/api/partner/v3/attachments/550e8400-e29b-41d4-a716-446655440000"
  request_headers = {
    Authorization = "Bearer ${var.linq_api_key}"
  }
}

output "url" {
  value = jsondecode(data.http.photo.response_body).download_url
}
