mock_provider "linq" {
  alias = "archive"

  mock_data "linq_attachment" {
    defaults = {
      filename = "mock.jpg"
    }
  }
}

run "returns_the_file_name" {
  providers = {
    linq.archive = linq.archive
  }

  assert {
    condition     = output.filename == "mock.jpg"
    error_message = "The file name doesn't come from the mock."
  }
}
