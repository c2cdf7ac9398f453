package provider

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// schemaOf is what provider and data source schemas have in common.
type schemaOf interface {
	Type() attr.Type
	ValidateImplementation(context.Context) diag.Diagnostics
}

// newModel returns a model that the schema's blocks are read into.
func (*dataSource[M]) newModel() any { return new(M) }

func (*ephemeralResource[M]) newModel() any { return new(M) }

type hasModel interface{ newModel() any }

// schemas returns the schema of every type, with the model that reads it.
func schemas(t *testing.T) map[string]struct {
	schema schemaOf
	model  any
} {
	t.Helper()
	p := newProvider("test")
	var forProvider provider.SchemaResponse
	p.Schema(t.Context(), provider.SchemaRequest{}, &forProvider)

	result := map[string]struct {
		schema schemaOf
		model  any
	}{"attachments": {schema: forProvider.Schema}}
	add := func(name string, schema schemaOf, of any) {
		result[name] = struct {
			schema schemaOf
			model  any
		}{schema, of.(hasModel).newModel()}
	}
	for _, create := range p.DataSources(t.Context()) {
		d := create()
		var metadata datasource.MetadataResponse
		d.Metadata(t.Context(), datasource.MetadataRequest{}, &metadata)
		var response datasource.SchemaResponse
		d.Schema(t.Context(), datasource.SchemaRequest{}, &response)
		add(metadata.TypeName, response.Schema, d)
	}
	for _, create := range p.EphemeralResources(t.Context()) {
		e := create()
		var metadata ephemeral.MetadataResponse
		e.Metadata(t.Context(), ephemeral.MetadataRequest{}, &metadata)
		var response ephemeral.SchemaResponse
		e.Schema(t.Context(), ephemeral.SchemaRequest{}, &response)
		add("ephemeral "+metadata.TypeName, response.Schema, e)
	}
	return result
}

func TestSchemasAreValid(t *testing.T) {
	t.Parallel()
	for name, s := range schemas(t) {
		if diags := s.schema.ValidateImplementation(t.Context()); diags.HasError() {
			t.Errorf("%s: %v", name, diags)
		}
	}
}

// TestModelsFitTheirSchemas compares names and types: it reads an object of the schema's type into
// each model.
func TestModelsFitTheirSchemas(t *testing.T) {
	t.Parallel()
	for name, s := range schemas(t) {
		object, ok := s.schema.Type().TerraformType(t.Context()).(tftypes.Object)
		if !ok {
			t.Fatalf("%s isn't an object", name)
		}
		if s.model == nil {
			continue // the provider's settings are looked up by name
		}
		if diff := cmp.Diff(keys(object.AttributeTypes), tags(s.model)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}

		value := tftypes.NewValue(object, filled(object))
		typed, err := s.schema.Type().ValueFromTerraform(t.Context(), value)
		if err != nil {
			t.Fatal(err)
		}
		diags := tfsdk.ValueAs(t.Context(), typed, s.model)
		if diags.HasError() {
			t.Errorf("%s: %v", name, diags)
		}
	}
}

func TestURLsAndCredentialsAreSensitive(t *testing.T) {
	t.Parallel()
	server, err := serveProvider(nil)["attachments"]()
	if err != nil {
		t.Fatal(err)
	}
	response, err := server.GetProviderSchema(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	var collect func(where string, attributes []*tfprotov6.SchemaAttribute)
	collect = func(where string, attributes []*tfprotov6.SchemaAttribute) {
		for _, attribute := range attributes {
			name := where + "." + attribute.Name
			if attribute.Sensitive {
				got = append(got, name)
			}
			if attribute.NestedType != nil {
				collect(name, attribute.NestedType.Attributes)
			}
		}
	}
	collect("attachments", response.Provider.Block.Attributes)
	for name, s := range response.DataSourceSchemas {
		collect(name, s.Block.Attributes)
	}
	for name, s := range response.EphemeralResourceSchemas {
		collect("ephemeral "+name, s.Block.Attributes)
	}
	slices.Sort(got)
	want := []string{
		"attachments.linq_api_key",
		"attachments.wix_access_token",
		"attachments.wix_api_key",
		"attachments.wix_app_secret",
		"ephemeral linq_attachment.download_url",
		"ephemeral wix_contact_attachment.document.url",
		"ephemeral wix_contact_attachment.download_url",
		"ephemeral wix_contact_attachment.image.url",
		"ephemeral wix_contact_attachment.preview_image.url",
		"linq_attachment.download_url",
		"linq_attachments.download_urls",
		"wix_contact_attachment.document.url",
		"wix_contact_attachment.download_url",
		"wix_contact_attachment.image.url",
		"wix_contact_attachment.preview_image.url",
		"wix_contact_attachments.download_urls",
		"wix_contact_attachments.preview_urls",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func keys(attributes map[string]tftypes.Type) []string {
	var names []string
	for name := range attributes {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func tags(model any) []string {
	var names []string
	for _, field := range reflect.VisibleFields(reflect.TypeOf(model).Elem()) {
		if tag := field.Tag.Get("tfsdk"); tag != "" {
			names = append(names, tag)
		}
	}
	slices.Sort(names)
	return names
}

// filled returns a value for every attribute, with one element in each collection.
func filled(object tftypes.Object) map[string]tftypes.Value {
	values := map[string]tftypes.Value{}
	for name, attribute := range object.AttributeTypes {
		values[name] = example(attribute)
	}
	return values
}

func example(typ tftypes.Type) tftypes.Value {
	switch nested := typ.(type) {
	case tftypes.Object:
		return tftypes.NewValue(nested, filled(nested))
	case tftypes.List:
		return tftypes.NewValue(nested, []tftypes.Value{example(nested.ElementType)})
	case tftypes.Map:
		return tftypes.NewValue(nested, map[string]tftypes.Value{"k": example(nested.ElementType)})
	}
	switch {
	case typ.Is(tftypes.String):
		return tftypes.NewValue(typ, "x")
	case typ.Is(tftypes.Number):
		return tftypes.NewValue(typ, 1)
	}
	return tftypes.NewValue(typ, true)
}
