package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// rawServer handles the two calls for each linq_attachment block itself. A provider can't do less.
type rawServer struct {
	tfprotov6.ProviderServer
	attachment tftypes.Type
}

func newRawServer(server tfprotov6.ProviderServer) rawServer {
	resp, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		log.Fatal(err)
	}
	return rawServer{server, resp.DataSourceSchemas["linq_attachment"].ValueType()}
}

func (rawServer) ValidateDataResourceConfig(
	context.Context, *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}

func (s rawServer) ReadDataSource(
	_ context.Context, req *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error) {
	config, err := req.Config.Unmarshal(s.attachment)
	if err != nil {
		return nil, err
	}
	var values map[string]tftypes.Value
	if err := config.As(&values); err != nil {
		return nil, err
	}
	values["id"] = values["attachment_id"]
	values["size_bytes"] = tftypes.NewValue(tftypes.Number, 1024000)
	for name, text := range map[string]string{
		"filename":     "photo.jpg",
		"content_type": "image/jpeg",
		"status":       "complete",
		"download_url": "https://cdn.linqapp.com/attachments/photo.jpg",
		"created_at":   "2024-01-15T10:30:00Z",
	} {
		values[name] = tftypes.NewValue(tftypes.String, text)
	}
	state, err := tfprotov6.NewDynamicValue(s.attachment, tftypes.NewValue(s.attachment, values))
	return &tfprotov6.ReadDataSourceResponse{State: &state}, err
}
