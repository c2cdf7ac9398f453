package provider

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
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

// TestModelsFitTheirSchemas requires a value for each computed attribute of a model that has all
// values, and an attribute for each argument and each value that no client returns.
func TestModelsFitTheirSchemas(t *testing.T) {
	t.Parallel()
	for name, s := range schemas(t) {
		if s.model == nil {
			continue // the provider's settings are looked up by name
		}
		fill(reflect.ValueOf(s.model).Elem())
		object := s.schema.Type().TerraformType(t.Context()).(tftypes.Object)
		nulls := map[string]tftypes.Value{}
		for attribute, typ := range object.AttributeTypes {
			nulls[attribute] = tftypes.NewValue(typ, nil)
		}
		config := configOf(s.schema, tftypes.NewValue(object, nulls))
		if err := decode(t.Context(), config, s.model); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		value, err := encode(t.Context(), s.model, object)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		attributes := config.Schema.GetAttributes()
		err = tftypes.Walk(value, func(path *tftypes.AttributePath, v tftypes.Value) (bool, error) {
			if steps := path.Steps(); len(steps) > 0 && v.IsNull() &&
				attributes[string(steps[0].(tftypes.AttributeName))].IsComputed() {
				t.Errorf("%s: %s is null", name, path)
			}
			return true, nil
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, tag := range tags(s.model) {
			if _, ok := object.AttributeTypes[tag]; !ok {
				t.Errorf("%s has no attribute for %s of its model", name, tag)
			}
		}
	}
}

func configOf(schema schemaOf, raw tftypes.Value) tfsdk.Config {
	if schema, ok := schema.(ephemeralschema.Schema); ok {
		return tfsdk.Config{Schema: schema, Raw: raw}
	}
	return tfsdk.Config{Schema: schema.(datasourceschema.Schema), Raw: raw}
}

// fill gives a value to each field that a client fills, and one element to each collection.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		element := reflect.New(v.Type().Elem()).Elem()
		fill(element)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("k"), element)
	case reflect.Struct:
		if v.CanInterface() {
			if _, isArgument := v.Interface().(attr.Value); isArgument {
				return
			}
		}
		for structField, field := range v.Fields() {
			if structField.Anonymous || field.CanSet() {
				fill(field)
			}
		}
	}
}

// TestURLsAndCredentialsAreSensitive requires that these are sensitive, and nothing else.
func TestURLsAndCredentialsAreSensitive(t *testing.T) {
	t.Parallel()
	response := start(t, newTestServer(nil, &noWait{})).schemas
	credentials := []string{"linq_api_key", "wix_access_token", "wix_api_key", "wix_app_secret"}
	for _, attribute := range response.Provider.Block.Attributes {
		if want := slices.Contains(credentials, attribute.Name); attribute.Sensitive != want {
			t.Errorf("%s: sensitive is %t", attribute.Name, attribute.Sensitive)
		}
	}
	var check func(where string, attributes []*tfprotov6.SchemaAttribute)
	check = func(where string, attributes []*tfprotov6.SchemaAttribute) {
		for _, attribute := range attributes {
			name := where + "." + attribute.Name
			if want := attribute.Computed && isURL(attribute.Name); attribute.Sensitive != want {
				t.Errorf("%s: sensitive is %t", name, attribute.Sensitive)
			}
			if attribute.NestedType != nil {
				check(name, attribute.NestedType.Attributes)
			}
		}
	}
	for name, s := range response.DataSourceSchemas {
		check(name, s.Block.Attributes)
	}
	for name, s := range response.EphemeralResourceSchemas {
		check("ephemeral "+name, s.Block.Attributes)
	}
}

// isURL reports whether an attribute or a field of an API, such as downloadUrl, has a URL.
func isURL(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, "url") || strings.HasSuffix(name, "urls")
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
