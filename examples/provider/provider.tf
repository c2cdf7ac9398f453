terraform {
  required_providers {
    attachments = {
      source = "terraform-attachments/attachments"
    }
  }
}

# Whatever is left out comes from the environment: WIX_API_KEY, WIX_SITE_ID and LINQ_API_V3_API_KEY
# here.
provider "attachments" {
  request_timeout = "30s"
  max_retries     = 4
}
