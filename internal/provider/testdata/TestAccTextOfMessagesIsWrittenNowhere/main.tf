terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

data "linq_message" "m" {
  message_id = "69a37c7d-af4f-4b5e-af42-e28e98ce873a"
}
