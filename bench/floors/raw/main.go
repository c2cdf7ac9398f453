// Command raw is a provider made with terraform-plugin-go alone, with the logs of that library off,
// whose data source linq_attachment has Linq's schema and answers with constants. Engines can't be
// answered with less.
package main

import (
	"context"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func main() {
	_ = os.Setenv("TF_LOG_SDK", "off")
	_ = os.Setenv("TF_LOG_SDK_PROTO", "off")
	err := tf6server.Serve("registry.terraform.io/terraform-attachments/attachments",
		func() tfprotov6.ProviderServer { return floor{} })
	if err != nil {
		log.Fatal(err)
	}
}

// floor answers what an engine asks for in a plan of data sources. Other calls panic.
type floor struct{ tfprotov6.ProviderServer }

var (
	timeouts = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"read": tftypes.String}}

	linqAttachment = &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{
		Attributes: []*tfprotov6.SchemaAttribute{
			{Name: "attachment_id", Type: tftypes.String, Required: true},
			{Name: "wait_until_ready", Type: tftypes.Bool, Optional: true},
			{Name: "id", Type: tftypes.String, Computed: true},
			{Name: "filename", Type: tftypes.String, Computed: true},
			{Name: "content_type", Type: tftypes.String, Computed: true},
			{Name: "size_bytes", Type: tftypes.Number, Computed: true},
			{Name: "status", Type: tftypes.String, Computed: true},
			{Name: "download_url", Type: tftypes.String, Computed: true, Sensitive: true},
			{Name: "created_at", Type: tftypes.String, Computed: true},
			{Name: "timeouts", Optional: true, NestedType: &tfprotov6.SchemaObject{
				Nesting: tfprotov6.SchemaObjectNestingModeSingle,
				Attributes: []*tfprotov6.SchemaAttribute{
					{Name: "read", Type: tftypes.String, Optional: true},
				},
			}},
		},
	}}

	object = tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"attachment_id":    tftypes.String,
		"wait_until_ready": tftypes.Bool,
		"id":               tftypes.String,
		"filename":         tftypes.String,
		"content_type":     tftypes.String,
		"size_bytes":       tftypes.Number,
		"status":           tftypes.String,
		"download_url":     tftypes.String,
		"created_at":       tftypes.String,
		"timeouts":         timeouts,
	}}
)

func (floor) GetProviderSchema(
	context.Context, *tfprotov6.GetProviderSchemaRequest,
) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &tfprotov6.GetProviderSchemaResponse{
		ServerCapabilities: &tfprotov6.ServerCapabilities{GetProviderSchemaOptional: true},
		Provider:           &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{}},
		DataSourceSchemas:  map[string]*tfprotov6.Schema{"linq_attachment": linqAttachment},
	}, nil
}

func (floor) GetResourceIdentitySchemas(
	context.Context, *tfprotov6.GetResourceIdentitySchemasRequest,
) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}

func (floor) ValidateProviderConfig(
	_ context.Context, req *tfprotov6.ValidateProviderConfigRequest,
) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: req.Config}, nil
}

func (floor) ConfigureProvider(
	context.Context, *tfprotov6.ConfigureProviderRequest,
) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

func (floor) StopProvider(
	context.Context, *tfprotov6.StopProviderRequest,
) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

func (floor) ValidateDataResourceConfig(
	context.Context, *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}

func (floor) ReadDataSource(
	_ context.Context, req *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error) {
	config, err := req.Config.Unmarshal(object)
	if err != nil {
		return nil, err
	}
	var values map[string]tftypes.Value
	if err := config.As(&values); err != nil {
		return nil, err
	}
	values["id"] = values["attachment_id"]
	values["filename"] = tftypes.NewValue(tftypes.String, "photo.jpg")
	values["content_type"] = tftypes.NewValue(tftypes.String, "image/jpeg")
	values["size_bytes"] = tftypes.NewValue(tftypes.Number, 1024000)
	values["status"] = tftypes.NewValue(tftypes.String, "complete")
	values["download_url"] = tftypes.NewValue(tftypes.String,
		"https://cdn.linqapp.com/attachments/photo.jpg")
	values["created_at"] = tftypes.NewValue(tftypes.String, "2024-01-15T10:30:00Z")
	state, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, values))
	if err != nil {
		return nil, err
	}
	return &tfprotov6.ReadDataSourceResponse{State: &state}, nil
}
