package provider

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// unknown stands for a value that Terraform doesn't know yet.
type unknown struct{}

// values are the arguments of a block: strings, ints, nested values, unknown or nil.
type values = map[string]any

// outcome is the result of a data source.
type outcome struct {
	state    map[string]tftypes.Value
	deferred bool
	problems []problem
}

// problem is a diagnostic. Its path is "" if it has none.
type problem struct {
	Summary, Detail, Path string
}

// read reads one data source with this environment.
func read(
	t *testing.T,
	env map[string]string,
	providerConfig values,
	typeName string,
	config values,
	capabilities ...tfprotov6.ConfigureProviderClientCapabilities,
) outcome {
	t.Helper()
	server, err := serveProvider(env)["attachments"]()
	if err != nil {
		t.Fatal(err)
	}
	return readFrom(t, server, providerConfig, typeName, config, capabilities...)
}

// readFrom reads one data source with Terraform's calls: it validates and configures the provider,
// then validates and reads the data source. It stops at the first problems.
func readFrom(
	t *testing.T,
	server tfprotov6.ProviderServer,
	providerConfig values,
	typeName string,
	config values,
	capabilities ...tfprotov6.ConfigureProviderClientCapabilities,
) outcome {
	t.Helper()
	ctx := t.Context()
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	forProvider := dynamic(t, schemas.Provider.ValueType(), providerConfig)
	forBlock := dynamic(t, schemas.DataSourceSchemas[typeName].ValueType(), config)

	validated, err := server.ValidateProviderConfig(ctx,
		&tfprotov6.ValidateProviderConfigRequest{Config: forProvider})
	if err != nil || len(validated.Diagnostics) > 0 {
		return failed(t, err, validated.Diagnostics)
	}
	request := &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.2.3", Config: forProvider}
	for _, c := range capabilities {
		request.ClientCapabilities = &c
	}
	configured, err := server.ConfigureProvider(ctx, request)
	if err != nil || len(configured.Diagnostics) > 0 {
		return failed(t, err, configured.Diagnostics)
	}
	checked, err := server.ValidateDataResourceConfig(ctx,
		&tfprotov6.ValidateDataResourceConfigRequest{TypeName: typeName, Config: forBlock})
	if err != nil || len(checked.Diagnostics) > 0 {
		return failed(t, err, checked.Diagnostics)
	}
	response, err := server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{
		TypeName: typeName,
		Config:   forBlock,
		ClientCapabilities: &tfprotov6.ReadDataSourceClientCapabilities{
			DeferralAllowed: len(capabilities) > 0,
		},
	})
	if err != nil || len(response.Diagnostics) > 0 {
		return failed(t, err, response.Diagnostics)
	}
	state, err := response.State.Unmarshal(schemas.DataSourceSchemas[typeName].ValueType())
	if err != nil {
		t.Fatal(err)
	}
	result := outcome{deferred: response.Deferred != nil}
	if result.deferred && (state.IsKnown() ||
		response.Deferred.Reason != tfprotov6.DeferredReasonProviderConfigUnknown) {
		t.Errorf("deferred with %s, %s", response.Deferred.Reason, state)
	}
	if !state.IsNull() && state.IsKnown() {
		if err := state.As(&result.state); err != nil {
			t.Fatal(err)
		}
	}
	return result
}

func failed(t *testing.T, err error, diagnostics []*tfprotov6.Diagnostic) outcome {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	var result outcome
	for _, d := range diagnostics {
		where := ""
		if d.Attribute != nil {
			where = d.Attribute.String()
		}
		if !slices.Contains(summaries(), d.Summary) {
			t.Errorf("summaries doesn't have %q", d.Summary)
		}
		result.problems = append(result.problems, problem{d.Summary, d.Detail, where})
	}
	return result
}

func dynamic(t testing.TB, typ tftypes.Type, config values) *tfprotov6.DynamicValue {
	t.Helper()
	value, err := tfprotov6.NewDynamicValue(typ, terraformValue(typ, config))
	if err != nil {
		t.Fatal(err)
	}
	return &value
}

// terraformValue converts strings, numbers, nested values, lists and unknown to the type.
func terraformValue(typ tftypes.Type, value any) tftypes.Value {
	switch value := value.(type) {
	case unknown:
		return tftypes.NewValue(typ, tftypes.UnknownValue)
	case values:
		object := typ.(tftypes.Object)
		attributes := map[string]tftypes.Value{}
		left := maps.Clone(value)
		for name, attribute := range object.AttributeTypes {
			attributes[name] = terraformValue(attribute, value[name])
			delete(left, name)
		}
		if len(left) > 0 {
			panic("no such argument")
		}
		return tftypes.NewValue(typ, attributes)
	case []any:
		var elements []tftypes.Value
		for _, element := range value {
			elements = append(elements, terraformValue(typ.(tftypes.List).ElementType, element))
		}
		return tftypes.NewValue(typ, elements)
	}
	return tftypes.NewValue(typ, value)
}

// inAnyOrder ignores the order of problems.
var inAnyOrder = cmpopts.SortSlices(func(a, b problem) bool {
	return a.Path+a.Summary < b.Path+b.Summary
})
