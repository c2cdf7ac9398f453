// Package provider implements the Terraform provider: its configuration, data sources, ephemeral
// resources, and diagnostics.
package provider

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

var (
	_ provider.Provider                       = (*attachmentsProvider)(nil)
	_ provider.ProviderWithEphemeralResources = (*attachmentsProvider)(nil)
	_ provider.ProviderWithValidateConfig     = (*attachmentsProvider)(nil)
)

// attachmentsProvider is the provider in its environment.
type attachmentsProvider struct {
	version string
	dependencies
}

// newProvider returns the provider. The version is the release's.
func newProvider(version string) *attachmentsProvider {
	return &attachmentsProvider{version, dependencies{getenv: os.Getenv}}
}

func (p *attachmentsProvider) Metadata(
	_ context.Context,
	_ provider.MetadataRequest,
	resp *provider.MetadataResponse,
) {
	resp.TypeName = "attachments"
	resp.Version = p.version
}

func (p *attachmentsProvider) Schema(
	_ context.Context,
	_ provider.SchemaRequest,
	resp *provider.SchemaResponse,
) {
	attributes := map[string]schema.Attribute{
		requestTimeout.argument: schema.StringAttribute{
			MarkdownDescription: "Time limit of one attempt at a request, including the response, as " +
				"a duration from `1s` to `10m`. `timeout` limits the whole read. Defaults to `" +
				defaultRequestTimeout.String() + "`.",
			Optional:   true,
			Validators: validate(requestTimeout.name, checked(parseRequestTimeout)),
		},
		maxRetries.argument: schema.NumberAttribute{
			MarkdownDescription: fmt.Sprintf("Maximum number of retries per request, from `0` to `%d`. "+
				"Retries after a 429 don't count, and continue until the time limit. `0` switches all "+
				"retries off. Defaults to `%d`.", mostRetries, defaultMaxRetries),
			Optional:   true,
			Validators: validateInt(maxRetries.name, 0, mostRetries),
		},
		maxConcurrentRequests.argument: schema.NumberAttribute{
			MarkdownDescription: fmt.Sprintf("Maximum number of requests in flight at once, for each "+
				"API, from `1` to `%d`. Defaults to `%d`.",
				mostConcurrentRequests, defaultMaxConcurrentRequests),
			Optional:   true,
			Validators: validateInt(maxConcurrentRequests.name, 1, mostConcurrentRequests),
		},
		caCertPEM.argument: caCertPEM.attribute(),
	}
	for _, s := range slices.Concat(linqAPI.settings(), wixAPI.settings()) {
		attributes[s.argument] = s.attribute()
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Use this provider to get the download URLs and metadata of Linq message " +
			"attachments and Wix contact attachments. You need credentials only for the API that you " +
			"read from.",
		Attributes: attributes,
	}
}

// ValidateConfig checks the configuration without the environment. Validators in the schema would
// add an attribute path to errors about credentials; see [resolver].
func (p *attachmentsProvider) ValidateConfig(
	_ context.Context,
	req provider.ValidateConfigRequest,
	resp *provider.ValidateConfigResponse,
) {
	empty := dependencies{getenv: func(string) string { return "" }}
	_, problems := configure(req.Config.Raw, empty, "")
	resp.Diagnostics.Append(problems...)
}

// Configure makes the clients. The first read from an API reports unknown settings, and problems of
// only that API.
func (p *attachmentsProvider) Configure(
	_ context.Context,
	req provider.ConfigureRequest,
	resp *provider.ConfigureResponse,
) {
	agent := fmt.Sprintf("Terraform/%s terraform-provider-attachments/%s "+
		"(+https://registry.terraform.io/providers/terraform-attachments/attachments)",
		req.TerraformVersion, p.version)
	configured, problems := configure(req.Config.Raw, p.dependencies, agent)
	resp.DataSourceData, resp.EphemeralResourceData = configured, configured
	resp.Diagnostics.Append(problems...)
}

func (p *attachmentsProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		linqAttachment.dataSource,
		linqAttachments.dataSource,
		linqMessage.dataSource,
		wixContactAttachment.dataSource,
		wixContactAttachments.dataSource,
	}
}

func (p *attachmentsProvider) EphemeralResources(
	context.Context,
) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		linqAttachment.ephemeralResource,
		wixContactAttachment.ephemeralResource,
	}
}

func (p *attachmentsProvider) Resources(context.Context) []func() resource.Resource {
	return nil
}
