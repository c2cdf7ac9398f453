package provider

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// entity is a kind of thing to read, with its model M. It is a data source, and can be an ephemeral
// resource too.
type entity[M model] struct {
	typeName    string
	description string // Markdown
	attributes  func() map[string]schema.Attribute
	// read sets the computed fields of the model, or adds errors.
	read func(context.Context, *reading, *M)
}

// model has a field for each attribute, named by its tfsdk tag. It embeds timeLimit.
type model interface{ limit() time.Duration }

// timeLimit is part of all models.
type timeLimit struct {
	Timeout types.String `tfsdk:"timeout"`
}

// defaultTimeout limits a read, including retries and waits.
const defaultTimeout = 5 * time.Minute

// limit returns the time limit of a read. The schema's validator has checked it.
func (t timeLimit) limit() time.Duration {
	limit, err := time.ParseDuration(t.Timeout.ValueString())
	if err != nil {
		return defaultTimeout
	}
	return limit
}

// reading is one read of a data source, or one opening of an ephemeral resource.
type reading struct {
	clients     *clients
	fresh       bool // whether to send a request of its own
	timeout     time.Duration
	diagnostics diag.Diagnostics
}

// run reads the entity that the configuration selects. If there is an error, the value is the
// configuration.
func (e entity[M]) run(
	ctx context.Context,
	config tfsdk.Config,
	c *clients,
	fresh bool,
) (tftypes.Value, diag.Diagnostics) {
	var m M
	err := decode(ctx, config, &m)
	r := &reading{clients: c, fresh: fresh, timeout: m.limit()}
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	value := config.Raw
	if err == nil {
		e.read(ctx, r, &m)
	}
	if err == nil && !r.diagnostics.HasError() {
		value, err = encode(ctx, &m, config.Raw.Type())
	}
	if err != nil {
		r.diagnostics.AddError("Unexpected Value", fmt.Sprintf("The provider's model and schema "+
			"differ: %s.\n\nThis is a bug in the provider. Please report it.", err))
		return config.Raw, r.diagnostics
	}
	return value, r.diagnostics
}

// receive returns the clients from the provider's Configure, or nil while Terraform only validates.
func receive(data any, diags *diag.Diagnostics) *clients {
	if data == nil {
		return nil
	}
	received, ok := data.(*clients)
	if !ok {
		diags.AddError("Unexpected Provider Data", fmt.Sprintf(
			"Expected %T, got %T.\n\nThis is a bug in the provider. Please report it.", received, data))
	}
	return received
}

// text converts an API's string. It replaces control characters except tabs and line breaks,
// because Terraform prints multi-line strings unescaped: an escape sequence would reach the
// terminal.
func text(value *string) types.String {
	if value == nil {
		return types.StringNull()
	}
	return types.StringValue(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\t' && c != '\n' && c != '\r' {
			return unicode.ReplacementChar
		}
		return c
	}, *value))
}

// logAttempt logs a request at WARN if it failed and is retried, at INFO if it is retried because
// something isn't ready, and else at DEBUG.
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
	switch {
	case attempt.Retried && attempt.Pending:
		tflog.Info(ctx, "Not ready, retrying", fields)
	case attempt.Retried:
		tflog.Warn(ctx, "Request failed, retrying", fields)
	default:
		tflog.Debug(ctx, "Request failed", fields)
	}
}
