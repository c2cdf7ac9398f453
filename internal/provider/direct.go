package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// directReads are the data sources that are read without the framework. At each read that makes
// the schema's type anew, copies the configuration, and compares each attribute of the state with
// it, in case a custom type finds that both mean the same. There are no such types here, and all of
// that is a sixth of the provider's work.
//
// To be removed when the framework stops doing so: hashicorp/terraform-plugin-framework issue 1314.
type directReads struct {
	provider *attachmentsProvider
	sources  map[string]directSource // by the name of their type
}

type directSource struct {
	directDataSource
	schema schema.Schema
	as     tftypes.Type
}

type directDataSource interface {
	datasource.DataSource
	// readConfig returns the state. Where it reports an error, that is the configuration.
	readConfig(context.Context, *diag.Diagnostics, tfsdk.Config, *clients) tftypes.Value
}

func newDirectReads(p *attachmentsProvider) directReads {
	ctx := context.Background()
	d := directReads{provider: p, sources: map[string]directSource{}}
	for _, newDataSource := range p.DataSources(ctx) {
		source, ok := newDataSource().(directDataSource)
		if !ok {
			continue
		}
		var metadata datasource.MetadataResponse
		source.Metadata(ctx, datasource.MetadataRequest{}, &metadata)
		var described datasource.SchemaResponse
		source.Schema(ctx, datasource.SchemaRequest{}, &described)
		d.sources[metadata.TypeName] = directSource{
			directDataSource: source,
			schema:           described.Schema,
			as:               described.Schema.Type().TerraformType(ctx),
		}
	}
	return d
}

type readFunc = func(
	context.Context, *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error)

// of returns how data sources of the type are read, or nil where that is for the framework to do:
// as long as the provider has no clients, since all that it reads is put off.
func (d directReads) of(typeName string) readFunc {
	source, ok := d.sources[typeName]
	if !ok {
		return nil
	}
	clients := d.provider.clients.Load()
	if clients == nil {
		return nil
	}
	return func(
		ctx context.Context, req *tfprotov6.ReadDataSourceRequest,
	) (*tfprotov6.ReadDataSourceResponse, error) {
		config, err := req.Config.Unmarshal(source.as)
		if err != nil {
			return nil, err
		}
		var diags diag.Diagnostics
		value := source.readConfig(
			ctx, &diags, tfsdk.Config{Raw: config, Schema: source.schema}, clients)
		state, err := tfprotov6.NewDynamicValue(source.as, value)
		if err != nil {
			return nil, err
		}
		return &tfprotov6.ReadDataSourceResponse{State: &state, Diagnostics: ofProtocol(diags)}, nil
	}
}

// ofProtocol are diagnostics as they go to the engine. Those of a read are on an attribute by its
// name, or on none.
func ofProtocol(diags diag.Diagnostics) []*tfprotov6.Diagnostic {
	var converted []*tfprotov6.Diagnostic
	for _, d := range diags {
		c := &tfprotov6.Diagnostic{
			Severity: tfprotov6.DiagnosticSeverityError,
			Summary:  d.Summary(),
			Detail:   d.Detail(),
		}
		if d.Severity() == diag.SeverityWarning {
			c.Severity = tfprotov6.DiagnosticSeverityWarning
		}
		if located, ok := d.(diag.DiagnosticWithPath); ok {
			c.Attribute = tftypes.NewAttributePath()
			for _, step := range located.Path().Steps() {
				if name, ok := step.(path.PathStepAttributeName); ok {
					c.Attribute = c.Attribute.WithAttributeName(string(name))
				}
			}
		}
		converted = append(converted, c)
	}
	return converted
}
