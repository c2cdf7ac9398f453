ephemeral "linq_attachment" "passport" {
  attachment_id    = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"
  wait_until_ready = true
}

resource "terraform_data" "passport" {
  store {
    input     = ephemeral.linq_attachment.passport.download_url
    version   = 1
    sensitive = true
  }
}

output "url" {
  value     = terraform_data.passport.store.sensitive_output
  sensitive = true
}
