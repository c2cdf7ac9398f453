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

locals {
  extensions = {
    for file in data.wix_contact_attachments.customer.attachments :
    file.id => try(regex("\\.[0-9A-Za-z]+$", file.file_name), "")
  }
}

resource "terraform_data" "copy" {
  for_each         = toset(data.wix_contact_attachments.customer.ready_ids)
  triggers_replace = each.key

  provisioner "local-exec" {
    command = "curl -fsSLo \"$FILE\" \"$URL\""
    environment = {
      FILE = "${each.key}${local.extensions[each.key]}"
      URL  = data.wix_contact_attachments.customer.download_urls[each.key]
    }
  }
}

output "without_url" {
  value = setsubtract(
    data.wix_contact_attachments.customer.attachments[*].id,
    data.wix_contact_attachments.customer.ready_ids,
  )
}
