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
  pdfs = {
    for attachment in data.wix_contact_attachments.customer.attachments :
    attachment.id => attachment if attachment.mime_type == "application/pdf"
  }
}

# The URLs are a sensitive map of their own, so that for_each may go over the rest.
resource "terraform_data" "pdf" {
  for_each         = local.pdfs
  triggers_replace = each.key
  input            = each.value.file_name

  provisioner "local-exec" {
    command = "test -n \"$URL\" # for example: curl -fsSo \"$FILE\" \"$URL\""
    environment = {
      FILE = each.value.file_name
      URL  = data.wix_contact_attachments.customer.download_urls[each.key]
    }
  }
}

output "pdfs" {
  value = [for pdf in terraform_data.pdf : pdf.output]
}
