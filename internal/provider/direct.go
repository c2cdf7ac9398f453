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

// directSource is a data source that is read without the framework. At each read that makes the
// schema's type anew, copies the configuration, and compares each attribute of the state with it,
// in case a custom type finds that both mean the same. There are no such types here, and all of
// that is a sixth of the provider's work.
//
// To be removed when the framework stops comparing where there is nothing to compare, which is most
// of it: hashicorp/terraform-plugin-framework issue 1314.
type directSource struct {
	directDataSource
	schema schema.Schema
	typ    tftypes.Type // of the schema
}

type directDataSource interface {
	datasource.DataSource
	// readConfig returns the state. Where it reports an error, the state is the configuration.
	readConfig(context.Context, *diag.Diagnostics, tfsdk.Config, *clients) tftypes.Value
}

// newDirectSources returns the provider's data sources by the names of their types.
func newDirectSources(p *attachmentsProvider) map[string]directSource {
	ctx := context.Background()
	sources := map[string]directSource{}
	for _, newDataSource := range p.DataSources(ctx) {
		source, ok := newDataSource().(directDataSource)
		if !ok {
			continue
		}
		var metadata datasource.MetadataResponse
		source.Metadata(ctx, datasource.MetadataRequest{}, &metadata)
		var described datasource.SchemaResponse
		source.Schema(ctx, datasource.SchemaRequest{}, &described)
		sources[metadata.TypeName] = directSource{
			directDataSource: source,
			schema:           described.Schema,
			typ:              described.Schema.Type().TerraformType(ctx),
		}
	}
	return sources
}

func (s directSource) answer(
	ctx context.Context,
	req *tfprotov6.ReadDataSourceRequest,
	clients *clients,
) (*tfprotov6.ReadDataSourceResponse, error) {
	config, err := req.Config.Unmarshal(s.typ)
	if err != nil {
		return nil, err
	}
	var diags diag.Diagnostics
	value := s.readConfig(ctx, &diags, tfsdk.Config{Raw: config, Schema: s.schema}, clients)
	state, err := tfprotov6.NewDynamicValue(s.typ, value)
	if err != nil {
		return nil, err
	}
	return &tfprotov6.ReadDataSourceResponse{State: &state, Diagnostics: toProtocol6(diags)}, nil
}

func toProtocol6(diags diag.Diagnostics) []*tfprotov6.Diagnostic {
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
			c.Attribute = toAttributePath(located.Path())
		}
		converted = append(converted, c)
	}
	return converted
}

func toAttributePath(p path.Path) *tftypes.AttributePath {
	converted := tftypes.NewAttributePath()
	for _, step := range p.Steps() {
		switch step := step.(type) {
		case path.PathStepAttributeName:
			converted = converted.WithAttributeName(string(step))
		case path.PathStepElementKeyInt:
			converted = converted.WithElementKeyInt(int(step))
		case path.PathStepElementKeyString:
			converted = converted.WithElementKeyString(string(step))
		}
	}
	return converted
}
