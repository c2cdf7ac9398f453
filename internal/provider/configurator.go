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
)

const (
	defaultRequestTimeout        = 30 * time.Second
	defaultMaxRetries            = 4
	defaultMaxConcurrentRequests = 16
)

type providerModel struct {
	Wix                   types.Object `tfsdk:"wix"`
	Linq                  types.Object `tfsdk:"linq"`
	RequestTimeout        types.String `tfsdk:"request_timeout"`
	MaxRetries            types.Number `tfsdk:"max_retries"`
	MaxConcurrentRequests types.Number `tfsdk:"max_concurrent_requests"`
	CACertPEM             types.String `tfsdk:"ca_cert_pem"`
}

// clients are what Configure hands to every data source.
type clients struct {
	linq account[*linq.Client]
	wix  wixAccount
}

// account is the client of one API, or why there is none.
type account[C any] struct {
	client C
	// credentialOrigin is the argument or the variables that the client's credential came from.
	credentialOrigin string
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
	random           func() float64
	unknownAllowed   bool // whether an unknown argument is no error yet

	// diagnostics are what Terraform can show at once, at the argument they are about.
	diagnostics diag.Diagnostics
	unknown     bool // whether any argument is
}

func (c *configurator) configure(ctx context.Context, model providerModel) *clients {
	options := c.options(model)
	return &clients{
		linq: c.configureLinq(ctx, model.Linq, options),
		wix:  c.configureWix(ctx, model.Wix, options),
	}
}

// options are what all APIs share.
func (c *configurator) options(model providerModel) rest.Options {
	options := rest.Options{
		UserAgent:             c.userAgent(),
		RequestTimeout:        defaultRequestTimeout,
		MaxRetries:            defaultMaxRetries,
		MaxConcurrentRequests: defaultMaxConcurrentRequests,
		OnAttempt:             logAttempt,
		Clock:                 c.clock,
		Random:                c.random,
	}
	var err error
	if c.known(model.RequestTimeout, requestTimeout) {
		options.RequestTimeout, err = parseRequestTimeout(model.RequestTimeout.ValueString())
		c.refuse(requestTimeout, err)
	}
	if c.known(model.MaxRetries, maxRetries) {
		options.MaxRetries = whole(model.MaxRetries)
	}
	if c.known(model.MaxConcurrentRequests, maxConcurrentRequests) {
		options.MaxConcurrentRequests = whole(model.MaxConcurrentRequests)
	}
	if c.known(model.CACertPEM, caCertPEM) {
		options.RootCAs, err = parseCertificates(model.CACertPEM.ValueString())
		c.refuse(caCertPEM, err)
	}
	return options
}

// read fills the model from an API's object, and tells whether that is known.
func (c *configurator) read(
	ctx context.Context,
	problems *diag.Diagnostics,
	v vendor,
	object types.Object,
	model any,
) bool {
	if object.IsUnknown() {
		c.unknown = true
		problems.AddError("Unknown "+v.api+" Credentials", unknownDetail(v.argument))
		return false
	}
	if !object.IsNull() {
		c.diagnostics.Append(object.As(ctx, model, basetypes.ObjectAsOptions{})...)
	}
	return true
}

// usable tells whether a client can be made: nothing is wrong, and there is a base URL. One that is
// unknown is no error where it can be put off, so it is looked at apart.
func (c *configurator) usable(problems diag.Diagnostics, options rest.Options) bool {
	return !problems.HasError() && !c.diagnostics.HasError() && options.BaseURL != nil
}

// resolve returns the configured value, else that of the first variable that is set. What is
// configured never falls back to the environment, be it empty or unknown. What is wrong with a
// variable goes to problems.
func (c *configurator) resolve(
	problems *diag.Diagnostics,
	s setting,
	configured types.String,
) resolved {
	switch {
	case configured.IsUnknown():
		c.unknown = true
		return resolved{origin: s.argument, unknown: true}
	case !configured.IsNull():
		c.refuse(s, s.check(configured.ValueString()))
		return resolved{text: configured.ValueString(), origin: s.argument}
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

// refuse reports what is wrong with an argument.
func (c *configurator) refuse(s setting, err error) {
	if err != nil {
		c.diagnostics.AddAttributeError(argumentPath(s.argument), "Invalid "+s.name,
			fmt.Sprintf("%s %s.", s.argument, err))
	}
}

func (c *configurator) baseURL(
	problems *diag.Diagnostics,
	s setting,
	configured types.String,
	fallback string,
) *url.URL {
	c.known(configured, s)
	value := c.resolve(problems, s, configured)
	if value.origin == "" {
		value.text = fallback
	}
	base, err := rest.ParseBaseURL(value.text)
	if err != nil {
		return nil // which resolve has reported, or the value is unknown
	}
	return base
}

// known tells whether the value of an argument is there to be used. One that is unknown is reported
// at once, unless all that depends on it can be put off.
func (c *configurator) known(value attr.Value, s setting) bool {
	if value.IsUnknown() {
		c.unknown = true
		if !c.unknownAllowed {
			c.diagnostics.AddAttributeError(
				argumentPath(s.argument), "Unknown "+s.name, unknownDetail(s.argument))
		}
	}
	return !value.IsNull() && !value.IsUnknown()
}

// whole is the value of a number that its validator has found to be whole and small.
func whole(value types.Number) int {
	number, _ := value.ValueBigFloat().Int64()
	return int(number)
}

func unknownDetail(argument string) string {
	return fmt.Sprintf("%s isn't known yet: it comes from something that will exist only after "+
		"apply.\n\nSet it to a value that is known at plan time, or apply what it comes from first, "+
		"with -target.", argument)
}

func argumentPath(argument string) path.Path {
	names := strings.Split(argument, ".")
	result := path.Root(names[0])
	for _, name := range names[1:] {
		result = result.AtName(name)
	}
	return result
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
