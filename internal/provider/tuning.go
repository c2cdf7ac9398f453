package provider

import (
	"os"
	"runtime/debug"
	"strings"
)

// silenceUnreadLogs turns the provider's logs off unless a variable asks for logs. By default the
// SDK writes about 31 lines for each block, and Terraform parses each line only to drop it.
//
// Remove this when the SDK does so itself: hashicorp/terraform-plugin-framework issues 1086 and
// 1269.
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

// tuneMemory lets the heap grow to four times what is in use before garbage is collected, unless
// GOGC is set: a few MB are in use, for which the default collects all the time. It limits the
// memory to 160 MiB, unless GOMEMLIMIT is set, so that large responses leave the process below
// 250 MB.
func tuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(160 << 20)
	}
}
