// Command terraform-provider-attachments serves the provider to Terraform and OpenTofu.
package main

import (
	"flag"
	"log"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/provider"
)

// version is set when a release is linked.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "keep running, for a debugger to attach to")
	flag.Parse()
	if err := provider.Serve(version, *debug); err != nil {
		log.Fatal(err)
	}
}
