// Package stock serves a provider made with terraform-plugin-framework as its documentation shows.
package stock

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Serve serves a provider that has one data source and no settings.
func Serve(create func() datasource.DataSource) {
	err := providerserver.Serve(context.Background(),
		func() provider.Provider { return &stock{create} },
		providerserver.ServeOpts{
			Address:         "registry.terraform.io/terraform-attachments/attachments",
			ProtocolVersion: 6,
		})
	if err != nil {
		log.Fatal(err)
	}
}

type stock struct{ create func() datasource.DataSource }

func (*stock) Metadata(
	_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse,
) {
	resp.TypeName = "stock"
}

func (*stock) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (*stock) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (*stock) Resources(context.Context) []func() resource.Resource { return nil }

func (s *stock) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{s.create}
}
