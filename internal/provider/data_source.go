package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	_ datasource.DataSource              = (*dataSource[any])(nil)
	_ datasource.DataSourceWithConfigure = (*dataSource[any])(nil)
)

// dataSource is what all data sources do alike, with a model M.
type dataSource[M any] struct {
	typeName    string
	description string // Markdown
	attributes  func() map[string]schema.Attribute
	// read fills in the model for the arguments that it holds. It returns false where it has reported
	// an error.
	read func(*M, context.Context, *diag.Diagnostics, *clients) bool

	clients *clients
}

func (d *dataSource[M]) Metadata(
	_ context.Context,
	_ datasource.MetadataRequest,
	resp *datasource.MetadataResponse,
) {
	resp.TypeName = d.typeName
}

func (d *dataSource[M]) Schema(
	ctx context.Context,
	_ datasource.SchemaRequest,
	resp *datasource.SchemaResponse,
) {
	attributes := d.attributes()
	attributes["timeouts"] = readTimeouts(ctx)
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
	resp.State.Raw = mapped(ctx, &resp.Diagnostics, req.Config, func(model *M) bool {
		return d.read(model, ctx, &resp.Diagnostics, d.clients)
	})
	// Configure doesn't defer, so that data sources of the other API are read.
	if req.ClientCapabilities.DeferralAllowed &&
		slices.ContainsFunc(resp.Diagnostics, isUnknownSetting) {
		resp.Diagnostics = nil
		resp.Deferred = &datasource.Deferred{
			Reason: datasource.DeferredReasonProviderConfigUnknown,
		}
		resp.State.Raw = tftypes.NewValue(req.Config.Raw.Type(), tftypes.UnknownValue)
	}
}
