terraform {
  required_providers {
    wix = {
      source = "terraform-attachments/attachments"
    }
  }
}

data "wix_contact_attachment" "offer" {
  contact_id    = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id = "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"
}

locals {
  name = "fetch-${lower(data.wix_contact_attachment.offer.id)}"

  secret = {
    apiVersion = "v1"
    kind       = "Secret"
    metadata   = { name = local.name }
    stringData = { URL = data.wix_contact_attachment.offer.download_url }
  }

  job = {
    apiVersion = "batch/v1"
    kind       = "Job"
    metadata   = { name = local.name }
    spec = {
      backoffLimit            = 3
      ttlSecondsAfterFinished = 3600
      template = {
        spec = {
          restartPolicy = "Never"
          containers = [{
            name         = "fetch"
            image        = "curlimages/curl:8.17.0"
            command      = ["sh", "-c", "curl -fsSLo /files/offer.pdf \"$URL\""]
            envFrom      = [{ secretRef = { name = local.name } }]
            volumeMounts = [{ name = "files", mountPath = "/files" }]
          }]
          volumes = [{ name = "files", persistentVolumeClaim = { claimName = "files" } }]
        }
      }
    }
  }
}

resource "terraform_data" "job" {
  triggers_replace = data.wix_contact_attachment.offer.id

  provisioner "local-exec" {
    command = "printf '%s' \"$MANIFEST\" | kubectl apply -f -"
    environment = {
      MANIFEST = join("---\n", [yamlencode(local.secret), yamlencode(local.job)])
    }
  }
}
