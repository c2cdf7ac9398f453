variable "app_secret" {
  type      = string
  sensitive = true # with OpenTofu 1.11 or later, add: ephemeral = true
}

variable "installations" {
  type = map(object({ instance_id = string, contact_id = string }))
}

provider "wix" {
  for_each            = var.installations
  alias               = "site"
  wix_app_id          = "0d9ca5b4-6c5f-4f6c-8d86-b1e7f3a2c940" # your app ID
  wix_app_secret      = var.app_secret
  wix_app_instance_id = each.value.instance_id
}

data "wix_contact_attachments" "customer" {
  for_each   = var.installations
  provider   = wix.site[each.key]
  contact_id = each.value.contact_id
}

output "files" {
  value = { for site, list in data.wix_contact_attachments.customer : site => length(list.attachments) }
}
