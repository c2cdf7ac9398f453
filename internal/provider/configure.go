package provider

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
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

// clients are passed from Configure to every data source and ephemeral resource.
type clients struct {
	linq account[*linq.Client]
	wix  wixAccount
}

// account is the client of one API, or the reasons why there is none.
type account[C any] struct {
	client C
	// credentialSource is the argument or the variables that the client's credential came from.
	credentialSource string
	// problems are reported by the first read that needs the client.
	problems diag.Diagnostics
}

// configurator makes the clients from the provider's configuration.
type configurator struct {
	version          string
	terraformVersion string
	getenv           func(string) string
	clock            rest.Clock
	random           func() float64
}

// configure returns the clients, and the problems to report before a read.
func (c configurator) configure(
	ctx context.Context,
	model providerModel,
) (*clients, diag.Diagnostics) {
	options, shared := c.options(model)
	result := &clients{
		linq: c.configureLinq(ctx, model.Linq, options, shared),
		wix:  c.configureWix(ctx, model.Wix, options, shared),
	}

	var diags diag.Diagnostics
	for _, problem := range slices.Concat(
		result.linq.problems, result.wix.problems, result.wix.siteProblems) {
		if _, ok := problem.(readProblem); !ok {
			diags.Append(problem) // once, if both APIs have it
		}
	}
	return result, diags
}

// options returns the options of both APIs, and the problems with them.
func (c configurator) options(model providerModel) (rest.Options, diag.Diagnostics) {
	r := resolver{getenv: c.getenv}
	options := rest.Options{
		UserAgent:             c.userAgent(&r),
		RequestTimeout:        defaultRequestTimeout,
		MaxRetries:            toInt(model.MaxRetries, defaultMaxRetries),
		MaxConcurrentRequests: toInt(model.MaxConcurrentRequests, defaultMaxConcurrentRequests),
		OnAttempt:             logAttempt,
		Clock:                 c.clock,
		Random:                c.random,
	}
	// The schema's validators have checked these settings, unless they are unknown.
	if timeout, err := time.ParseDuration(model.RequestTimeout.ValueString()); err == nil {
		options.RequestTimeout = timeout
	}
	r.requireKnown(requestTimeout, model.RequestTimeout)
	r.requireKnown(maxRetries, model.MaxRetries)
	r.requireKnown(maxConcurrentRequests, model.MaxConcurrentRequests)
	if certificates := r.get(caCertPEM, model.CACertPEM); certificates.text != "" {
		options.RootCAs, _ = parseCertificates(certificates.text) // get has reported the error
	}
	return options, r.problems
}

func toInt(number types.Number, otherwise int) int {
	if number.IsNull() || number.IsUnknown() {
		return otherwise
	}
	integer, _ := number.ValueBigFloat().Int64()
	return int(integer)
}

func (c configurator) userAgent(r *resolver) string {
	agent := fmt.Sprintf("Terraform/%s terraform-provider-attachments/%s "+
		"(+https://registry.terraform.io/providers/terraform-attachments/attachments)",
		c.terraformVersion, c.version)
	added := strings.TrimSpace(c.getenv("TF_APPEND_USER_AGENT"))
	if added == "" {
		return agent
	}
	if err := checkHeaderValue(added); err != nil {
		r.problems.AddError("Invalid User Agent",
			fmt.Sprintf("The environment variable TF_APPEND_USER_AGENT %s.", err))
	}
	return agent + " " + added
}

// resolver looks up settings and collects the problems with them. No problem has an attribute path:
// Terraform 1.15 and later print the source lines of the attribute, a literal key included.
type resolver struct {
	getenv   func(string) string
	problems diag.Diagnostics
}

// readProblem is a problem that the first read from an API reports instead of Configure: an invalid
// environment variable, or a missing or unknown setting.
type readProblem struct {
	diag.ErrorDiagnostic
	isUnknown bool
}

func isUnknownSetting(problem diag.Diagnostic) bool {
	p, ok := problem.(readProblem)
	return ok && p.isUnknown
}

func (r *resolver) addReadProblem(summary, detail string) {
	r.problems.Append(readProblem{ErrorDiagnostic: diag.NewErrorDiagnostic(summary, detail)})
}

func (r *resolver) addUnknown(name, argument string) {
	detail := fmt.Sprintf("%s depends on a value that is known only after apply.\n\nSet it to a "+
		"value known at plan time, or first apply what it depends on, with -target.", argument)
	r.problems.Append(readProblem{diag.NewErrorDiagnostic("Unknown "+name, detail), true})
}

// addInvalid reports the error of a setting, if there is one.
func (r *resolver) addInvalid(s setting, v value, err error) {
	switch {
	case err == nil:
	case v.source == s.argument:
		r.problems.AddError("Invalid "+s.name, fmt.Sprintf("%s %s.", s.argument, err))
	default:
		r.addReadProblem("Invalid "+s.name,
			fmt.Sprintf("The environment variable %s %s.", v.source, err))
	}
}

// get looks up a setting and reports problems with it.
func (r *resolver) get(s setting, configured types.String) value {
	v, err := s.lookup(configured, r.getenv)
	r.addInvalid(s, v, err)
	r.requireKnown(s, configured)
	return v
}

func (r *resolver) requireKnown(s setting, configured attr.Value) {
	if configured.IsUnknown() {
		r.addUnknown(s.name, s.argument)
	}
}

// getBaseURL returns nil if it has reported a problem.
func (r *resolver) getBaseURL(s setting, configured types.String, defaultURL string) *url.URL {
	v := r.get(s, configured)
	base, err := rest.ParseBaseURL(cmp.Or(v.text, defaultURL))
	if v.isUnknown || err != nil {
		return nil
	}
	return base
}

// decode fills the model from an API's object. It returns false if the object is unknown.
func (r *resolver) decode(
	ctx context.Context,
	v vendor,
	object types.Object,
	model any,
) bool {
	if object.IsUnknown() {
		r.addUnknown(v.api+" Credentials", v.argument)
		return false
	}
	if !object.IsNull() {
		r.problems.Append(object.As(ctx, model, basetypes.ObjectAsOptions{})...)
	}
	return true
}
