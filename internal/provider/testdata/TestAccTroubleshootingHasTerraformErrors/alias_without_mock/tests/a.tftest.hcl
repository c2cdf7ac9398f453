mock_provider "linq" {}

run "a" {}
