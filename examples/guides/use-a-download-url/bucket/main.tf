terraform {
  required_providers {
    wix = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

data "wix_contact_attachments" "customer" {
  contact_id = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
}

resource "terraform_data" "pdf" {
  for_each = toset([
    for file in data.wix_contact_attachments.customer.attachments : file.id
    if file.mime_type == "application/pdf" &&
    contains(data.wix_contact_attachments.customer.ready_ids, file.id)
  ])
  triggers_replace = each.key

  provisioner "local-exec" {
    command = <<-EOT
      curl -fsSLo "$ID" "$URL" &&
        aws s3 mv "$ID" "s3://example-files/$ID" --content-type application/pdf
    EOT
    environment = {
      ID  = each.key
      URL = data.wix_contact_attachments.customer.download_urls[each.key]
    }
  }
}
