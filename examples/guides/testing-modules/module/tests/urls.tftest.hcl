mock_provider "linq" {}

override_data {
  target = data.linq_attachments.documents
  values = {
    download_urls = { "6f1b8a52-8d0e-4c07-9b52-3b1f0c6f2a10" = "https://files.example/document" }
    ready_ids     = ["6f1b8a52-8d0e-4c07-9b52-3b1f0c6f2a10"]
    missing_ids   = []
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
