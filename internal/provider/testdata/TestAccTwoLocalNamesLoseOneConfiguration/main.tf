terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
    wix = {
      source = "terraform-attachments/attachments"
    }
  }
}

provider "linq" {
  linq_api_key = "linq-mock-key"
}

provider "wix" {
  wix_api_key = "IST.wix-mock-key"
}

data "linq_attachment" "a" {
  attachment_id = "550e8400-e29b-41d4-a716-446655440000"
}

data "wix_contact_attachment" "a" {
  contact_id    = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  attachment_id = "1e7efe60-355a-11eb-b032-19d0ca8630af"
}
