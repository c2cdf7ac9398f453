package main

import (
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// subject is a provider together with a configuration. It names a folder in build/bench.
type subject string

const (
	singular  subject = "singular"
	plural    subject = "plural"
	limited   subject = "limited" // as singular, but with time limits; all requests get a 429
	metered   subject = "metered" // as singular, but records peak memory
	list      subject = "list"
	framework subject = "framework"
	raw       subject = "raw"
	standIn   subject = "http"
)

// source says how to build a subject.
type source struct {
	folder  string // of the provider's main package
	ldflags string
	metered bool   // whether to record the provider's peak memory
	config  string // without the header
}

var sources = map[subject]source{
	singular:  {folder: ".", config: concurrency + singularBlocks},
	plural:    {folder: ".", config: pluralBlock},
	limited:   {folder: ".", config: concurrency + limitedBlocks},
	metered:   {folder: ".", metered: true, config: concurrency + singularBlocks},
	list:      {folder: ".", metered: true, config: listBlock},
	framework: {folder: "bench/floors", config: singularBlocks},
	raw:       {folder: "bench/floors", ldflags: " -X main.latency=50ms", config: singularBlocks},
	standIn:   {folder: "bench/floors", config: httpBlocks},
}

const (
	// attachmentID is a format for the ID of an attachment, for Go and for Terraform.
	attachmentID = "00000000-0000-4000-8000-%012d"

	// document is a format for the Linq attachment with an ID.
	document = `{"id":%q,"filename":"photo.jpg","content_type":"image/jpeg",` +
		`"size_bytes":1024000,"status":"complete",` +
		`"download_url":"https://cdn.linqapp.com/attachments/photo.jpg",` +
		`"created_at":"2024-01-15T10:30:00Z"}`

	// image is a format for the Wix attachment with an ID.
	image = `{"id":%q,"fileName":"photo.png","mimeType":"image/png","attachmentType":"IMAGE",` +
		`"image":{"id":"11062b_abc~mv2.png","height":1080,"width":1920,` +
		`"url":"https://static.wixstatic.com/media/11062b_abc~mv2.png",` +
		`"urlExpirationDate":"2024-05-01T10:00:00Z"},` +
		`"previewImage":{"id":"11062b_abc~mv2.png","height":100,"width":178,` +
		`"url":"https://static.wixstatic.com/media/11062b_abc~mv2.png/v1/fit/w_178,h_100/file.png"}}`

	header = `terraform {
  required_providers {
    linq = { source = "terraform-attachments/attachments" }
  }
}

variable "n" {
  type = number
}

variable "url" {
  type = string
}
`
	// Only -parallelism limits how many of the singular blocks are read at once.
	concurrency = `
provider "linq" {
  max_concurrent_requests = 128
}
`
	singularBlock = `
data "linq_attachment" "a" {
  count         = var.n
  attachment_id = format("` + attachmentID + `", count.index)
`
	singularBlocks = singularBlock + "}\n"
	limitedBlocks  = singularBlock + "  timeout = \"3s\"\n}\n"

	pluralBlock = `
data "linq_attachments" "a" {
  attachment_ids = [for i in range(var.n) : format("` + attachmentID + `", i)]
}
`
	listBlock = `
data "wix_contact_attachments" "a" {
  provider   = linq
  contact_id = "` + mockapi.WixEmptyContact + `"
}
`
	httpBlocks = `
data "http" "a" {
  provider = linq
  count    = var.n
  url = format(
    "${var.url}` + mockapi.LinqPath + `/v3/attachments/` + attachmentID + `", count.index)
  request_headers = {
    Accept        = "application/json"
    Authorization = "Bearer ` + mockapi.DefaultLinqAPIKey + `"
  }
}
`
)

// plan is a plan that reads n attachments.
type plan struct {
	subject     subject
	n           int
	parallelism int
	latency     time.Duration // of each response
}

// requests returns how many requests the plan sends.
func (p plan) requests() int {
	switch p.subject {
	case framework, raw:
		return 0
	case list:
		return p.n / 100 // pages
	}
	return p.n
}

var (
	thousandBlocks  = plan{subject: singular, n: 1000, parallelism: 10}
	thousandIDs     = plan{subject: plural, n: 1000, parallelism: 10}
	frameworkBlocks = plan{subject: framework, n: 1000, parallelism: 10}
	standInBlocks   = plan{subject: standIn, n: 1000, parallelism: 10}
	slowBlocks      = plan{singular, 1000, 100, 50 * time.Millisecond}
	slowRawBlocks   = plan{subject: raw, n: 1000, parallelism: 100}
	hundredLimited  = plan{subject: limited, n: 100, parallelism: 100}
	manyMetered     = plan{subject: metered, n: 5000, parallelism: 10}
	longList        = plan{subject: list, n: 20_000, parallelism: 10}

	plans = []plan{
		thousandBlocks, thousandIDs, frameworkBlocks, standInBlocks, slowBlocks, slowRawBlocks,
		hundredLimited, manyMetered, longList,
	}
)
