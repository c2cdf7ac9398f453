// Command terraform-provider-attachments serves the provider to Terraform and OpenTofu.
package main

import (
	"flag"
	"fmt"
	"log"
	"runtime/debug"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/provider"
)

// version is set when a release is linked.
var version = "dev"

func main() {
	attach := flag.Bool("debug", false, "keep running, for a debugger to attach to")
	printVersion := flag.Bool("version", false, "print the version, commit, and Go version")
	flag.Parse()
	if *printVersion {
		info, _ := debug.ReadBuildInfo() // only a program without modules has none
		fmt.Println(describe(version, info))
		return
	}
	if err := provider.Serve(version, *attach); err != nil {
		log.Fatal(err)
	}
}

// describe returns the version with the commit and the Go version that it was built from. Go
// records the commit unless it builds outside a checkout or with -buildvcs=false.
func describe(version string, info *debug.BuildInfo) string {
	commit, changed := "unknown", ""
	for _, setting := range info.Settings {
		switch {
		case setting.Key == "vcs.revision":
			commit = setting.Value
		case setting.Key == "vcs.modified" && setting.Value == "true":
			changed = " with changes"
		}
	}
	return fmt.Sprintf("terraform-provider-attachments %s (commit %s%s, %s)",
		version, commit, changed, info.GoVersion)
}
