package provider

import (
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// TestMapperAgreesWithTheFramework compares the mapper with the framework's reflection in both
// directions, for values of every type.
func TestMapperAgreesWithTheFramework(t *testing.T) {
	t.Parallel()
	for name, s := range schemas(t) {
		if name == "attachments" {
			continue // the provider's configuration is read by the framework
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newModel := func() any { return reflect.New(reflect.TypeOf(s.model).Elem()).Interface() }
			//nolint:gosec // the values must be the same in each run
			random := rand.New(rand.NewPCG(1, 2))
			typ := s.schema.Type().TerraformType(t.Context())
			for range 100 {
				state := randomValue(random, typ)
				model := newModel()
				noProblems(t, configOf(t, s.schema, state).Get(t.Context(), model))
				got, err := encode(t.Context(), model, typ)
				if err != nil {
					t.Fatal(err)
				}
				if want := setByFramework(t, s.schema, typ, model); !got.Equal(want) {
					t.Fatalf("encode: got %s, the framework %s", got, want)
				}
				if !got.Equal(state) {
					t.Fatalf("encode: got %s, want %s", got, state)
				}

				config := configOf(t, s.schema, withoutComputed(t, s.schema, state))
				decoded, want := newModel(), newModel()
				if err := decode(t.Context(), config, decoded); err != nil {
					t.Fatal(err)
				}
				noProblems(t, config.Get(t.Context(), want))
				if diff := cmp.Diff(want, decoded, cmp.Exporter(always)); diff != "" {
					t.Fatalf("decode: the framework -, decode +\n%s", diff)
				}
			}
		})
	}
}

func always(reflect.Type) bool { return true }

func noProblems(t *testing.T, diags diag.Diagnostics) {
	t.Helper()
	if len(diags) > 0 {
		t.Fatal(diags)
	}
}

func configOf(t *testing.T, schema schemaOf, raw tftypes.Value) tfsdk.Config {
	t.Helper()
	switch schema := schema.(type) {
	case datasourceschema.Schema:
		return tfsdk.Config{Schema: schema, Raw: raw}
	case ephemeralschema.Schema:
		return tfsdk.Config{Schema: schema, Raw: raw}
	}
	t.Fatalf("no configuration for a %T", schema)
	return tfsdk.Config{}
}

func setByFramework(t *testing.T, schema schemaOf, typ tftypes.Type, model any) tftypes.Value {
	t.Helper()
	config := configOf(t, schema, tftypes.NewValue(typ, nil))
	state := tfsdk.State(config)
	noProblems(t, state.Set(t.Context(), model))
	return state.Raw
}

// withoutComputed sets the attributes that a configuration can't set to null.
func withoutComputed(t *testing.T, schema schemaOf, state tftypes.Value) tftypes.Value {
	t.Helper()
	var values map[string]tftypes.Value
	if err := state.As(&values); err != nil {
		t.Fatal(err)
	}
	values = maps.Clone(values)
	for name, attribute := range configOf(t, schema, state).Schema.GetAttributes() {
		if attribute.IsComputed() {
			values[name] = tftypes.NewValue(values[name].Type(), nil)
		}
	}
	return tftypes.NewValue(state.Type(), values)
}

// randomValue returns a value of the type with some null parts.
func randomValue(random *rand.Rand, typ tftypes.Type) tftypes.Value {
	switch typ := typ.(type) {
	case tftypes.Object:
		values := map[string]tftypes.Value{}
		for _, name := range slices.Sorted(maps.Keys(typ.AttributeTypes)) {
			attribute := typ.AttributeTypes[name]
			values[name] = randomValue(random, attribute)
			if random.IntN(4) == 0 {
				values[name] = tftypes.NewValue(attribute, nil)
			}
		}
		return tftypes.NewValue(typ, values)
	case tftypes.List:
		values := make([]tftypes.Value, random.IntN(4))
		for i := range values {
			values[i] = randomValue(random, typ.ElementType)
		}
		return tftypes.NewValue(typ, values)
	case tftypes.Map:
		values := map[string]tftypes.Value{}
		for range random.IntN(4) {
			values[strconv.Itoa(random.Int())] = randomValue(random, typ.ElementType)
		}
		return tftypes.NewValue(typ, values)
	}
	switch {
	case typ.Is(tftypes.String):
		return tftypes.NewValue(typ, strconv.Itoa(random.Int()))
	case typ.Is(tftypes.Number):
		return tftypes.NewValue(typ, random.Int64())
	case typ.Is(tftypes.Bool):
		return tftypes.NewValue(typ, random.IntN(2) == 0)
	}
	panic("no random value of a " + typ.String())
}
