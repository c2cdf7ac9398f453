locals {
  ids = toset([
    "550e8400-e29b-41d4-a716-446655440000",
    "6f1b8a52-8d0e-4c07-9b52-3b1f0c6f2a10",
  ])
}

data "linq_attachments" "files" {
  attachment_ids   = local.ids
  wait_until_ready = true

  lifecycle {
    postcondition {
      condition     = length(self.missing_ids) == 0
      error_message = "Linq has no attachment ${join(", ", self.missing_ids)}."
    }
  }
}

resource "terraform_data" "copy" {
  for_each         = local.ids
  triggers_replace = each.key

  provisioner "local-exec" {
    command = "curl -fsSLo \"$FILE\" \"$URL\""
    environment = {
      FILE = each.key
      URL  = data.linq_attachments.files.download_urls[each.key]
    }
  }
}
