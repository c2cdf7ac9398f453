package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
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

// logAttempt writes what TF_LOG=DEBUG shows of a request.
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
