terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
    vault = {
      source = "terraform-attachments/vault"
    }
  }
}

ephemeral "linq_attachment" "signed" {
  attachment_id = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175"
}

resource "vault_file" "a" {
  url_wo = ephemeral.linq_attachment.signed.download_url
}
