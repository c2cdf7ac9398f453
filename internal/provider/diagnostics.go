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

// subject is what an error is about: what a request was to read, and how it reached the API.
type subject struct {
	connection
	title    string // as in "Unable to Read Linq Attachment"
	name     string // such as "attachment 550e8400-…"
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
		e.what, e.advice, s.attempts(err, timeLimit), strings.Join(s.facts(err), "\n"),
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
		what: fmt.Sprintf("Unable to request %s from %s: %s.", s.name, s.api.name, err),
	}
}

func (s subject) explainInterruption(err error) *explanation {
	failed, ok := errors.AsType[*rest.Error](err)
	if !ok || !errors.Is(failed.Stopped, context.Canceled) {
		return nil
	}
	return &explanation{what: fmt.Sprintf("Terraform was interrupted while reading %s.", s.name)}
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
			what: fmt.Sprintf("%s issued no access token for the %s, which is needed to read %s.",
				s.api.name, s.credential, s.name),
			advice: "Check the app ID, the app secret, and the instance ID." + s.orBaseURL(),
		}
	}
	s.name, s.explainOwn = "an access token", nil
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
			what: fmt.Sprintf("Time ran out before the next request for %s could be sent.", s.name),
			advice: "If many reads are queued, raise max_concurrent_requests in the provider " +
				"configuration.",
		}
	case errors.Is(err, rest.ErrShared):
		return &explanation{what: fmt.Sprintf(
			"Time ran out while waiting for another data source's request for %s.", s.name)}
	}
	return &explanation{
		what: fmt.Sprintf("%s limits the rate of requests, so the next request for %s couldn't be "+
			"sent in time. The response below is for an earlier request.", s.api.name, s.name),
		advice: lessRequests,
	}
}

const lessRequests = "Run Terraform again later, or lower max_concurrent_requests in the " +
	"provider configuration."

func (s subject) explainStatus(err error) *explanation {
	status, ok := errors.AsType[*rest.StatusError](err)
	if !ok {
		return nil
	}
	e := s.explainCode(status)
	if status.HTML {
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
				s.api.name, s.credential, s.name),
			advice: s.credential.rejected,
		}
	case code == http.StatusForbidden, code == http.StatusPreconditionRequired:
		return explanation{
			what: fmt.Sprintf("%s denied access to %s.", s.api.name, s.name), advice: s.denied,
		}
	case code == http.StatusTooManyRequests:
		what := fmt.Sprintf("%s rate-limited the request for %s", s.api.name, s.name)
		if status.RetryAfter > 0 {
			what += fmt.Sprintf(" and asked for a pause of %s", status.RetryAfter)
		}
		return explanation{what: what + ".", advice: lessRequests}
	case code == http.StatusNotImplemented:
		return explanation{
			what:   fmt.Sprintf("%s doesn't support the request for %s.", s.api.name, s.name),
			advice: s.checkServer(),
		}
	case code >= http.StatusInternalServerError:
		return explanation{
			what: fmt.Sprintf("%s, or a proxy in front of it, returned a server error for %s.",
				s.api.name, s.name),
			advice: later,
		}
	case status.Retryable:
		return explanation{
			what: fmt.Sprintf("%s temporarily couldn't process the request for %s.",
				s.api.name, s.name),
			advice: later,
		}
	}
	return explanation{
		what:   fmt.Sprintf("%s rejected the request for %s.", s.api.name, s.name),
		advice: "Retrying won't help. Check the arguments." + s.orBaseURL(),
	}
}

func (s subject) explainNotFound(status *rest.StatusError) explanation {
	e := explanation{
		summary: s.title + " Not Found",
		what:    fmt.Sprintf("%s didn't find %s.", s.api.name, s.name),
		advice:  s.notFound,
	}
	if !s.errorCode.MatchString(status.Code) {
		e.advice = fmt.Sprintf("The response has no code of %s's, so it might not be from %s. %s\n\n%s",
			s.api.name, s.api.name, s.checkProxy(), e.advice)
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
			s.api.name, s.name, to),
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
			what:   fmt.Sprintf("%s returned an HTML page instead of JSON for %s.", s.api.name, s.name),
			advice: s.checkProxy(),
		}
	}
	e := &explanation{what: fmt.Sprintf("%s returned an unexpected response for %s: %s.",
		s.api.name, s.name, response.Reason)}
	if _, isLarge := errors.AsType[*rest.SizeError](err); !isLarge {
		e.advice = s.checkServer()
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
	if ok && errors.Is(failed.Stopped, context.DeadlineExceeded) {
		return &explanation{
			what: fmt.Sprintf("The request to %s for %s timed out.", s.api.name, s.name),
		}
	}
	return &explanation{
		what: fmt.Sprintf("The request to %s for %s failed: %s.",
			s.api.name, s.name, cmp.Or(unreachableProxy(err), transport.Error())),
		advice: connectionAdvice(err) + s.orBaseURL(),
	}
}

// orBaseURL continues advice with a sentence about the base URL, if one is set.
func (s subject) orBaseURL() string {
	if s.baseURLSet.source == "" {
		return ""
	}
	return fmt.Sprintf(" Check the base URL: %s is %q.", s.baseURLSet.source, s.baseURLSet.text)
}

// checkProxy is advice on a response that isn't from the API.
func (s subject) checkProxy() string {
	return fmt.Sprintf("Check for a proxy that responds in place of %s.", s.api.name) + s.orBaseURL()
}

// checkServer is advice on a response that can be from the API.
func (s subject) checkServer() string {
	if s.baseURLSet.source != "" {
		return strings.TrimSpace(s.orBaseURL())
	}
	return fmt.Sprintf("This looks like a change or a failure of %s's API. Send the %s to %s, and "+
		"report it at https://github.com/terraform-attachments/terraform-provider-attachments/issues.",
		s.api.name, s.requestID, s.api.name)
}

// attempts returns how the attempts went, if more attempts were possible.
func (s subject) attempts(err error, timeLimit string) string {
	failed, ok := errors.AsType[*rest.Error](err)
	if !ok {
		return ""
	}
	after := fmt.Sprintf(" after %d attempts", failed.Attempts)
	switch failed.Attempts {
	case 0:
		after = ""
	case 1:
		after = " after 1 attempt"
	}
	_, isWait := errors.AsType[*rest.WaitError](failed.Stopped)
	switch {
	case isWait, errors.Is(failed.Stopped, context.DeadlineExceeded):
		return fmt.Sprintf("Gave up%s: the %s was reached.", after, timeLimit)
	case errors.Is(failed.Stopped, rest.ErrRetriesExhausted):
		return fmt.Sprintf("Gave up%s (max_retries is %d).", after, s.retryLimit)
	}
	return ""
}

// facts returns the API's response as lines, to search for or to send to support.
func (s subject) facts(err error) []string {
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
	for _, fact := range append(more, [2]string{s.requestID, requestID}) {
		if fact[1] != "" {
			lines = append(lines, fact[0]+": "+fact[1])
		}
	}
	return lines
}
