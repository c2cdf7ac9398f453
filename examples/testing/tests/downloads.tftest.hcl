mock_provider "linq" {}

override_module {
  target = module.documents
  outputs = {
    urls = {
      "offer.pdf" = "https://files.example/offer"
    }
  }
}

run "each_file_has_its_url" {
  override_data {
    target = data.linq_attachment.photo
    values = {
      filename     = "photo.jpg"
      content_type = "image/jpeg"
      download_url = "https://files.example/photo"
    }
  }

  assert {
    condition     = output.downloads["photo.jpg"] == "https://files.example/photo"
    error_message = "The photo hasn't its URL."
  }

  assert {
    condition     = output.downloads["offer.pdf"] == "https://files.example/offer"
    error_message = "The document hasn't its URL."
  }
}

run "a_photo_is_an_image" {
  command = plan

  override_data {
    target = data.linq_attachment.photo
    values = {
      filename     = "photo.pdf"
      content_type = "application/pdf"
      download_url = null
    }
  }

  expect_failures = [data.linq_attachment.photo]
}
