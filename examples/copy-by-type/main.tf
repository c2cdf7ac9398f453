terraform {
  required_providers {
    wix = {
      source = "terraform-attachments/attachments"
    }
  }
}

data "wix_contact_attachments" "customer" {
  contact_id = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
}

locals {
  urls = data.wix_contact_attachments.customer.download_urls
  pdfs = {
    for file in data.wix_contact_attachments.customer.attachments :
    file.id => file if file.mime_type == "application/pdf"
  }
}

resource "terraform_data" "copy" {
  for_each         = local.pdfs
  triggers_replace = each.key
  input            = "s3://example-files/wix/${each.key}"

  provisioner "local-exec" {
    command = <<-EOT
      set -e
      file="$(mktemp)"
      trap 'rm -f "$file"' EXIT
      curl -fsSLo "$file" "$URL"
      aws s3 cp "$file" "$OBJECT" --content-type application/pdf
    EOT
    environment = {
      URL    = local.urls[each.key]
      OBJECT = self.input
    }
  }
}

output "objects" {
  value = [for copy in terraform_data.copy : copy.output]
}
