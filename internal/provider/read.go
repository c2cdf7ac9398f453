package provider

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// defaultReadTimeout bounds a whole read, retries included.
const defaultReadTimeout = 5 * time.Minute

// receive returns what Configure of the provider handed over; nil while the engine only validates.
func receive(data any, diags *diag.Diagnostics) *clients {
	if data == nil {
		return nil
	}
	received, ok := data.(*clients)
	if !ok {
		diags.AddError("Unexpected Provider Data", fmt.Sprintf(
			"Expected %T, got %T. This is a bug of the provider: please report it.", received, data))
	}
	return received
}

// limit is the time limit of a block.
type limit struct {
	argument string // such as "timeouts.read"
	get      func(context.Context, time.Duration) (time.Duration, diag.Diagnostics)
}

// fetch is what every read has in common: it reports why there is no client, sets the time limit,
// and reports the error of read.
func fetch[C, A any](
	ctx context.Context,
	diags *diag.Diagnostics,
	account account[C],
	limit limit,
	s subject,
	read func(context.Context, C) (A, error),
) (answer A, ok bool) {
	timeout, problems := limit.get(ctx, defaultReadTimeout)
	diags.Append(problems...)
	diags.Append(account.problems...)
	if diags.HasError() {
		return answer, false
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	answer, err := read(ctx, account.client)
	if err != nil {
		s.credentialOrigin, s.timeout, s.limit = account.credentialSource, timeout, limit.argument
		diags.Append(readDiagnostics(err, s)...)
		return answer, false
	}
	return answer, true
}

// text makes a value of a text of the API. Control characters, but for line breaks and tabs, are
// replaced: engines print a text with a line break as it is, so that an escape sequence in it would
// reach the terminal.
func text(value *string) types.String {
	if value == nil {
		return types.StringNull()
	}
	return types.StringValue(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			return unicode.ReplacementChar
		}
		return c
	}, *value))
}

// logAttempt writes what the provider's log has of a request: those that are tried again from
// TF_LOG=WARN on, those that wait until something is ready from INFO on, others from DEBUG on.
func logAttempt(ctx context.Context, attempt rest.Attempt) {
	fields := map[string]any{
		"url":         attempt.URL,
		"attempt":     attempt.Number,
		"duration_ms": attempt.Duration.Milliseconds(),
	}
	if attempt.Err == nil {
		tflog.Debug(ctx, "Request succeeded", fields)
		return
	}
	if attempt.Pending {
		fields["retry_in_ms"] = attempt.Wait.Milliseconds()
		tflog.Info(ctx, "Waiting until it is ready", fields)
		return
	}
	fields["error"] = attempt.Err.Error()
	if attempt.Wait > 0 {
		fields["retry_in_ms"] = attempt.Wait.Milliseconds()
		tflog.Warn(ctx, "Request failed, and is tried again", fields)
		return
	}
	tflog.Debug(ctx, "Request failed", fields)
}
