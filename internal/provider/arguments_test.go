package provider

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// TestInvalidIDsAreShownInPart has no ID that shows more than 40 characters, or a URL's query.
func TestInvalidIDsAreShownInPart(t *testing.T) {
	t.Parallel()
	for id, shown := range map[string]string{
		"":                                  "",
		"x\n":                               "x\n",
		"https://x.example/a?sig=s3cr3t":    "https://x.example/a…",
		strings.Repeat("ä", 40):             strings.Repeat("ä", 40),
		strings.Repeat("ä", 41):             strings.Repeat("ä", 40) + "…",
		strings.Repeat("a", 40) + "?s3cr3t": strings.Repeat("a", 40) + "…",
	} {
		want := fmt.Sprintf("%s. It is %q", errUUID, shown)
		if err := checkID(id); err == nil || err.Error() != want {
			t.Errorf("%q: got %v", id, err)
		}
	}
}

func TestUnknownValuesAreNotChecked(t *testing.T) {
	t.Parallel()
	for _, value := range []types.String{types.StringUnknown(), types.StringNull()} {
		var resp validator.StringResponse
		textValidator{name: "Thing", check: checkUUID}.ValidateString(t.Context(),
			validator.StringRequest{ConfigValue: value}, &resp)
		if resp.Diagnostics.HasError() {
			t.Errorf("%s: %v", value, resp.Diagnostics)
		}
	}
	for _, value := range []types.Number{types.NumberUnknown(), types.NumberNull()} {
		var resp validator.NumberResponse
		intValidator{"Thing", 1, 2}.ValidateNumber(t.Context(),
			validator.NumberRequest{ConfigValue: value}, &resp)
		if resp.Diagnostics.HasError() {
			t.Errorf("%s: %v", value, resp.Diagnostics)
		}
	}
}

func TestReceiveAcceptsOnlyClients(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	own := &clients{}
	if receive(nil, &diags) != nil || receive(own, &diags) != own || diags.HasError() {
		t.Errorf("got %v", diags)
	}
	want := diag.Diagnostics{diag.NewErrorDiagnostic("Unexpected Provider Data",
		"Expected *provider.clients, got string.\n\nThis is a bug in the provider. Please report it.")}
	if got := receive("x", &diags); got != nil {
		t.Errorf("got %v", got)
	}
	if diff := cmp.Diff(want, diags); diff != "" {
		t.Error(diff)
	}
}

// empty is a model without a field.
type empty struct{}

func (empty) limit() (time.Duration, string) { return time.Minute, "limit" }

// TestModelsThatDoNotFitAreReported has an argument and a computed attribute without a field.
func TestModelsThatDoNotFitAreReported(t *testing.T) {
	t.Parallel()
	raw := tftypes.NewValue(
		tftypes.Object{AttributeTypes: map[string]tftypes.Type{"a": tftypes.String}},
		map[string]tftypes.Value{"a": tftypes.NewValue(tftypes.String, "1")})
	for name, attribute := range map[string]schema.StringAttribute{
		"argument": {Required: true}, "computed": {Computed: true},
	} {
		config := tfsdk.Config{
			Schema: schema.Schema{Attributes: map[string]schema.Attribute{"a": attribute}},
			Raw:    raw,
		}
		got, diags := entity[empty]{fetch: func(context.Context, *call, *empty) {}}.read(
			t.Context(), config, nil, false)
		if !got.Equal(config.Raw) {
			t.Errorf("%s: got %s", name, got)
		}
		want := diag.Diagnostics{diag.NewErrorDiagnostic("Unexpected Value",
			"The provider's model and schema differ: there is no field for a in provider.empty.\n\n"+
				"This is a bug in the provider. Please report it.")}
		if diff := cmp.Diff(want, diags); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
