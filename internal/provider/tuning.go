package provider

import (
	"os"
	"runtime/debug"
	"strings"
)

// silenceUnreadLogs turns the provider's logs off where nobody asked for any. The SDK writes all of
// them by default, about 31 lines a block, and engines parse each line only to drop it. Whoever
// sets a variable that asks for logs gets every line.
//
// To be removed when the SDK does so itself: hashicorp/terraform-plugin-framework issues 1086 and
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

// collectLessOften lets the heap grow to four times what is in use before it is collected, unless
// the user has set GOGC. A few MB are in use, which the default collects all the time. With
// more than that, 5000 blocks take notably more memory, and no less time.
func collectLessOften() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300)
	}
}
