package provider

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

const (
	defaultRequestTimeout = 30 * time.Second
	defaultMaxRetries     = 4
)

type providerModel struct {
	Wix            types.Object `tfsdk:"wix"`
	Linq           types.Object `tfsdk:"linq"`
	RequestTimeout types.String `tfsdk:"request_timeout"`
	MaxRetries     types.Int64  `tfsdk:"max_retries"`
	CACertPEM      types.String `tfsdk:"ca_cert_pem"`
}

type wixModel struct {
	APIKey  types.String `tfsdk:"api_key"`
	SiteID  types.String `tfsdk:"site_id"`
	BaseURL types.String `tfsdk:"base_url"`
}

type linqModel struct {
	APIKey  types.String `tfsdk:"api_key"`
	BaseURL types.String `tfsdk:"base_url"`
}

// clients are what Configure hands to every data source.
type clients struct {
	linq    account[*linq.Client]
	wix     account[*wix.Client]
	wixSite resolved // for blocks that name no site
}

// account is the client of one API, or why there is none.
type account[C any] struct {
	client C
	// credential is where the client's credential came from.
	credential string
	// problems are for the first read that needs the client.
	problems diag.Diagnostics
}

// resolved is what a setting comes to after configuration and environment were looked at.
type resolved struct {
	text    string
	origin  string // the argument or variable that text is from; "" where none is set
	unknown bool
}

// configurator makes the clients from the provider's configuration.
type configurator struct {
	version          string
	terraformVersion string
	getenv           func(string) string
	clock            rest.Clock
	deferralAllowed  bool

	// diagnostics are what Terraform can show at once, at the argument they are about.
	diagnostics diag.Diagnostics
	unknown     bool // whether any argument is
}

func (c *configurator) configure(ctx context.Context, model providerModel) *clients {
	options := rest.Options{
		UserAgent:      c.userAgent(),
		RequestTimeout: defaultRequestTimeout,
		MaxRetries:     defaultMaxRetries,
		Clock:          c.clock,
		OnAttempt:      logAttempt,
	}
	if c.known(model.RequestTimeout, requestTimeout.argument, requestTimeout.name) {
		options.RequestTimeout, _ = parseRequestTimeout(model.RequestTimeout.ValueString())
	}
	if c.known(model.MaxRetries, "max_retries", "Max Retries") {
		options.MaxRetries = int(model.MaxRetries.ValueInt64())
	}
	if c.known(model.CACertPEM, caCertPEM.argument, caCertPEM.name) {
		options.RootCAs, _ = parseCertificates(model.CACertPEM.ValueString())
	}

	result := &clients{}
	c.configureLinq(ctx, result, model.Linq, options)
	c.configureWix(ctx, result, model.Wix, options)
	return result
}

func (c *configurator) configureLinq(
	ctx context.Context,
	result *clients,
	object types.Object,
	options rest.Options,
) {
	model := linqModel{APIKey: types.StringUnknown()}
	c.read(ctx, object, &model)

	account := &result.linq
	options.BaseURL = c.baseURL(&account.problems, linqBaseURL, model.BaseURL, linq.DefaultBaseURL)
	key := c.credential(&account.problems, "Linq", linqAPIKey, model.APIKey)
	account.credential = key.origin
	if c.usable(account.problems) {
		account.client = linq.New(key.text, options)
	}
}

func (c *configurator) configureWix(
	ctx context.Context,
	result *clients,
	object types.Object,
	options rest.Options,
) {
	model := wixModel{APIKey: types.StringUnknown(), SiteID: types.StringUnknown()}
	c.read(ctx, object, &model)

	account := &result.wix
	options.BaseURL = c.baseURL(&account.problems, wixBaseURL, model.BaseURL, wix.DefaultBaseURL)
	key := c.credential(&account.problems, "Wix", wixAPIKey, model.APIKey)
	account.credential = key.origin
	result.wixSite = c.resolve(&account.problems, wixSiteID, model.SiteID)
	if c.usable(account.problems) {
		account.client = wix.New(key.text, options)
	}
}

// read fills the model from the object, and leaves it as it is where the object is unknown.
func (c *configurator) read(ctx context.Context, object types.Object, model any) {
	if !object.IsUnknown() {
		c.diagnostics.Append(object.As(ctx, model, basetypes.ObjectAsOptions{
			UnhandledNullAsEmpty: true,
		})...)
	}
}

func (c *configurator) usable(problems diag.Diagnostics) bool {
	return !problems.HasError() && !c.diagnostics.HasError()
}

// resolve returns the configured value, else that of the first variable that is set. What is
// configured never falls back to the environment, be it empty or unknown. What is wrong with a
// variable goes to problems.
func (c *configurator) resolve(
	problems *diag.Diagnostics,
	s setting,
	configured types.String,
) resolved {
	if !configured.IsNull() {
		c.unknown = c.unknown || configured.IsUnknown()
		return resolved{configured.ValueString(), s.argument, configured.IsUnknown()}
	}
	for _, variable := range s.variables {
		if text := c.getenv(variable); text != "" {
			if err := s.check(text); err != nil {
				problems.AddError("Invalid "+s.name,
					fmt.Sprintf("The environment variable %s %s.", variable, err))
			}
			return resolved{text: text, origin: variable}
		}
	}
	return resolved{}
}

func (c *configurator) baseURL(
	problems *diag.Diagnostics,
	s setting,
	configured types.String,
	fallback string,
) *url.URL {
	c.known(configured, s.argument, s.name)
	value := c.resolve(problems, s, configured)
	if value.text == "" {
		value.text = fallback
	}
	base, err := rest.ParseBaseURL(value.text)
	if err != nil {
		return nil // which the validator or resolve has reported
	}
	return base
}

// credential resolves what no read can do without.
func (c *configurator) credential(
	problems *diag.Diagnostics,
	api string,
	s setting,
	configured types.String,
) resolved {
	value := c.resolve(problems, s, configured)
	switch {
	case value.unknown:
		problems.AddError("Unknown "+api+" Credentials", unknownDetail(s.argument))
	case value.origin == "":
		prefix, _, _ := strings.Cut(s.argument, ".")
		problems.AddError("Missing "+api+" Credentials", fmt.Sprintf(
			"To read from %s, set %s.\n\nIf it is set, look at its spelling: a name inside "+
				"%s = { ... } that doesn't exist is dropped without a word. Look also at "+
				"required_providers: where two local names have this provider as their source, the "+
				"configuration of one of them is lost. Keep one local name, and use alias for a "+
				"second configuration.", api, s.places(), prefix))
	}
	return value
}

// known tells whether the value of an argument is there to be used. One that is unknown is reported
// at once, unless all that depends on it can be put off.
func (c *configurator) known(value attr.Value, argument, name string) bool {
	if value.IsUnknown() {
		c.unknown = true
		if !c.deferralAllowed {
			c.diagnostics.AddAttributeError(
				argumentPath(argument), "Unknown "+name, unknownDetail(argument))
		}
	}
	return !value.IsNull() && !value.IsUnknown()
}

func unknownDetail(argument string) string {
	return fmt.Sprintf("%s isn't known yet: it comes from something that will exist only after "+
		"apply.\n\nSet it to a value that is known at plan time, or apply what it comes from first, "+
		"with -target.", argument)
}

func argumentPath(argument string) path.Path {
	first, second, nested := strings.Cut(argument, ".")
	if nested {
		return path.Root(first).AtName(second)
	}
	return path.Root(first)
}

func (c *configurator) userAgent() string {
	agent := fmt.Sprintf("Terraform/%s terraform-provider-attachments/%s "+
		"(+https://registry.terraform.io/providers/terraform-attachments/attachments)",
		c.terraformVersion, c.version)
	added := strings.TrimSpace(c.getenv("TF_APPEND_USER_AGENT"))
	if added == "" {
		return agent
	}
	if err := checkHeaderValue(added); err != nil {
		c.diagnostics.AddError("Invalid User Agent",
			fmt.Sprintf("The environment variable TF_APPEND_USER_AGENT %s.", err))
	}
	return agent + " " + added
}

// siteID is a block's own site, else the provider's, else "".
func (c *clients) siteID(own types.String) (string, diag.Diagnostics) {
	var diags diag.Diagnostics
	if !own.IsNull() {
		return own.ValueString(), nil
	}
	if c.wixSite.unknown {
		diags.AddError("Unknown Wix Site ID", unknownDetail(wixSiteID.argument))
	}
	return c.wixSite.text, diags
}
