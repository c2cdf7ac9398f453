terraform {
  required_version = ">= 1.11"
  required_providers {
    kubernetes = { source = "hashicorp/kubernetes", version = "~> 3.0" }
    wix        = { source = "terraform-attachments/attachments", version = "~> 0.1" }
  }
}

ephemeral "wix_contact_attachment" "offer" {
  contact_id    = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id = "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"
}

resource "kubernetes_secret_v1" "offer" {
  metadata {
    name = "offer"
  }

  data_wo = {
    URL = ephemeral.wix_contact_attachment.offer.download_url
  }
  data_wo_revision = 1
}
