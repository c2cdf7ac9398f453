package provider

import (
	"context"
	"errors"
	"os"
	"runtime/debug"
	"strings"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
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

// logAttempt logs a request at WARN if it failed and is retried, at INFO if it is retried because
// something isn't ready, and otherwise at DEBUG.
func logAttempt(ctx context.Context, attempt rest.Attempt) {
	fields := map[string]any{
		"url":         attempt.URL,
		"attempt":     attempt.Number,
		"duration_ms": attempt.Duration.Milliseconds(),
	}
	if attempt.Retried {
		fields["retry_in_ms"] = attempt.Wait.Milliseconds()
	}
	if attempt.Err == nil {
		tflog.Debug(ctx, "Request succeeded", fields)
		return
	}
	fields["error"] = attempt.Err.Error()
	if response, ok := errors.AsType[*rest.ResponseError](attempt.Err); ok && attempt.Pending {
		fields["error"] = response.Reason // which was expected
	}
	switch {
	case attempt.Retried && attempt.Pending:
		tflog.Info(ctx, "Not ready, retrying", fields)
	case attempt.Retried:
		tflog.Warn(ctx, "Request failed, retrying", fields)
	default:
		tflog.Debug(ctx, "Request failed", fields)
	}
}
