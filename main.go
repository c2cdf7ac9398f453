// Command terraform-provider-attachments serves the provider to Terraform and OpenTofu.
package main

import (
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/provider"
)

// version is set when a release is linked.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "keep running, for a debugger to attach to")
	flag.Parse()

	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	} else {
		silenceUnreadLogs()
	}
	collectLessOften()
	if err := serve(options...); err != nil {
		log.Fatal(err)
	}
}

func serve(options ...tf6server.ServeOpt) error {
	return tf6server.Serve("registry.terraform.io/terraform-attachments/attachments",
		provider.NewServer(version), options...)
}
