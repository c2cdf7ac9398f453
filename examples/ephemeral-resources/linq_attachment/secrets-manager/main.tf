ephemeral "linq_attachment" "passport" {
  attachment_id    = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"
  wait_until_ready = true
}

resource "aws_secretsmanager_secret" "passport" {
  name = "passport-url"
}

resource "aws_secretsmanager_secret_version" "passport" {
  secret_id                = aws_secretsmanager_secret.passport.id
  secret_string_wo         = ephemeral.linq_attachment.passport.download_url
  secret_string_wo_version = 1
}
