mock_provider "linq" {}

override_module {
  target = module.documents
  outputs = {
    urls = ["https://files.example/document"]
  }
}

run "returns_every_url" {
  override_data {
    target = data.linq_attachment.photo
    values = {
      content_type = "image/jpeg"
      download_url = "https://files.example/photo"
    }
  }

  assert {
    condition     = join(" ", output.urls) == "https://files.example/photo https://files.example/document"
    error_message = "A URL is missing."
  }
}

run "accepts_only_images" {
  command = plan

  override_data {
    target = data.linq_attachment.photo
    values = {
      content_type = "application/pdf"
      download_url = null
    }
  }

  expect_failures = [data.linq_attachment.photo]
}
