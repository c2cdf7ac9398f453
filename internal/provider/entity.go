package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// entity is a kind of thing to read, with its model M. It is a data source, and can be an ephemeral
// resource too.
type entity[M entityModel] struct {
	typeName    string
	description string // Markdown
	attributes  func() map[string]schema.Attribute
	// fetch sets the computed fields of the model, or adds errors.
	fetch func(context.Context, *call, *M)
}

// entityModel has a field for each attribute, named by its tfsdk tag. It embeds timeoutModel.
type entityModel interface {
	limit() (time.Duration, string)
}

// call is one read of a data source, or one opening of an ephemeral resource.
type call struct {
	clients     *clients
	fresh       bool   // whether to send a request of its own
	timeLimit   string // as in "time limit of 15m (timeout)"
	diagnostics diag.Diagnostics
}

// addProblems adds diagnostics, and reports whether one of them is an error.
func (c *call) addProblems(problems diag.Diagnostics) bool {
	c.diagnostics.Append(problems...)
	return problems.HasError()
}

// addError adds the diagnostic for a client's error.
func (c *call) addError(err error, s subject) {
	c.diagnostics.Append(s.diagnostic(err, c.timeLimit))
}

// read reads the entity that the configuration selects. If there is an error, the value is the
// configuration.
func (e entity[M]) read(
	ctx context.Context,
	config tfsdk.Config,
	clients *clients,
	fresh bool,
) (tftypes.Value, diag.Diagnostics) {
	var m M
	err := decode(ctx, config, &m)
	timeout, timeLimit := m.limit()
	c := &call{clients: clients, fresh: fresh, timeLimit: timeLimit}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	value := config.Raw
	if err == nil {
		e.fetch(ctx, c, &m)
	}
	if err == nil && !c.diagnostics.HasError() {
		value, err = encode(ctx, &m, config.Raw.Type())
	}
	if err != nil {
		c.diagnostics.AddError("Unexpected Value", fmt.Sprintf("The provider's model and schema "+
			"differ: %s.\n\nThis is a bug in the provider. Please report it.", err))
		return config.Raw, c.diagnostics
	}
	return value, c.diagnostics
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

var (
	_ datasource.DataSource                    = (*dataSource[timeoutModel])(nil)
	_ datasource.DataSourceWithConfigure       = (*dataSource[timeoutModel])(nil)
	_ ephemeral.EphemeralResource              = (*ephemeralResource[timeoutModel])(nil)
	_ ephemeral.EphemeralResourceWithConfigure = (*ephemeralResource[timeoutModel])(nil)
)

// dataSource reads an entity into the state.
type dataSource[M entityModel] struct {
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
	state, diags := d.read(ctx, req.Config, d.clients, false)
	if req.ClientCapabilities.DeferralAllowed && slices.ContainsFunc(diags, isUnknownSetting) {
		resp.Deferred = &datasource.Deferred{
			Reason: datasource.DeferredReasonProviderConfigUnknown,
		}
		state, diags = tftypes.NewValue(state.Type(), tftypes.UnknownValue), nil
	}
	resp.State.Raw = state
	resp.Diagnostics.Append(diags...)
}

// ephemeralResource reads an entity and stores nothing in plan or state.
type ephemeralResource[M entityModel] struct {
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
	resp.Schema = ephemeralschema.Schema{
		MarkdownDescription: strings.Replace(r.description, "data source", "ephemeral resource", 1) +
			" Nothing is stored in plan or state. Requires Terraform 1.10 or OpenTofu 1.11.",
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
	result, diags := r.read(ctx, req.Config, r.clients, true)
	resp.Result.Raw = result
	resp.Diagnostics.Append(diags...)
}
