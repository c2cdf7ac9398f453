package provider

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/go-hclog"
	goplugin "github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	dataschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The stubs stand in for hashicorp/aws 6, hashicorp/kubernetes 3, and hashicorp/http 3. They have
// the documented arguments that the examples use. Their resources only remember their arguments.

// stub is a provider.
type stub struct {
	name      string
	resources map[string]schema.Schema
}

func stubs() []*stub {
	return []*stub{
		{name: "http"},
		{name: "aws", resources: map[string]schema.Schema{
			"aws_instance": stubSchema(map[string]schema.Attribute{
				"ami":           replacing(),
				"instance_type": argument(),
				"user_data":     argument(),
			}, nil),
			"aws_s3_object": stubSchema(map[string]schema.Attribute{
				"bucket":         replacing(),
				"key":            replacing(),
				"content_base64": argument(),
				"content_type":   argument(),
				"source":         argument(),
				"source_hash":    argument(),
			}, nil),
			"aws_secretsmanager_secret": stubSchema(map[string]schema.Attribute{"name": replacing()}, nil),
			"aws_secretsmanager_secret_version": stubSchema(map[string]schema.Attribute{
				"secret_id":                replacing(),
				"secret_string_wo":         schema.StringAttribute{Optional: true, WriteOnly: true},
				"secret_string_wo_version": schema.Int64Attribute{Optional: true},
			}, nil),
		}},
		{name: "kubernetes", resources: map[string]schema.Schema{
			"kubernetes_secret_v1": stubSchema(map[string]schema.Attribute{
				"data_wo": schema.MapAttribute{
					ElementType: types.StringType, Optional: true, WriteOnly: true,
				},
				"data_wo_revision": schema.Int64Attribute{Optional: true},
			}, map[string]schema.Block{
				"metadata": stubBlock(map[string]schema.Attribute{"name": replacing()}, nil),
			}),
			"kubernetes_job_v1": stubSchema(nil, map[string]schema.Block{
				"metadata": stubBlock(map[string]schema.Attribute{"name": replacing()}, nil),
				"spec": stubBlock(nil, map[string]schema.Block{
					"template": stubBlock(nil, map[string]schema.Block{
						"metadata": stubBlock(nil, nil),
						"spec":     podSpec(),
					}),
				}),
			}),
		}},
	}
}

func podSpec() schema.Block {
	name := map[string]schema.Attribute{"name": argument()}
	policy := map[string]schema.Attribute{"restart_policy": argument()}
	return stubBlock(policy, map[string]schema.Block{
		"container": stubBlock(map[string]schema.Attribute{
			"name":    argument(),
			"image":   argument(),
			"command": schema.ListAttribute{ElementType: types.StringType, Optional: true},
		}, map[string]schema.Block{
			"env_from": stubBlock(nil, map[string]schema.Block{"secret_ref": stubBlock(name, nil)}),
			"volume_mount": stubBlock(map[string]schema.Attribute{
				"name": argument(), "mount_path": argument(),
			}, nil),
		}),
		"volume": stubBlock(name, map[string]schema.Block{
			"persistent_volume_claim": stubBlock(
				map[string]schema.Attribute{"claim_name": argument()}, nil),
		}),
	})
}

func stubSchema(
	attributes map[string]schema.Attribute, blocks map[string]schema.Block,
) schema.Schema {
	all := maps.Clone(attributes)
	if all == nil {
		all = map[string]schema.Attribute{}
	}
	all["id"] = schema.StringAttribute{
		Computed:      true,
		PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
	return schema.Schema{Attributes: all, Blocks: blocks}
}

// stubBlock returns a block that can't be updated in place.
func stubBlock(
	attributes map[string]schema.Attribute, blocks map[string]schema.Block,
) schema.Block {
	return schema.ListNestedBlock{
		NestedObject:  schema.NestedBlockObject{Attributes: attributes, Blocks: blocks},
		PlanModifiers: []planmodifier.List{listplanmodifier.RequiresReplace()},
	}
}

func argument() schema.Attribute { return schema.StringAttribute{Optional: true} }

// replacing returns an argument that can't be updated in place.
func replacing() schema.Attribute {
	return schema.StringAttribute{
		Required:      true,
		PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
}

// reattach is the value of TF_REATTACH_PROVIDERS that makes Terraform use the stubs.
var reattach struct {
	sync.Once
	value string
}

// serveStubs starts the stubs once, and returns the value of TF_REATTACH_PROVIDERS. They run until
// the tests end.
func serveStubs(t *testing.T) string {
	t.Helper()
	reattach.Do(func() {
		servers := map[string]any{}
		for _, s := range stubs() {
			configs := make(chan *goplugin.ReattachConfig, 1)
			go func() {
				err := tf6server.Serve("registry.terraform.io/hashicorp/"+s.name,
					func() tfprotov6.ProviderServer { return providerserver.NewProtocol6(s)() },
					tf6server.WithDebug(context.Background(), configs, nil),
					tf6server.WithGoPluginLogger(hclog.NewNullLogger()),
					tf6server.WithLoggingSink(t)) // which drops the logs
				if err != nil {
					panic(err)
				}
			}()
			config := <-configs
			servers["hashicorp/"+s.name] = map[string]any{
				"Protocol":        config.Protocol,
				"ProtocolVersion": config.ProtocolVersion,
				"Pid":             config.Pid,
				"Test":            true,
				"Addr": map[string]string{
					"Network": config.Addr.Network(), "String": config.Addr.String(),
				},
			}
		}
		text, err := json.Marshal(servers)
		if err != nil {
			panic(err)
		}
		reattach.value = string(text)
	})
	return reattach.value
}

func (s *stub) Metadata(
	_ context.Context, _ frameworkprovider.MetadataRequest, resp *frameworkprovider.MetadataResponse,
) {
	resp.TypeName = s.name
}

func (*stub) Schema(
	context.Context, frameworkprovider.SchemaRequest, *frameworkprovider.SchemaResponse,
) {
}

func (*stub) Configure(
	context.Context, frameworkprovider.ConfigureRequest, *frameworkprovider.ConfigureResponse,
) {
}

func (s *stub) DataSources(context.Context) []func() datasource.DataSource {
	if s.name != "http" {
		return nil
	}
	return []func() datasource.DataSource{func() datasource.DataSource { return httpStub{} }}
}

func (s *stub) Resources(context.Context) []func() resource.Resource {
	var all []func() resource.Resource
	for name, schema := range s.resources {
		all = append(all, func() resource.Resource { return &stubResource{name, schema} })
	}
	return all
}

type stubResource struct {
	name   string
	schema schema.Schema
}

func (r *stubResource) Metadata(
	_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse,
) {
	resp.TypeName = r.name
}

func (r *stubResource) Schema(
	_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse,
) {
	resp.Schema = r.schema
}

// Create refuses a write-only argument that has anything but a URL.
func (r *stubResource) Create(
	ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse,
) {
	if err := tftypes.Walk(req.Config.Raw, checkWriteOnly); err != nil {
		resp.Diagnostics.AddError("Not a URL", err.Error())
		return
	}
	resp.State.Raw = req.Plan.Raw
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), "stub")...)
}

func checkWriteOnly(at *tftypes.AttributePath, v tftypes.Value) (bool, error) {
	var text string
	if !strings.Contains(at.String(), `_wo")`) || !v.Type().Is(tftypes.String) {
		return true, nil
	}
	if err := v.As(&text); err != nil || !strings.HasPrefix(text, "http") {
		return false, fmt.Errorf("%s isn't a URL", at)
	}
	return true, nil
}

func (*stubResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (*stubResource) Update(
	_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse,
) {
	resp.State.Raw = req.Plan.Raw
}

func (*stubResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// httpStub is data "http".
type httpStub struct{}

type httpModel struct {
	URL                types.String `tfsdk:"url"`
	RequestHeaders     types.Map    `tfsdk:"request_headers"`
	StatusCode         types.Int64  `tfsdk:"status_code"`
	ResponseBody       types.String `tfsdk:"response_body"`
	ResponseBodyBase64 types.String `tfsdk:"response_body_base64"`
}

func (httpStub) Metadata(
	_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = "http"
}

func (httpStub) Schema(
	_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse,
) {
	resp.Schema = dataschema.Schema{Attributes: map[string]dataschema.Attribute{
		"url":                  dataschema.StringAttribute{Required: true},
		"request_headers":      dataschema.MapAttribute{ElementType: types.StringType, Optional: true},
		"status_code":          dataschema.Int64Attribute{Computed: true},
		"response_body":        dataschema.StringAttribute{Computed: true},
		"response_body_base64": dataschema.StringAttribute{Computed: true},
	}}
}

func (httpStub) Read(
	ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse,
) {
	var model httpModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, model.URL.ValueString(), nil)
	if err != nil {
		resp.Diagnostics.AddError("Invalid URL", err.Error())
		return
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		resp.Diagnostics.AddError("Request failed", err.Error())
		return
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		resp.Diagnostics.AddError("Response broke off", err.Error())
		return
	}
	model.StatusCode = types.Int64Value(int64(response.StatusCode))
	model.ResponseBody = types.StringValue(string(body))
	model.ResponseBodyBase64 = types.StringValue(base64.StdEncoding.EncodeToString(body))
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}
