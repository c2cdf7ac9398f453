package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	_ datasource.DataSource              = (*dataSource[timeLimit])(nil)
	_ datasource.DataSourceWithConfigure = (*dataSource[timeLimit])(nil)
)

// dataSource reads an entity into the state.
type dataSource[M model] struct {
	entity[M]
	clients *clients
}

func (e entity[M]) dataSource() datasource.DataSource { return &dataSource[M]{entity: e} }

func (d *dataSource[M]) Metadata(
	_ context.Context,
	_ datasource.MetadataRequest,
	resp *datasource.MetadataResponse,
) {
	resp.TypeName = d.typeName
}

func (d *dataSource[M]) Schema(
	_ context.Context,
	_ datasource.SchemaRequest,
	resp *datasource.SchemaResponse,
) {
	attributes := d.attributes()
	attributes["timeout"] = timeoutAttribute()
	resp.Schema = schema.Schema{MarkdownDescription: d.description, Attributes: attributes}
}

func (d *dataSource[M]) Configure(
	_ context.Context,
	req datasource.ConfigureRequest,
	resp *datasource.ConfigureResponse,
) {
	d.clients = receive(req.ProviderData, &resp.Diagnostics)
}

func (d *dataSource[M]) Read(
	ctx context.Context,
	req datasource.ReadRequest,
	resp *datasource.ReadResponse,
) {
	state, diags := d.run(ctx, req.Config, d.clients, false)
	if req.ClientCapabilities.DeferralAllowed && slices.ContainsFunc(diags, isUnknownSetting) {
		resp.Deferred = &datasource.Deferred{
			Reason: datasource.DeferredReasonProviderConfigUnknown,
		}
		state, diags = tftypes.NewValue(state.Type(), tftypes.UnknownValue), nil
	}
	resp.State.Raw = state
	resp.Diagnostics.Append(diags...)
}
