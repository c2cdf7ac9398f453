terraform {
  required_version = ">= 1.10" # OpenTofu: 1.11
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

ephemeral "linq_attachment" "passport" {
  attachment_id    = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"
  wait_until_ready = true
}

# The URL goes into the environment of a command, and is written to neither plan nor state.
resource "terraform_data" "copy" {
  triggers_replace = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"

  provisioner "local-exec" {
    command = "test -n \"$URL\" # for example: curl -fsSo passport.png \"$URL\""
    environment = {
      URL = ephemeral.linq_attachment.passport.download_url
    }
  }
}
