package provider

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// subject is what an error is about: the thing to read, and the connection to the API.
type subject struct {
	connection
	title    string // as in "Unable to Read Linq Attachment"
	thing    string // such as "attachment 550e8400-…"
	denied   string // advice for a 403
	notFound string // advice for a 404
	// explainOwn explains errors that only this kind of thing has, and returns nil for others. It can
	// be nil.
	explainOwn func(error) *explanation
}

// explanation says what happened and why, and what to do.
type explanation struct {
	summary string // "" for the usual one
	what    string
	advice  string
}

// diagnostic is the only function that turns a client's error into a diagnostic. The diagnostic
// says what happened and why, what to do, how the attempts went, and what the API said.
func (s subject) diagnostic(err error, timeLimit string) diag.Diagnostic {
	e := s.explain(err)
	var paragraphs []string
	for _, paragraph := range []string{
		e.what, e.advice, attempts(err, timeLimit, s.retryLimit),
		strings.Join(facts(err, s.requestID), "\n"),
	} {
		if paragraph != "" {
			paragraphs = append(paragraphs, paragraph)
		}
	}
	return diag.NewErrorDiagnostic(
		cmp.Or(e.summary, "Unable to Read "+s.title), strings.Join(paragraphs, "\n\n"))
}

// explain asks a function for each kind of error. Each returns nil for other kinds.
func (s subject) explain(err error) explanation {
	for _, explain := range []func(error) *explanation{
		s.explainInterruption,
		s.explainCredential,
		s.explainOwn,
		s.explainDelay,
		s.explainStatus,
		s.explainRedirect,
		s.explainResponse,
		s.explainTransport,
	} {
		if explain == nil {
			continue
		}
		if e := explain(err); e != nil {
			return *e
		}
	}
	return explanation{
		what: fmt.Sprintf("Unable to request %s from %s: %s.", s.thing, s.vendor, err),
	}
}

func (s subject) explainInterruption(err error) *explanation {
	failed, ok := errors.AsType[*rest.Error](err)
	if !ok || !errors.Is(failed.Stopped, context.Canceled) {
		return nil
	}
	return &explanation{what: fmt.Sprintf("Terraform was interrupted while reading %s.", s.thing)}
}

// explainCredential explains why an app got no access token.
func (s subject) explainCredential(err error) *explanation {
	token, ok := errors.AsType[*rest.CredentialError](err)
	if !ok {
		return nil
	}
	status, ok := errors.AsType[*rest.StatusError](token.Err)
	if ok && !status.Retryable && !status.HTML {
		return &explanation{
			what: fmt.Sprintf("%s issued no access token for the %s, so %s couldn't be read.",
				s.vendor, s.credential, s.thing),
			advice: "Check the app ID, the app secret, and the instance ID." + s.orBaseURL(),
		}
	}
	s.thing, s.explainOwn = "an access token", nil
	e := s.explain(token.Err)
	return &e
}

// explainDelay explains errors of requests that were never sent.
func (s subject) explainDelay(err error) *explanation {
	failed, ok := errors.AsType[*rest.Error](err)
	switch {
	case !ok || failed.Attempts > 0:
		return nil
	case errors.Is(err, rest.ErrQueued):
		return &explanation{
			what: fmt.Sprintf("Time ran out before the next request for %s could be sent.", s.thing),
			advice: "If many reads are queued, raise max_concurrent_requests in the provider " +
				"configuration.",
		}
	case errors.Is(err, rest.ErrShared):
		return &explanation{what: fmt.Sprintf(
			"Time ran out while waiting for another data source's request for %s.", s.thing)}
	}
	return &explanation{
		what: fmt.Sprintf("%s limits the rate of requests, so the next request for %s couldn't be "+
			"sent in time. The response below belongs to the request that %[1]s refused.",
			s.vendor, s.thing),
		advice: fewerRequests,
	}
}

const fewerRequests = "Run Terraform again later, or lower max_concurrent_requests in the " +
	"provider configuration."

func (s subject) explainStatus(err error) *explanation {
	status, ok := errors.AsType[*rest.StatusError](err)
	if !ok {
		return nil
	}
	e := s.explainCode(status)
	switch {
	case status.HTML && status.Retryable:
		e.advice += " The response is an HTML page. " + s.checkProxy()
	case status.HTML:
		e.advice = "The response is an HTML page. " + s.checkProxy()
	}
	return &e
}

func (s subject) explainCode(status *rest.StatusError) explanation {
	const later = "Run Terraform again later."
	switch code := status.StatusCode; {
	case errors.Is(status, rest.ErrNotFound):
		return s.explainNotFound(status)
	case code == http.StatusUnauthorized:
		return explanation{
			what: fmt.Sprintf("%s rejected the %s while reading %s.",
				s.vendor, s.credential, s.thing),
			advice: s.credential.rejected,
		}
	case code == http.StatusForbidden, code == http.StatusPreconditionRequired:
		return explanation{
			what: fmt.Sprintf("%s denied access to %s.", s.vendor, s.thing), advice: s.denied,
		}
	case code == http.StatusTooManyRequests:
		return explanation{
			what: fmt.Sprintf("%s rate-limited the request for %s%s.",
				s.vendor, s.thing, pause(status)),
			advice: fewerRequests,
		}
	case code == http.StatusNotImplemented:
		return explanation{
			what:   fmt.Sprintf("%s doesn't support the request for %s.", s.vendor, s.thing),
			advice: s.checkServer(),
		}
	case code >= http.StatusInternalServerError:
		return explanation{
			what: fmt.Sprintf("%s, or a proxy in front of it, returned a server error for %s%s.",
				s.vendor, s.thing, pause(status)),
			advice: later,
		}
	case status.Retryable:
		return explanation{
			what: fmt.Sprintf("%s temporarily couldn't process the request for %s.",
				s.vendor, s.thing),
			advice: later,
		}
	}
	return explanation{
		what:   fmt.Sprintf("%s rejected the request for %s.", s.vendor, s.thing),
		advice: "Check the arguments: the same request will fail again." + s.orBaseURL(),
	}
}

func pause(status *rest.StatusError) string {
	if status.RetryAfter <= 0 {
		return ""
	}
	return fmt.Sprintf(" and asked for a pause of %s", status.RetryAfter)
}

func (s subject) explainNotFound(status *rest.StatusError) explanation {
	e := explanation{
		summary: s.title + " Not Found",
		what:    fmt.Sprintf("%s didn't find %s.", s.vendor, s.thing),
		advice:  s.notFound,
	}
	if !s.errorCode.MatchString(status.Code) && status.RequestID == "" {
		e.advice = fmt.Sprintf("The response has no %s error code, so another server might have sent "+
			"it. %s\n\n%s", s.vendor, s.checkProxy(), e.advice)
	}
	return e
}

func (s subject) explainRedirect(err error) *explanation {
	redirect, ok := errors.AsType[*rest.RedirectError](err)
	if !ok {
		return nil
	}
	to := fmt.Sprintf("to %q", redirect.Host)
	if redirect.Host == "" {
		to = "without a target"
	}
	return &explanation{
		what: fmt.Sprintf("%s redirected the request for %s %s. The provider doesn't follow "+
			"redirects, because they could send the credentials to another host.",
			s.vendor, s.thing, to),
		advice: s.checkProxy(),
	}
}

// explainResponse explains a response that isn't as documented.
func (s subject) explainResponse(err error) *explanation {
	response, ok := errors.AsType[*rest.ResponseError](err)
	switch {
	case !ok:
		return nil
	case response.HTML:
		return &explanation{
			what:   fmt.Sprintf("%s returned an HTML page instead of JSON for %s.", s.vendor, s.thing),
			advice: s.checkProxy(),
		}
	}
	e := &explanation{
		what: fmt.Sprintf("%s returned an unexpected response for %s: %s.",
			s.vendor, s.thing, response.Reason),
		advice: s.checkServer(),
	}
	if _, isLarge := errors.AsType[*rest.SizeError](err); isLarge {
		e.advice = s.report()
	}
	return e
}

// explainTransport explains an attempt without a response.
func (s subject) explainTransport(err error) *explanation {
	transport, ok := errors.AsType[*rest.TransportError](err)
	if !ok {
		return nil
	}
	failed, ok := errors.AsType[*rest.Error](err)
	if ok && errors.Is(failed.Stopped, context.DeadlineExceeded) &&
		errors.Is(failed.Err, context.DeadlineExceeded) {
		return &explanation{
			what: fmt.Sprintf("The request to %s for %s timed out.", s.vendor, s.thing),
		}
	}
	return &explanation{
		what: fmt.Sprintf("The request to %s for %s failed: %s.",
			s.vendor, s.thing, cmp.Or(unreachableProxy(err, s.proxy), transport.Error())),
		advice: connectionAdvice(err, s.proxy) + s.orBaseURL(),
	}
}

// orBaseURL returns a sentence that continues advice, about the base URL if one is set.
func (s subject) orBaseURL() string {
	if s.usedBaseURL.source == "" {
		return ""
	}
	return fmt.Sprintf(" Check the base URL: %s is %q.", s.usedBaseURL.source, s.usedBaseURL.text)
}

// checkProxy returns advice on a response that isn't from the API.
func (s subject) checkProxy() string {
	return fmt.Sprintf("Check for a proxy that responds instead of %s.", s.vendor) + s.orBaseURL()
}

// checkServer returns advice on a response that can be from the API.
func (s subject) checkServer() string {
	if s.usedBaseURL.source != "" {
		return strings.TrimSpace(s.orBaseURL())
	}
	return s.report()
}

func (s subject) report() string {
	return fmt.Sprintf("%[1]s's API might have changed or failed. Send the %s to %s, and "+
		"report it at https://github.com/terraform-attachments/terraform-provider-attachments/issues.",
		s.vendor, s.requestID, s.vendor)
}
