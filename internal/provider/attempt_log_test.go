package provider

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

func TestAttemptsAreLoggedByTheirOutcome(t *testing.T) {
	t.Parallel()
	failed := &rest.StatusError{StatusCode: 503}
	pending := &rest.ResponseError{StatusCode: 200, Reason: "it has no URL yet"}
	var output bytes.Buffer
	ctx := tflogtest.RootLogger(t.Context(), &output)
	for i, attempt := range []rest.Attempt{
		{Err: failed, Retried: true, Wait: 2 * time.Second},
		{Err: failed, Retried: true}, // with a renewed token
		{Err: pending, Retried: true, Pending: true, Wait: time.Second},
		{Err: failed, Wait: time.Hour}, // past the time limit
		{Err: failed, Pending: true},
		{},
	} {
		attempt.Number, attempt.URL, attempt.Duration = i+1, "https://x/1", 5*time.Millisecond
		logAttempt(ctx, attempt)
	}
	got, err := tflogtest.MultilineJSONDecode(&output)
	if err != nil {
		t.Fatal(err)
	}
	line := func(level, message string, attempt float64, more values) values {
		result := values{
			"@level": level, "@message": message, "@module": "provider", "attempt": attempt,
			"url": "https://x/1", "duration_ms": 5.0,
		}
		for name, value := range more {
			result[name] = value
		}
		return result
	}
	const told = "503 Service Unavailable"
	want := []map[string]any{
		line("warn", "Request failed, retrying", 1, values{"error": told, "retry_in_ms": 2000.0}),
		line("warn", "Request failed, retrying", 2, values{"error": told, "retry_in_ms": 0.0}),
		line("info", "Not ready, retrying", 3,
			values{"error": "it has no URL yet", "retry_in_ms": 1000.0}),
		line("debug", "Request failed", 4, values{"error": told}),
		line("debug", "Request failed", 5, values{"error": told}),
		line("debug", "Request succeeded", 6, nil),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
