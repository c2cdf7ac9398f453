data "wix_contact_attachment" "offer" {
  contact_id       = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id    = "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"
  wait_until_ready = true
}

locals {
  expires = data.wix_contact_attachment.offer.download_url_expiration_date
}

resource "terraform_data" "copy" {
  triggers_replace = data.wix_contact_attachment.offer.attachment_id

  lifecycle {
    precondition {
      condition     = try(timecmp(local.expires, timestamp()) > 0, local.expires == null)
      error_message = "The URL of the offer has expired: create a new plan."
    }
  }
}
