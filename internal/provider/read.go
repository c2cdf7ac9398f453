package provider

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// defaultReadTimeout bounds a whole read, retries included.
const defaultReadTimeout = 5 * time.Minute

// withClients is embedded by every data source, and receives the clients.
type withClients struct {
	clients *clients
}

// Configure implements [datasource.DataSourceWithConfigure].
func (d *withClients) Configure(
	_ context.Context,
	req datasource.ConfigureRequest,
	resp *datasource.ConfigureResponse,
) {
	if req.ProviderData == nil {
		return // while Terraform only validates
	}
	received, ok := req.ProviderData.(*clients)
	if !ok {
		resp.Diagnostics.AddError("Unexpected Provider Data", fmt.Sprintf(
			"Expected %T, got %T. This is a bug of the provider: please report it.",
			d.clients, req.ProviderData))
		return
	}
	d.clients = received
}

// fetch is what every read has in common: it reports why there is no client, sets the time limit,
// and reports the error of read. It returns nil where it has reported anything.
func fetch[C, A any](
	ctx context.Context,
	diags *diag.Diagnostics,
	account account[C],
	limit func(context.Context, time.Duration) (time.Duration, diag.Diagnostics),
	s subject,
	read func(context.Context, C) (*A, error),
) *A {
	timeout, problems := limit(ctx, defaultReadTimeout)
	diags.Append(problems...)
	diags.Append(account.problems...)
	if diags.HasError() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	answer, err := read(ctx, account.client)
	if err != nil {
		s.credential, s.timeout = account.credential, timeout
		diags.Append(readDiagnostic(err, s))
		return nil
	}
	return answer
}

func timeoutsAttribute(ctx context.Context) schema.Attribute {
	attribute := timeouts.Attributes(ctx).(schema.SingleNestedAttribute)
	attribute.MarkdownDescription = "Time limits of this block."
	attribute.Attributes["read"] = schema.StringAttribute{
		MarkdownDescription: "Time limit of the whole read, retries and waits included, as a " +
			"duration such as `30s` or `10m`; `5m` by default.",
		Optional:   true,
		Validators: validate("Time Limit", checked(parseTimeLimit)),
	}
	return attribute
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

// logAttempt writes what the provider's log has of a request: failed ones from TF_LOG=WARN on, others
// from DEBUG on.
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
	fields["error"] = attempt.Err.Error()
	if attempt.Wait > 0 {
		fields["retry_in_ms"] = attempt.Wait.Milliseconds()
	}
	tflog.Warn(ctx, "Request failed", fields)
}
