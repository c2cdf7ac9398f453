// Package provider implements the Terraform provider: its configuration, data sources, ephemeral
// resources, and diagnostics.
package provider

import (
	"context"
	"os"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

var (
	_ provider.Provider                       = (*attachmentsProvider)(nil)
	_ provider.ProviderWithEphemeralResources = (*attachmentsProvider)(nil)
	_ provider.ProviderWithValidateConfig     = (*attachmentsProvider)(nil)
)

// attachmentsProvider is the provider with its environment.
type attachmentsProvider struct {
	version string
	getenv  func(string) string
	clock   rest.Clock     // nil means the system's
	random  func() float64 // likewise
}

// newProvider returns the provider. The version is the release's.
func newProvider(version string) *attachmentsProvider {
	return &attachmentsProvider{version: version, getenv: os.Getenv}
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
				"a duration from `1s` to `10m`. `timeout` limits the whole read. Defaults to `30s`.",
			Optional:   true,
			Validators: validate(requestTimeout.name, checked(parseRequestTimeout)),
		},
		maxRetries.argument: schema.NumberAttribute{
			MarkdownDescription: "Maximum number of retries per request, from `0` to `20`. " +
				"Retries after a 429 don't count: they continue until the time limit, unless this " +
				"is `0`. Defaults to `4`.",
			Optional:   true,
			Validators: validateInt(maxRetries.name, 0, 20),
		},
		maxConcurrentRequests.argument: schema.NumberAttribute{
			MarkdownDescription: "Maximum number of requests in flight at once, for each API, " +
				"from `1` to `256`. Defaults to `16`.",
			Optional:   true,
			Validators: validateInt(maxConcurrentRequests.name, 1, 256),
		},
		caCertPEM.argument: caCertPEM.attribute(),
	}
	for _, s := range slices.Concat(linqVendor.settings(), wixVendor.settings()) {
		attributes[s.argument] = s.attribute()
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Use this provider to get the metadata and download URL of Wix contact " +
			"attachments and Linq message attachments. It needs the credentials of an API only if " +
			"you read from that API.",
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
	withoutEnvironment := attachmentsProvider{getenv: func(string) string { return "" }}
	_, problems := withoutEnvironment.configure(req.Config.Raw, "")
	resp.Diagnostics.Append(problems...)
}

// Configure makes the clients. The first read from an API reports unknown settings, and problems of
// only that API.
func (p *attachmentsProvider) Configure(
	_ context.Context,
	req provider.ConfigureRequest,
	resp *provider.ConfigureResponse,
) {
	configured, problems := p.configure(req.Config.Raw, req.TerraformVersion)
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
