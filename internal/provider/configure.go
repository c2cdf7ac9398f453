package provider

import (
	"fmt"
	"math/big"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

const (
	defaultRequestTimeout        = 30 * time.Second
	defaultMaxRetries            = 4
	defaultMaxConcurrentRequests = 16
)

// clients are passed from Configure to every data source and ephemeral resource.
type clients struct {
	linq account[*linq.Client]
	wix  wixAccount
}

// account is the client of one API, or the reasons why there is none.
type account[C any] struct {
	client C
	// credentialSource is a noun phrase, such as "API key from LINQ_API_KEY".
	credentialSource string
	// problems are reported by the first read that needs the client.
	problems diag.Diagnostics
}

// configure returns the clients, and the problems to report before a read.
func (p *attachmentsProvider) configure(
	config tftypes.Value,
	terraformVersion string,
) (*clients, diag.Diagnostics) {
	r := resolver{getenv: p.getenv}
	if err := config.As(&r.configuration); err != nil {
		r.problems.AddError("Unexpected Provider Configuration",
			fmt.Sprintf("%s.\n\nThis is a bug in the provider. Please report it.", err))
		return nil, r.problems
	}
	options := p.options(&r, terraformVersion)
	r.problems = slices.Clip(r.problems) // the problems of both APIs, to which each adds its own
	result := &clients{linq: configureLinq(r, options), wix: configureWix(r, options)}

	var diags diag.Diagnostics
	for _, problem := range slices.Concat(
		result.linq.problems, result.wix.problems, result.wix.siteProblems) {
		if _, ok := problem.(readProblem); !ok {
			diags.Append(problem) // once, if both APIs have it
		}
	}
	return result, diags
}

// options returns the options of both APIs.
func (p *attachmentsProvider) options(r *resolver, terraformVersion string) rest.Options {
	agent := fmt.Sprintf("Terraform/%s terraform-provider-attachments/%s "+
		"(+https://registry.terraform.io/providers/terraform-attachments/attachments) %s",
		terraformVersion, p.version, strings.TrimSpace(r.get(userAgent).text))
	options := rest.Options{
		UserAgent:             strings.TrimSpace(agent),
		RequestTimeout:        defaultRequestTimeout,
		MaxRetries:            r.getInt(maxRetries, defaultMaxRetries),
		MaxConcurrentRequests: r.getInt(maxConcurrentRequests, defaultMaxConcurrentRequests),
		OnAttempt:             logAttempt,
		Clock:                 p.clock,
		Random:                p.random,
	}
	// The schema's validator has checked the timeout, unless it is unknown.
	if timeout, err := time.ParseDuration(r.get(requestTimeout).text); err == nil {
		options.RequestTimeout = timeout
	}
	if certificates := r.get(caCertPEM); certificates.text != "" {
		options.RootCAs, _ = parseCertificates(certificates.text) // get has reported the error
	}
	return options
}

// resolver looks up settings and collects the problems with them. No problem has an attribute path:
// Terraform 1.15 and later print the source lines of the attribute, a literal key included.
type resolver struct {
	configuration map[string]tftypes.Value // by argument
	getenv        func(string) string
	problems      diag.Diagnostics
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

// add adds a problem with the environment, for the first read to report, or with the configuration.
func (r *resolver) add(fromEnvironment bool, summary, detail string) {
	problem := diag.NewErrorDiagnostic(summary, detail)
	if fromEnvironment {
		r.problems.Append(readProblem{ErrorDiagnostic: problem})
	} else {
		r.problems.Append(problem)
	}
}

// value is the value of a setting.
type value struct {
	text      string
	source    string // the argument or variable that text is from; "" if neither is set
	isUnknown bool
}

// get returns the configured value, else that of the first variable that is set, and reports
// problems with it. A configured value never falls back to the environment, even if it is empty or
// unknown.
func (r *resolver) get(s setting) value {
	configured := r.configuration[s.argument]
	switch {
	case !configured.IsKnown():
		r.addUnknown(s)
		return value{source: s.argument, isUnknown: true}
	case !configured.IsNull():
		v := value{source: s.argument}
		_ = configured.As(&v.text) // which the schema has made a string
		r.check(s, v, s.argument, false)
		return v
	}
	for _, variable := range s.variables {
		if text := r.getenv(variable); text != "" {
			v := value{text: text, source: variable}
			r.check(s, v, "The environment variable "+variable, true)
			return v
		}
	}
	return value{}
}

func (r *resolver) addUnknown(s setting) {
	detail := fmt.Sprintf("%s depends on a value that is known only after apply.\n\nSet it to a "+
		"value known at plan time, or first apply what it depends on, with -target.", s.argument)
	r.problems.Append(readProblem{diag.NewErrorDiagnostic("Unknown "+s.name, detail), true})
}

func (r *resolver) check(s setting, v value, subject string, fromEnvironment bool) {
	if s.check == nil {
		return
	}
	if err := s.check(v.text); err != nil {
		r.add(fromEnvironment, "Invalid "+s.name, fmt.Sprintf("%s %s.", subject, err))
	}
}

// getInt returns an integer, which the schema's validator has checked, or the default.
func (r *resolver) getInt(s setting, defaultValue int) int {
	configured := r.configuration[s.argument]
	if !configured.IsKnown() {
		r.addUnknown(s)
		return defaultValue
	}
	var number *big.Float
	if err := configured.As(&number); err != nil || number == nil {
		return defaultValue
	}
	integer, _ := number.Int64()
	return int(integer)
}

// getBaseURL returns nil if it has reported a problem.
func (r *resolver) getBaseURL(s setting) *url.URL {
	v := r.get(s)
	if v.source == "" {
		v.text = s.defaultValue
	}
	base, err := rest.ParseBaseURL(v.text)
	if err != nil {
		return nil
	}
	return base
}
