package provider

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// The defaults of settings, and their bounds.
const (
	defaultRequestTimeout        = 30 * time.Second
	defaultMaxRetries            = 4
	mostRetries                  = 20
	defaultMaxConcurrentRequests = 16
	mostConcurrentRequests       = 256
)

var (
	requestTimeout        = setting{argument: "request_timeout", name: "Request Timeout"}
	maxRetries            = setting{argument: "max_retries", name: "Max Retries"}
	maxConcurrentRequests = setting{
		argument: "max_concurrent_requests", name: "Max Concurrent Requests",
	}
	caCertPEM = setting{
		argument: "ca_cert_pem",
		name:     "CA Certificate",
		description: "Certificates in PEM format that are trusted in addition to the system's, for " +
			"example those of a proxy: `file(\"proxy.pem\")`.",
		check: checked(parseCertificates),
	}
	userAgent = setting{
		name:      "User Agent",
		variables: []string{"TF_APPEND_USER_AGENT"},
		check:     checkHeaderValue,
	}
)

// clients are passed from Configure to every data source and ephemeral resource.
type clients struct {
	linq linqClient
	wix  wixClient
}

// dependencies are what the provider takes from its process, so that tests can replace them.
type dependencies struct {
	getenv    func(string) string
	clock     rest.Clock        // nil means the system's
	random    func() float64    // nil means [rand.Float64]
	transport http.RoundTripper // nil means a connection pool
}

// configure returns the clients, and the problems to report before a read. The agent begins the
// User-Agent header.
func configure(config tftypes.Value, d dependencies, agent string) (*clients, diag.Diagnostics) {
	r := resolver{getenv: d.getenv}
	if err := config.As(&r.configuration); err != nil {
		r.problems.AddError("Unexpected Provider Configuration",
			fmt.Sprintf("%s.\n\nThis is a bug in the provider. Please report it.", err))
		return nil, r.problems
	}
	options := r.options(d, agent)
	r.problems = slices.Clip(r.problems) // the problems of both APIs, to which each adds its own
	result := &clients{linq: configureLinq(r, options), wix: configureWix(r, options)}

	var diags diag.Diagnostics
	for _, problem := range slices.Concat(
		result.linq.problems, result.wix.problems, result.wix.siteProblems) {
		if _, ok := problem.(postponedError); !ok {
			diags.Append(problem) // once, if both APIs have it
		}
	}
	return result, diags
}

// options returns the options of both APIs.
func (r *resolver) options(d dependencies, agent string) rest.Options {
	options := rest.Options{
		UserAgent:             strings.TrimSpace(agent + " " + strings.TrimSpace(r.get(userAgent).text)),
		RequestTimeout:        defaultRequestTimeout,
		MaxRetries:            r.getInt(maxRetries, defaultMaxRetries),
		MaxConcurrentRequests: r.getInt(maxConcurrentRequests, defaultMaxConcurrentRequests),
		OnAttempt:             logAttempt,
		Clock:                 d.clock,
		Random:                d.random,
		Transport:             d.transport,
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
