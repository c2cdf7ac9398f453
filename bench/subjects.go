package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/bench/traffic"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// subject is a provider with a configuration.
type subject string

const (
	attachments   subject = "attachments"
	plural        subject = "attachments, plural"
	frameworkNoop subject = "framework no-op"
	rawNoop       subject = "raw no-op"
	standIn       subject = `stand-in for data "http"`
	peerProvider  subject = "peer"
)

// source is where a subject comes from.
type source struct {
	folder        string // with its main package, in the checkout
	binary        string // in place of that
	configuration string // with the variables n and url
}

// A run of an engine is told how many attachments to read and where by n and url. How many requests
// may be under way at once goes to the provider, if it isn't 0.
const (
	header = `terraform {
  required_providers {
    %s = {
      source = "terraform-attachments/attachments"
    }
  }
}

variable "n" {
  type = number
}

variable "url" {
  type = string
}
`
	limits = `
variable "concurrency" {
  type = number
}

provider "linq" {
  max_concurrent_requests = var.concurrency
}
`
	singularBlocks = `
data "linq_attachment" "a" {
  count         = var.n
  attachment_id = format("` + traffic.ID + `", count.index)
}
`
	// The range of an engine ends at 1024.
	pluralBlock = `
data "linq_attachments" "a" {
  attachment_ids = flatten([for k in range(ceil(var.n / 1000)) : [
    for i in range(min(1000, var.n - 1000 * k)) : format("` + traffic.ID + `", 1000 * k + i)
  ]])
}
`
	httpBlocks = `
data "http" "a" {
  count = var.n
  url   = format(
    "${var.url}` + mockapi.LinqPath + `/v3/attachments/` + traffic.ID + `", count.index)
  request_headers = {
    Accept        = "application/json"
    Authorization = "Bearer ` + mockapi.DefaultLinqAPIKey + `"
  }
}
`
)

func under(localName string, parts ...string) string {
	return fmt.Sprintf(header, localName) + strings.Join(parts, "")
}

func subjects(peer, peerConfig string) (map[subject]source, error) {
	all := map[subject]source{
		attachments:   {folder: ".", configuration: under("linq", limits, singularBlocks)},
		plural:        {folder: ".", configuration: under("linq", limits, pluralBlock)},
		frameworkNoop: {folder: "bench/floors/framework", configuration: under("linq", singularBlocks)},
		rawNoop:       {folder: "bench/floors/raw", configuration: under("linq", singularBlocks)},
		standIn:       {folder: "bench/floors/http", configuration: under("http", httpBlocks)},
	}
	if peer != "" {
		all[peerProvider] = source{binary: peer, configuration: under("http", httpBlocks)}
	}
	if peerConfig != "" {
		text, err := os.ReadFile(peerConfig)
		if err != nil {
			return nil, err
		}
		all[peerProvider] = source{binary: peer, configuration: string(text)}
	}
	return all, nil
}

// run is one command: the plan of so many attachments.
type run struct {
	subject     subject
	n           int
	latency     time.Duration
	parallelism int // of the engine
	concurrency int // of the provider
}

func (r run) String() string {
	return fmt.Sprintf("%s, n=%d, %s, parallelism %d, %d requests at once",
		r.subject, r.n, r.latency, r.parallelism, r.concurrency)
}

// at is a run as Terraform and the provider do it by default.
func at(s subject, n int) run {
	return run{subject: s, n: n, parallelism: 10, concurrency: 16}
}

var (
	slowPlural = run{
		subject: plural, n: 1000, latency: 200 * time.Millisecond, parallelism: 10, concurrency: 64,
	}
	fastPlural   = run{subject: plural, n: 1000, parallelism: 10, concurrency: 64}
	slowSingular = run{
		subject: attachments, n: 1000, latency: 50 * time.Millisecond, parallelism: 100, concurrency: 128,
	}
	// wideNoop tells what of that is the engine's own.
	wideNoop = run{subject: rawNoop, n: 1000, parallelism: 100, concurrency: 128}
)

func everybody(peer bool) []subject {
	all := []subject{frameworkNoop, rawNoop, standIn, attachments, plural}
	if peer {
		all = append(all, peerProvider)
	}
	return all
}

// keyRuns are those that the first rows of the table need.
func keyRuns(peer bool) []run {
	var runs []run
	for _, n := range []int{1, 1000} {
		for _, s := range everybody(peer) {
			runs = append(runs, at(s, n))
		}
	}
	return runs
}

func allRuns(peer bool) []run {
	runs := keyRuns(peer)
	for _, n := range []int{10, 100} {
		for _, s := range everybody(peer) {
			runs = append(runs, at(s, n))
		}
	}
	return append(runs, slowPlural, fastPlural, slowSingular, wideNoop,
		at(attachments, 5000), at(plural, 5000))
}

// reads is the number of requests that have to arrive; -1 where that isn't known.
func (r run) reads() int64 {
	switch r.subject {
	case frameworkNoop, rawNoop:
		return 0
	case peerProvider:
		return -1
	}
	return int64(r.n)
}
