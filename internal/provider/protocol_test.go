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
	config values,
	typeName string,
	block values,
) outcome {
	t.Helper()
	return start(t, newTestServer(env, &noWait{})).read(t, config, typeName, block)
}

// readOrDefer is read with a Terraform that allows deferral.
func readOrDefer(
	t *testing.T,
	env map[string]string,
	config values,
	typeName string,
	block values,
) outcome {
	t.Helper()
	s := start(t, newTestServer(env, &noWait{}))
	s.allowsDeferral = true
	return s.read(t, config, typeName, block)
}

// session is a provider that a test calls as Terraform does.
type session struct {
	server         tfprotov6.ProviderServer
	schemas        *tfprotov6.GetProviderSchemaResponse
	allowsDeferral bool
}

func start(t testing.TB, server tfprotov6.ProviderServer) *session {
	t.Helper()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	return &session{server: server, schemas: schemas}
}

// read validates and configures the provider, then validates and reads the data source. It stops at
// the first problems.
func (s *session) read(t *testing.T, config values, typeName string, block values) outcome {
	t.Helper()
	if problems := s.validate(t, config); problems != nil {
		return outcome{problems: problems}
	}
	if problems := s.configure(t, config); problems != nil {
		return outcome{problems: problems}
	}
	validated, err := s.server.ValidateDataResourceConfig(t.Context(),
		&tfprotov6.ValidateDataResourceConfigRequest{
			TypeName: typeName, Config: s.dataSource(t, typeName, block),
		})
	if err != nil || len(validated.Diagnostics) > 0 {
		return outcome{problems: toProblems(t, err, validated.Diagnostics)}
	}
	return s.readOnly(t, typeName, block)
}

func (s *session) validate(t testing.TB, config values) []problem {
	t.Helper()
	response, err := s.server.ValidateProviderConfig(t.Context(),
		&tfprotov6.ValidateProviderConfigRequest{
			Config: dynamic(t, s.schemas.Provider.ValueType(), config),
		})
	return toProblems(t, err, response.Diagnostics)
}

func (s *session) configure(t testing.TB, config values) []problem {
	t.Helper()
	response, err := s.server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.2.3",
		Config:           dynamic(t, s.schemas.Provider.ValueType(), config),
		ClientCapabilities: &tfprotov6.ConfigureProviderClientCapabilities{
			DeferralAllowed: s.allowsDeferral,
		},
	})
	return toProblems(t, err, response.Diagnostics)
}

// mustConfigure returns the session, whose provider is configured.
func (s *session) mustConfigure(t testing.TB, config values) *session {
	t.Helper()
	if problems := s.configure(t, config); len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

// readOnly reads a data source of a configured provider.
func (s *session) readOnly(t *testing.T, typeName string, block values) outcome {
	t.Helper()
	response, err := s.server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{
		TypeName: typeName,
		Config:   s.dataSource(t, typeName, block),
		ClientCapabilities: &tfprotov6.ReadDataSourceClientCapabilities{
			DeferralAllowed: s.allowsDeferral,
		},
	})
	if err != nil || len(response.Diagnostics) > 0 {
		return outcome{problems: toProblems(t, err, response.Diagnostics)}
	}
	state, err := response.State.Unmarshal(s.schemas.DataSourceSchemas[typeName].ValueType())
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

// open opens an ephemeral resource of a configured provider.
func (s *session) open(
	t *testing.T,
	typeName string,
	block values,
) *tfprotov6.OpenEphemeralResourceResponse {
	t.Helper()
	response, err := s.server.OpenEphemeralResource(t.Context(),
		&tfprotov6.OpenEphemeralResourceRequest{
			TypeName: typeName,
			Config:   s.ephemeralResource(t, typeName, block),
			ClientCapabilities: &tfprotov6.OpenEphemeralResourceClientCapabilities{
				DeferralAllowed: s.allowsDeferral,
			},
		})
	if err != nil {
		t.Fatal(err)
	}
	return response
}

func (s *session) dataSource(t testing.TB, typeName string, block values) *tfprotov6.DynamicValue {
	t.Helper()
	return dynamic(t, s.schemas.DataSourceSchemas[typeName].ValueType(), block)
}

func (s *session) ephemeralResource(
	t testing.TB,
	typeName string,
	block values,
) *tfprotov6.DynamicValue {
	t.Helper()
	return dynamic(t, s.schemas.EphemeralResourceSchemas[typeName].ValueType(), block)
}

func toProblems(t testing.TB, err error, diagnostics []*tfprotov6.Diagnostic) []problem {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	var problems []problem
	for _, d := range diagnostics {
		where := ""
		if d.Attribute != nil {
			where = d.Attribute.String()
		}
		if !slices.Contains(summaries(), d.Summary) {
			t.Errorf("summaries doesn't have %q", d.Summary)
		}
		problems = append(problems, problem{d.Summary, d.Detail, where})
	}
	return problems
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
