locals {
  offer_id = "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"
}

ephemeral "wix_contact_attachment" "offer" {
  contact_id       = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id    = local.offer_id
  wait_until_ready = true
}

resource "kubernetes_secret_v1" "offer" {
  metadata {
    name = "offer-${local.offer_id}"
  }

  data_wo = {
    URL = ephemeral.wix_contact_attachment.offer.download_url
  }
  data_wo_revision = 1
}

resource "kubernetes_job_v1" "offer" {
  metadata {
    name = "offer-${local.offer_id}"
  }

  spec {
    template {
      metadata {}
      spec {
        restart_policy = "Never"
        container {
          name    = "curl"
          image   = "curlimages/curl:8.17.0"
          command = ["curl", "-fsSLo", "/files/offer.pdf", "$(URL)"]
          env_from {
            secret_ref {
              name = kubernetes_secret_v1.offer.metadata[0].name
            }
          }
          volume_mount {
            name       = "files"
            mount_path = "/files"
          }
        }
        volume {
          name = "files"
          persistent_volume_claim {
            claim_name = "files"
          }
        }
      }
    }
  }
}
