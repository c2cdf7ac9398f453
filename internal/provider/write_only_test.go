package provider

import (
	"context"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/config"
	acctest "github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// vault is a provider with one resource. It has a write-only argument for a URL, and reports only
// whether it got one.
type vault struct{ received *string }

func (*vault) Metadata(
	_ context.Context, _ frameworkprovider.MetadataRequest, resp *frameworkprovider.MetadataResponse,
) {
	resp.TypeName = "vault"
}

func (*vault) Schema(
	context.Context, frameworkprovider.SchemaRequest, *frameworkprovider.SchemaResponse,
) {
}

func (*vault) Configure(
	context.Context, frameworkprovider.ConfigureRequest, *frameworkprovider.ConfigureResponse,
) {
}

func (*vault) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (v *vault) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return &vaultFile{v.received} }}
}

type vaultFile struct{ received *string }

type vaultFileModel struct {
	URL  types.String `tfsdk:"url_wo"`
	Kept types.Bool   `tfsdk:"kept"`
}

func (*vaultFile) Metadata(
	_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse,
) {
	resp.TypeName = "vault_file"
}

func (*vaultFile) Schema(
	_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse,
) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"url_wo": schema.StringAttribute{Required: true, WriteOnly: true},
		"kept":   schema.BoolAttribute{Computed: true},
	}}
}

func (f *vaultFile) Create(
	ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse,
) {
	var model vaultFileModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	*f.received = model.URL.ValueString()
	resp.Diagnostics.Append(resp.State.Set(ctx, &vaultFileModel{Kept: types.BoolValue(true)})...)
}

func (*vaultFile) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (*vaultFile) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}

func (*vaultFile) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

func TestAccEphemeralURLGoesIntoAWriteOnlyArgument(t *testing.T) {
	t.Parallel()
	requireEngine(t, "write-only arguments", "1.11", "1.11")
	var received string
	servers := maps.Clone(serveProvider(newMock(t).env()))
	servers["vault"] = func() (tfprotov6.ProviderServer, error) {
		return providerserver.NewProtocol6(&vault{&received})(), nil
	}
	acctest.UnitTest(t, acctest.TestCase{
		ProtoV6ProviderFactories: servers,
		Steps: []acctest.TestStep{{
			ConfigDirectory: config.TestNameDirectory(),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("vault_file.a", tfjsonpath.New("kept"), knownvalue.Bool(true)),
				statecheck.ExpectKnownValue("vault_file.a", tfjsonpath.New("url_wo"), knownvalue.Null()),
			},
		}},
	})
	if !strings.Contains(received, "X-Amz-Signature=") {
		t.Errorf("it got %q", received)
	}
}
