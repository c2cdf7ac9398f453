package provider

import (
	"os"
	"runtime/debug"
	"strings"
)

// silenceUnreadLogs turns the provider's logs off unless an environment variable turns logs on. By
// default, the SDK writes about 31 lines for each block, and Terraform parses and drops them.
//
// Remove this when the SDK does so itself: hashicorp/terraform-plugin-framework issue 1269.
func silenceUnreadLogs() {
	own := []string{
		"TF_LOG_SDK", "TF_LOG_SDK_PROTO", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_PROVIDER_ATTACHMENTS",
	}
	for _, name := range append([]string{"TF_LOG", "TF_LOG_CORE", "TF_LOG_PROVIDER"}, own...) {
		if level := os.Getenv(name); level != "" && !strings.EqualFold(level, "off") {
			return
		}
	}
	for _, name := range own {
		_ = os.Setenv(name, "off")
	}
}

// tuneMemory lets the heap grow to four times its live size before a collection, unless GOGC is
// set. The live heap is a few MB, and Go's default would collect all the time. Unless GOMEMLIMIT is
// set, tuneMemory limits memory to 160 MiB, which keeps the process below 250 MB after large
// responses.
func tuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(160 << 20)
	}
}
