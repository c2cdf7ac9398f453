terraform {
  required_providers {
    wix = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

data "wix_contact_attachment" "offer" {
  contact_id    = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id = "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"
}

locals {
  name = "offer-${lower(data.wix_contact_attachment.offer.id)}"
}

resource "terraform_data" "job" {
  triggers_replace = local.name

  provisioner "local-exec" {
    command = "printf '%s' \"$MANIFESTS\" | kubectl apply -f -"
    environment = {
      MANIFESTS = <<-EOT
        apiVersion: v1
        kind: Secret
        metadata:
          name: ${local.name}
        stringData:
          URL: ${jsonencode(data.wix_contact_attachment.offer.download_url)}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: ${local.name}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: curl
                  image: curlimages/curl:8.17.0
                  command: ["curl", "-fsSLo", "/files/offer.pdf", "$(URL)"]
                  envFrom:
                    - secretRef:
                        name: ${local.name}
                  volumeMounts:
                    - name: files
                      mountPath: /files
              volumes:
                - name: files
                  persistentVolumeClaim:
                    claimName: files
      EOT
    }
  }
}
