terraform {
  required_providers {
    linq = {
      source  = "terraform-attachments/attachments"
      version = "~> 0.1"
    }
  }
}

data "linq_message" "order" {
  message_id = "69a37c7d-af4f-4b5e-af42-e28e98ce873a"
}

data "linq_attachments" "order" {
  attachment_ids   = data.linq_message.order.attachments[*].id
  wait_until_ready = true
}

resource "terraform_data" "copy" {
  for_each         = toset(data.linq_attachments.order.ready_ids)
  triggers_replace = each.key

  provisioner "local-exec" {
    command = "curl -fsSLo \"$FILE\" \"$URL\""
    environment = {
      FILE = each.key
      URL  = data.linq_attachments.order.download_urls[each.key]
    }
  }
}
