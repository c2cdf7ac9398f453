// Package provider is what Terraform sees: the provider's configuration, its data sources, and the
// diagnostics that the clients' errors become.
package provider

import (
	"context"
	"os"

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

// attachmentsProvider is the provider, with what it takes from its surroundings.
type attachmentsProvider struct {
	version string
	getenv  func(string) string
	clock   rest.Clock     // nil means the system's
	random  func() float64 // likewise
}

// newProvider returns the provider. The version is that of the release.
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
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the metadata and download URL of files held by Wix (attachments " +
			"of contacts) and by Linq (attachments of messages). Credentials are asked for when a " +
			"block of that API is read, not before.",
		Attributes: map[string]schema.Attribute{
			"wix":  wixAttribute(),
			"linq": linqAttribute(),
			"request_timeout": schema.StringAttribute{
				MarkdownDescription: "Time limit of one attempt at a request, body included: a " +
					"duration from `1s` to `10m`; `30s` by default. An attempt that runs out of it is " +
					"retried. The whole read is bounded by the `timeouts` of its block.",
				Optional: true,
			},
			"max_retries": schema.NumberAttribute{
				MarkdownDescription: "How often a request is tried again after its first attempt, " +
					"from 0 to 20; 4 by default.",
				Optional:   true,
				Validators: validateWhole(maxRetries.name, 0, 20),
			},
			"max_concurrent_requests": schema.NumberAttribute{
				MarkdownDescription: "How many requests are under way at once for each API, from 1 " +
					"to 256; 16 by default.",
				Optional:   true,
				Validators: validateWhole(maxConcurrentRequests.name, 1, 256),
			},
			"ca_cert_pem": schema.StringAttribute{
				MarkdownDescription: "Certificates in PEM form that servers may be verified " +
					"against, besides the system's, for example those of a proxy: " +
					"`file(\"proxy.pem\")`.",
				Optional: true,
			},
		},
	}
}

// ValidateConfig checks what can be checked without the environment. Settings have no validators of
// their own: some are wrong only beside others.
func (p *attachmentsProvider) ValidateConfig(
	ctx context.Context,
	req provider.ValidateConfigRequest,
	resp *provider.ValidateConfigResponse,
) {
	var model providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	c := configurator{getenv: func(string) string { return "" }, unknownAllowed: true}
	c.configure(ctx, model)
	resp.Diagnostics.Append(c.diagnostics...)
}

// Configure makes the clients. What keeps only one API from being read is reported by the first
// read of that API.
func (p *attachmentsProvider) Configure(
	ctx context.Context,
	req provider.ConfigureRequest,
	resp *provider.ConfigureResponse,
) {
	var model providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}

	c := configurator{
		version:          p.version,
		terraformVersion: req.TerraformVersion,
		getenv:           p.getenv,
		clock:            p.clock,
		random:           p.random,
		unknownAllowed:   req.ClientCapabilities.DeferralAllowed,
	}
	clients := c.configure(ctx, model)
	resp.DataSourceData = clients
	resp.EphemeralResourceData = clients
	resp.Diagnostics.Append(c.diagnostics...)
	if c.unknown && c.unknownAllowed {
		resp.Deferred = &provider.Deferred{Reason: provider.DeferredReasonProviderConfigUnknown}
	}
}

func (p *attachmentsProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		newLinqAttachmentDataSource,
		newLinqAttachmentsDataSource,
		newWixContactAttachmentDataSource,
		newWixContactAttachmentsDataSource,
	}
}

func (p *attachmentsProvider) EphemeralResources(
	context.Context,
) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		newLinqAttachmentEphemeralResource,
		newWixContactAttachmentEphemeralResource,
	}
}

func (p *attachmentsProvider) Resources(context.Context) []func() resource.Resource {
	return nil
}
