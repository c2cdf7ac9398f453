// Command floors is the provider that the benchmark compares this one to, made with
// terraform-plugin-framework as its documentation shows. Its data source linq_attachment sets
// constants, and its data source http stands in for the one of hashicorp/http. If the
// linker sets main.latency, the provider reads linq_attachment without the framework, and each read
// takes that time.
package main

import (
	"context"
	"log"
	"os"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// latency is how long a read takes, set by the linker. If it is empty, the provider uses the
// framework.
var latency string

func main() {
	server := providerserver.NewProtocol6(floors{})()
	if wait, err := time.ParseDuration(latency); err == nil {
		_ = os.Setenv("TF_LOG_SDK", "off")
		_ = os.Setenv("TF_LOG_SDK_PROTO", "off")
		server = rawServer{server, wait}
	}
	err := tf6server.Serve("registry.terraform.io/terraform-attachments/attachments",
		func() tfprotov6.ProviderServer { return server })
	if err != nil {
		log.Fatal(err)
	}
}

// floors is a provider without settings.
type floors struct{}

func (floors) Metadata(context.Context, provider.MetadataRequest, *provider.MetadataResponse) {}

func (floors) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (floors) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (floors) Resources(context.Context) []func() resource.Resource { return nil }

func (floors) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		func() datasource.DataSource { return attachment{} },
		func() datasource.DataSource { return httpDataSource{} },
	}
}
