package provider

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// vendor is the part of diagnostics that is specific to one API.
type vendor struct {
	api         string           // as in "Missing Wix Credentials"
	credentials []credentialKind // kinds, of which one must be set
	baseURL     setting
	others      []setting
	whereToSet  string // the credentials' arguments and variables
	requestID   string // the name of a response's ID

	unauthorized, forbidden string // advice for a 401 and a 403
	appRefused              string // advice for an app that gets no access token
}

// settings returns all settings of the API.
func (v vendor) settings() []setting {
	all := append([]setting{v.baseURL}, v.others...)
	for _, kind := range v.credentials {
		all = append(all, kind.settings...)
	}
	return all
}

// target is the thing that a read requests from an API.
type target struct {
	vendor
	credentialSource string // such as "API key from LINQ_API_KEY"
	entity           string // as in "Unable to Read Linq Attachment"
	name             string // such as "attachment 550e8400-…"
	missing          string // what a 404 means is missing, if not the name
	notFound         string // advice for a 404
	// explain explains errors that only this API has. It returns nil for others. It can be nil.
	explain func(error) *explanation
}

// explanation says what happened and why, and what to do.
type explanation struct{ summary, what, advice string }

// addProblems adds diagnostics, and reports whether one of them is an error.
func (r *reading) addProblems(problems diag.Diagnostics) bool {
	r.diagnostics.Append(problems...)
	return problems.HasError()
}

// addError is the only function that turns a client's error into a diagnostic. The diagnostic says
// what happened and why, what to do, how the attempts went, and what the API said.
func (r *reading) addError(err error, t target) {
	e := t.explainError(err)
	var paragraphs []string
	for _, paragraph := range []string{
		e.what, e.advice, r.attempts(err), strings.Join(t.facts(err), "\n"),
	} {
		if paragraph != "" {
			paragraphs = append(paragraphs, paragraph)
		}
	}
	r.diagnostics.AddError(e.summary, strings.Join(paragraphs, "\n\n"))
}

func (t target) explainError(err error) explanation {
	e := explanation{summary: "Unable to Read " + t.entity}
	checkBaseURL := "Check " + t.baseURL.whereToSet() + "."
	failed := &rest.Error{} // network errors can match context errors, too
	errors.As(err, &failed)
	var (
		token     *rest.CredentialError
		status    *rest.StatusError
		redirect  *rest.RedirectError
		response  *rest.ResponseError
		transport *rest.TransportError
	)
	switch {
	case errors.Is(failed.Stopped, context.Canceled):
		e.what = fmt.Sprintf("Terraform was interrupted while reading %s.", t.name)
		return e
	case errors.As(err, &token):
		return t.explainToken(token.Err)
	case t.explain != nil:
		if special := t.explain(err); special != nil {
			special.summary = cmp.Or(special.summary, e.summary)
			return *special
		}
	}

	switch {
	case errors.Is(err, rest.ErrQueued):
		e.what = fmt.Sprintf("Time ran out before the next request for %s could be sent.", t.name)
		e.advice = "If many reads are queued, raise max_concurrent_requests in the provider " +
			"configuration."
	case errors.Is(err, rest.ErrShared):
		e.what = fmt.Sprintf("Time ran out while waiting for another data source's request for %s.",
			t.name)
	case errors.As(err, &status):
		if errors.Is(err, rest.ErrNotFound) {
			e.summary = t.entity + " Not Found"
		}
		e.what, e.advice = t.explainStatus(status)
		switch {
		case failed.Attempts == 0:
			e.what = fmt.Sprintf("%s limits the rate of requests, so the next request for %s couldn't be "+
				"sent in time. The response below is for an earlier request.", t.api, t.name)
		case status.HTML:
			e.advice = "The response is an HTML page. " + checkBaseURL
		case errors.Is(err, rest.ErrNotFound) && status.Code == "":
			e.advice += fmt.Sprintf(" The response has no error code, so it might not be from %s. %s",
				t.api, checkBaseURL)
		}
	case errors.As(err, &redirect):
		to := fmt.Sprintf("to %q", redirect.Host)
		if redirect.Host == "" {
			to = "without a target"
		}
		e.what = fmt.Sprintf("%s redirected the request for %s %s. The provider doesn't follow "+
			"redirects, because they could send the credentials to another host.", t.api, t.name, to)
		e.advice = checkBaseURL
	case errors.As(err, &response) && response.HTML:
		e.what = fmt.Sprintf("%s returned an HTML page instead of JSON for %s.", t.api, t.name)
		e.advice = "Check for a proxy that responds in place of the API. " + checkBaseURL
	case errors.As(err, &response):
		e.what = fmt.Sprintf("%s returned an unexpected response for %s: %s.",
			t.api, t.name, response.Reason)
		e.advice = checkBaseURL
	case errors.Is(failed.Stopped, context.DeadlineExceeded):
		e.what = fmt.Sprintf("The request to %s for %s timed out.", t.api, t.name)
	case errors.As(err, &transport):
		e.what = fmt.Sprintf("The request to %s for %s failed: %s.", t.api, t.name, transport)
		e.advice = adviseOnTransport(err, checkBaseURL)
	default:
		e.what = fmt.Sprintf("Unable to request %s from %s: %s.", t.name, t.api, err)
	}
	return e
}

func (t target) explainStatus(status *rest.StatusError) (what, advice string) {
	const temporary = "Run Terraform again later."
	switch code := status.StatusCode; {
	case errors.Is(status, rest.ErrNotFound):
		return fmt.Sprintf("%s didn't find %s.", t.api, cmp.Or(t.missing, t.name)), t.notFound
	case code == http.StatusUnauthorized:
		return fmt.Sprintf("%s rejected the %s while reading %s.",
			t.api, t.credentialSource, t.name), t.unauthorized
	case code == http.StatusForbidden, code == http.StatusPreconditionRequired:
		return fmt.Sprintf("%s denied access to %s.", t.api, t.name), t.forbidden
	case code == http.StatusTooManyRequests:
		what = fmt.Sprintf("%s rate-limited the request for %s", t.api, t.name)
		if status.RetryAfter > 0 {
			what += fmt.Sprintf(" and asked for a pause of %s", status.RetryAfter)
		}
		return what + ".",
			"Run Terraform again later, or lower max_concurrent_requests in the provider configuration."
	case code >= http.StatusInternalServerError && code != http.StatusNotImplemented:
		return fmt.Sprintf("%s, or a proxy in front of it, returned a server error for %s.",
			t.api, t.name), temporary
	case status.Retryable:
		return t.api + " temporarily couldn't process the request for " + t.name + ".", temporary
	}
	return fmt.Sprintf("%s rejected the request for %s.", t.api, t.name),
		"Retrying won't help. Check the arguments and the provider configuration."
}

// explainToken explains why an app got no access token.
func (t target) explainToken(err error) explanation {
	status, ok := errors.AsType[*rest.StatusError](err)
	if ok && !status.Retryable && !status.HTML {
		return explanation{
			summary: "Unable to Read " + t.entity,
			what: fmt.Sprintf("%s issued no access token for the %s, which is needed to read "+
				"%s.", t.api, t.credentialSource, t.name),
			advice: t.appRefused,
		}
	}
	t.name = "an access token"
	return t.explainError(err)
}

func adviseOnTransport(err error, checkBaseURL string) string {
	var (
		proxy       *rest.ProxyError
		certificate *tls.CertificateVerificationError
		invalid     x509.CertificateInvalidError
		hostname    x509.HostnameError
		operation   *net.OpError
		record      tls.RecordHeaderError
		handshake   *rest.HandshakeError
	)
	switch {
	case errors.As(err, &proxy), rest.IsSOCKSRefusal(err),
		errors.As(err, &operation) && operation.Op == "proxyconnect":
		return "Check HTTPS_PROXY and NO_PROXY in the environment: the proxy's address, user and " +
			"password, and whether it allows connections to this host."
	case errors.As(err, &hostname):
		return "The server's certificate is for another host. " + checkBaseURL
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "The server's certificate has expired, or isn't valid yet. Check this computer's clock. " +
			"If it is right, the server needs a new certificate."
	case errors.As(err, &certificate):
		return "If a proxy uses its own certificate, set ca_cert_pem in the provider configuration to " +
			"its CA certificate. " + checkBaseURL
	case errors.As(err, &operation) && operation.Op == "remote error":
		return "The server ended the TLS handshake. Some servers and proxies require a client " +
			"certificate, which the provider can't send. " + checkBaseURL
	case errors.As(err, &record):
		return "The server doesn't use TLS. Check the scheme and the port. " + checkBaseURL
	case errors.As(err, &handshake):
		return "The certificate or TLS version of the server, or of a proxy in front of it, isn't " +
			"valid. Ask the person who runs it to fix it. " + checkBaseURL
	case errors.Is(err, rest.ErrRequestTimeout):
		return "If responses take longer, raise request_timeout in the provider configuration. " +
			checkBaseURL
	}
	return "Check your network and HTTPS_PROXY. " + checkBaseURL
}

// attempts returns how the attempts went, if more attempts were possible.
func (r *reading) attempts(err error) string {
	failed, ok := errors.AsType[*rest.Error](err)
	if !ok {
		return ""
	}
	raise := fmt.Sprintf("Raise %s to wait longer.", "timeout")
	var wait *rest.WaitError
	switch {
	case errors.As(failed.Stopped, &wait):
		return fmt.Sprintf("After %s, waiting %s for the next would exceed the time limit of %s. %s",
			count(failed.Attempts), wait.Wait.Round(time.Millisecond), r.timeout, raise)
	case errors.Is(failed.Stopped, context.DeadlineExceeded) && failed.Attempts == 0:
		return fmt.Sprintf("The time limit is %s. %s", r.timeout, raise)
	case errors.Is(failed.Stopped, context.DeadlineExceeded):
		return fmt.Sprintf("The time limit of %s ran out after %s. %s",
			r.timeout, count(failed.Attempts), raise)
	case errors.Is(failed.Stopped, rest.ErrRetriesExhausted):
		return fmt.Sprintf("This was the result after %s. Raise max_retries in the provider "+
			"configuration to allow more.", count(failed.Attempts))
	}
	return ""
}

func count(attempts int) string {
	switch attempts {
	case 0:
		return "an earlier request"
	case 1:
		return "1 attempt"
	}
	return fmt.Sprintf("%d attempts", attempts)
}

// facts returns the API's response as lines, to search for or to send to support.
func (t target) facts(err error) []string {
	var (
		status   *rest.StatusError
		redirect *rest.RedirectError
		response *rest.ResponseError
	)
	var code int
	var requestID string
	var more [][2]string
	switch {
	case errors.As(err, &status):
		code, requestID = status.StatusCode, status.RequestID
		more = [][2]string{
			{"Code", status.Code}, {"Message", status.Message}, {"Documentation", status.DocURL},
		}
	case errors.As(err, &redirect):
		code, requestID = redirect.StatusCode, redirect.RequestID
	case errors.As(err, &response):
		code, requestID = response.StatusCode, response.RequestID
	default:
		return nil
	}
	lines := []string{strings.TrimSpace(fmt.Sprintf("Status: %d %s", code, http.StatusText(code)))}
	for _, fact := range append(more, [2]string{t.requestID, requestID}) {
		if fact[1] != "" {
			lines = append(lines, fact[0]+": "+fact[1])
		}
	}
	return lines
}
