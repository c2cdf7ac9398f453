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
	metered   subject = "metered" // as singular, but records the provider's peak memory
	framework subject = "framework"
	raw       subject = "raw"
	standIn   subject = "http"
)

// source says how to build a subject.
type source struct {
	folder        string // of the provider's main package
	ldflags       string
	configuration string
}

var sources = map[subject]source{
	singular:  {folder: ".", configuration: header + concurrency + singularBlocks},
	plural:    {folder: ".", configuration: header + pluralBlock},
	metered:   {folder: ".", configuration: header + concurrency + singularBlocks},
	framework: {folder: "bench/floors", configuration: header + singularBlocks},
	raw: {
		folder:        "bench/floors",
		ldflags:       " -X main.raw=yes",
		configuration: header + singularBlocks,
	},
	standIn: {folder: "bench/floors", configuration: header + httpBlocks},
}

const (
	// attachmentID is a format for the ID of an attachment, for Go and for Terraform.
	attachmentID = "00000000-0000-4000-8000-%012d"

	// document is a format for the attachment with an ID.
	document = `{"id":%q,"filename":"photo.jpg","content_type":"image/jpeg",` +
		`"size_bytes":1024000,"status":"complete",` +
		`"download_url":"https://cdn.linqapp.com/attachments/photo.jpg",` +
		`"created_at":"2024-01-15T10:30:00Z"}`

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
	singularBlocks = `
data "linq_attachment" "a" {
  count         = var.n
  attachment_id = format("` + attachmentID + `", count.index)
}
`
	pluralBlock = `
data "linq_attachments" "a" {
  attachment_ids = [for i in range(var.n) : format("` + attachmentID + `", i)]
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
	if p.subject == framework || p.subject == raw {
		return 0
	}
	return p.n
}

var (
	thousandBlocks  = plan{subject: singular, n: 1000, parallelism: 10}
	thousandIDs     = plan{subject: plural, n: 1000, parallelism: 10}
	thousandSlow    = plan{singular, 1000, 100, 50 * time.Millisecond}
	frameworkBlocks = plan{subject: framework, n: 1000, parallelism: 10}
	rawBlocks       = plan{subject: raw, n: 1000, parallelism: 10}
	standInBlocks   = plan{subject: standIn, n: 1000, parallelism: 10}
	tenMetered      = plan{subject: metered, n: 10, parallelism: 10}
	manyMetered     = plan{subject: metered, n: 5000, parallelism: 10}

	plans = []plan{
		thousandBlocks, thousandIDs, thousandSlow, frameworkBlocks, rawBlocks, standInBlocks,
		tenMetered, manyMetered,
	}
)
