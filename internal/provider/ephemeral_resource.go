package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
)

var (
	_ ephemeral.EphemeralResource              = (*ephemeralResource[timeLimit])(nil)
	_ ephemeral.EphemeralResourceWithConfigure = (*ephemeralResource[timeLimit])(nil)
)

// ephemeralResource reads an entity and stores nothing in plan or state.
type ephemeralResource[M model] struct {
	entity[M]
	clients *clients
}

func (e entity[M]) ephemeralResource() ephemeral.EphemeralResource {
	return &ephemeralResource[M]{entity: e}
}

func (r *ephemeralResource[M]) Metadata(
	_ context.Context,
	_ ephemeral.MetadataRequest,
	resp *ephemeral.MetadataResponse,
) {
	resp.TypeName = r.typeName
}

func (r *ephemeralResource[M]) Schema(
	_ context.Context,
	_ ephemeral.SchemaRequest,
	resp *ephemeral.SchemaResponse,
) {
	attributes := r.attributes()
	attributes["timeout"] = timeoutAttribute()
	resp.Schema = schema.Schema{
		MarkdownDescription: r.description + " Nothing is stored in the plan or the state. Requires " +
			"Terraform 1.10 or OpenTofu 1.11.",
		Attributes: ephemeralAttributes(attributes),
	}
}

func (r *ephemeralResource[M]) Configure(
	_ context.Context,
	req ephemeral.ConfigureRequest,
	resp *ephemeral.ConfigureResponse,
) {
	r.clients = receive(req.ProviderData, &resp.Diagnostics)
}

func (r *ephemeralResource[M]) Open(
	ctx context.Context,
	req ephemeral.OpenRequest,
	resp *ephemeral.OpenResponse,
) {
	result, diags := r.run(ctx, req.Config, r.clients, true)
	resp.Result.Raw = result
	resp.Diagnostics.Append(diags...)
}
