provider_installation {
  filesystem_mirror {
    path    = "/path/to/plugins"
    include = ["terraform-attachments/*"]
  }
  direct {
    exclude = ["terraform-attachments/*"]
  }
}
