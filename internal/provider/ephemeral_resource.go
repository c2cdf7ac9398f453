package provider

import (
	"context"

	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
)

var (
	_ ephemeral.EphemeralResource              = (*ephemeralResource[any])(nil)
	_ ephemeral.EphemeralResourceWithConfigure = (*ephemeralResource[any])(nil)
)

// ephemeralResource is what all ephemeral resources do alike, with a model M. Each is the twin of a
// data source.
type ephemeralResource[M any] struct {
	typeName    string
	description string // Markdown, of the data source
	attributes  func() map[string]datasourceschema.Attribute
	// read fills in the model for the arguments that it holds. It returns false where it has reported
	// an error.
	read func(*M, context.Context, *diag.Diagnostics, *clients) bool

	clients *clients
}

func (e *ephemeralResource[M]) Metadata(
	_ context.Context,
	_ ephemeral.MetadataRequest,
	resp *ephemeral.MetadataResponse,
) {
	resp.TypeName = e.typeName
}

func (e *ephemeralResource[M]) Schema(
	ctx context.Context,
	_ ephemeral.SchemaRequest,
	resp *ephemeral.SchemaResponse,
) {
	attributes := ephemeralAttributes(e.attributes())
	attributes["timeouts"] = openTimeouts(ctx)
	resp.Schema = schema.Schema{
		MarkdownDescription: e.description + " Nothing of it is written to a plan or a state. It needs " +
			"Terraform 1.10 or OpenTofu 1.11.",
		Attributes: attributes,
	}
}

func (e *ephemeralResource[M]) Configure(
	_ context.Context,
	req ephemeral.ConfigureRequest,
	resp *ephemeral.ConfigureResponse,
) {
	e.clients = receive(req.ProviderData, &resp.Diagnostics)
}

func (e *ephemeralResource[M]) Open(
	ctx context.Context,
	req ephemeral.OpenRequest,
	resp *ephemeral.OpenResponse,
) {
	resp.Result.Raw = mapped(ctx, &resp.Diagnostics, req.Config, func(model *M) bool {
		return e.read(model, ctx, &resp.Diagnostics, e.clients)
	})
}
