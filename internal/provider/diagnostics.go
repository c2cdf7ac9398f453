package provider

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// subject is what a diagnostic says besides the error: what was read, and with what.
type subject struct {
	vendor  vendor
	entity  string // as in "Unable to Read Linq Attachment"
	object  string // such as "attachment 550e8400-…"
	missing string // what a 404 says there isn't, where that isn't the object
	waits   bool   // whether wait_until_ready is set
	// forbidden is what to do about a 403 or a 428; nil where the vendor has the same for all.
	forbidden func(status int) string
	// parts are the errors that an error of many objects is made of; nil where there is one object.
	parts func(error) []part

	// What follows is filled in by fetch.
	credentialOrigin string
	timeout          time.Duration // of the whole read
	limit            string        // the argument of the timeout
}

// part is an error of one of many objects.
type part struct {
	object string
	err    error
}

// readDiagnostics are one for each attachment that an error is about.
func readDiagnostics(err error, s subject) diag.Diagnostics {
	if s.parts == nil {
		return diag.Diagnostics{readDiagnostic(err, s)}
	}
	var diags diag.Diagnostics
	for _, one := range s.parts(err) {
		s.object = one.object
		diags.Append(readDiagnostic(one.err, s))
	}
	return diags
}

// readDiagnostic is the one place where an error of a client becomes what the user sees: what
// happened and why, what to do, how the attempts ended, and what the API said.
func readDiagnostic(err error, s subject) diag.Diagnostic {
	summary, what, advice := s.explain(err)
	paragraphs := []string{what}
	if advice != "" {
		paragraphs = append(paragraphs, advice)
	}
	if ending := s.ending(err); ending != "" {
		paragraphs = append(paragraphs, ending)
	}
	if facts := s.facts(err); len(facts) > 0 {
		paragraphs = append(paragraphs, strings.Join(facts, "\n"))
	}
	return diag.NewErrorDiagnostic(summary, strings.Join(paragraphs, "\n\n"))
}

func (s subject) explain(err error) (summary, what, advice string) {
	// The network has errors that pass for those of a context.
	var stopped error
	var failed *rest.Error
	if errors.As(err, &failed) {
		stopped = failed.Stopped
	}
	var token *rest.CredentialError
	switch {
	case errors.Is(stopped, context.Canceled):
		return "Unable to Read " + s.entity,
			fmt.Sprintf("The run was interrupted while %s was read.", s.object), ""
	case errors.As(err, &token):
		what, advice = s.explainToken(token.Err)
		return "Unable to Read " + s.entity, what, advice
	}
	if s.vendor.explain != nil {
		if summary, what, advice = s.vendor.explain(s, err); summary != "" {
			return summary, what, advice
		}
	}
	return s.explainOutcome(err, stopped)
}

// explainOutcome is for what any API can answer with, or leave unanswered.
func (s subject) explainOutcome(err, stopped error) (summary, what, advice string) {
	var (
		status    *rest.StatusError
		redirect  *rest.RedirectError
		answer    *rest.AnswerError
		transport *rest.TransportError
	)
	summary = "Unable to Read " + s.entity
	baseURL := "Look at " + s.vendor.baseURL.whereToSet() + "."

	switch {
	case errors.As(err, &status):
		if errors.Is(err, rest.ErrNotFound) {
			summary = s.entity + " Not Found"
		}
		what, advice = s.explainStatus(status)
		if status.WebPage {
			advice += " The answer is a web page, not an API's. " + baseURL
		} else if errors.Is(err, rest.ErrNotFound) && status.Code == "" && s.vendor.notFoundHasCode {
			advice += " The answer has no code, as " + s.vendor.api + "'s would have. " + baseURL
		}
		return summary, what, advice
	case errors.As(err, &redirect):
		target := fmt.Sprintf("to %q, which isn't followed: the credential would go there",
			redirect.Host)
		if redirect.Host == "" {
			target = "that names no host"
		}
		return summary, fmt.Sprintf("%s answered for %s with a redirect %s.",
			s.vendor.api, s.object, target), baseURL
	case errors.As(err, &answer):
		advice = "This isn't what " + s.vendor.api + " documents. " + baseURL
		if answer.WebPage {
			advice = "The answer is a web page, not an API's. " + baseURL
		}
		return summary, fmt.Sprintf("%s answered for %s, but %s.",
			s.vendor.api, s.object, answer.Reason), advice
	case errors.Is(stopped, context.DeadlineExceeded):
		return summary, fmt.Sprintf("%s gave no answer for %s in time.",
			s.vendor.api, s.object), ""
	case errors.As(err, &transport):
		return summary, fmt.Sprintf("%s gave no answer for %s: %s.",
			s.vendor.api, s.object, transport), transportAdvice(err, baseURL)
	}
	return summary, fmt.Sprintf("There is no way to ask %s for %s: %s.",
		s.vendor.api, s.object, err), ""
}

func (s subject) explainStatus(status *rest.StatusError) (what, advice string) {
	what = fmt.Sprintf("%s refused to give %s.", s.vendor.api, s.object)
	switch code := status.StatusCode; {
	case errors.Is(status, rest.ErrNotFound):
		return fmt.Sprintf("%s has no %s.", s.vendor.api, cmp.Or(s.missing, s.object)),
			s.vendor.notFound
	case code == http.StatusUnauthorized:
		return fmt.Sprintf("%s refused the credential from %s when asked for %s.",
			s.vendor.api, s.credentialOrigin, s.object), s.vendor.unauthorized
	case code == http.StatusForbidden, code == http.StatusPreconditionRequired:
		if s.forbidden != nil {
			return what, s.forbidden(code)
		}
		return what, s.vendor.forbidden
	case code == http.StatusTooManyRequests:
		advice = "Run again later, or with fewer requests at once: lower max_concurrent_requests " +
			"of the provider."
		if status.RetryAfter > 0 {
			advice = fmt.Sprintf("It asks for a pause of %s. ", status.RetryAfter) + advice
		}
		return fmt.Sprintf("%s limits the rate of requests, and refused to give %s.",
			s.vendor.api, s.object), advice
	case code >= http.StatusInternalServerError:
		return fmt.Sprintf("%s failed to give %s.", s.vendor.api, s.object),
			"This is a fault of the service or of what lies before it. Run again later."
	}
	return what, "Running again won't help. What was sent is made of the arguments of the block and " +
		"the settings of the provider."
}

// explainToken is for an app that got no access token to read with.
func (s subject) explainToken(err error) (what, advice string) {
	var status *rest.StatusError
	if errors.As(err, &status) && status.StatusCode < http.StatusInternalServerError &&
		status.StatusCode != http.StatusTooManyRequests && !status.WebPage {
		return fmt.Sprintf("%s gave the app of %s no access token, so that %s can't be read.",
				s.vendor.api, s.credentialOrigin, s.object),
			s.vendor.appRefused + " Where these are right, look at " + s.vendor.baseURL.whereToSet() + "."
	}
	s.object = "an access token for the app"
	_, what, advice = s.explain(err)
	return what, advice
}

func transportAdvice(err error, baseURL string) string {
	var (
		certificate *tls.CertificateVerificationError
		proxy       *rest.ProxyError
	)
	switch {
	case errors.As(err, &proxy):
		return "Look at HTTPS_PROXY and NO_PROXY in the environment: the proxy's address, user and " +
			"password, and whether it lets this host through."
	case errors.As(err, &certificate):
		return "Where a proxy answers with a certificate of its own, set ca_cert_pem of the " +
			"provider to its authority's. " + baseURL
	case errors.Is(err, rest.ErrRequestTimeout):
		return "Raise request_timeout of the provider where answers need longer. " + baseURL
	}
	return "Look at the network and its proxy (HTTPS_PROXY). " + baseURL
}

// ending tells why no further attempt was made, where there could have been one.
func (s subject) ending(err error) string {
	var failed *rest.Error
	if !errors.As(err, &failed) {
		return ""
	}
	var wait *rest.WaitError
	switch {
	case errors.As(err, &wait):
		return fmt.Sprintf("After %s, the next would have had to wait for %s, which is more than "+
			"the read's time limit of %s leaves. Raise %s of the block.",
			attempts(failed.Attempts), wait.Wait.Round(time.Millisecond), s.timeout, s.limit)
	case errors.Is(failed.Stopped, context.DeadlineExceeded):
		if failed.Attempts == 0 {
			return fmt.Sprintf("The read's time limit of %s ran out while it waited for its turn, or "+
				"for another block's request for the same. Raise %s of the block.", s.timeout, s.limit)
		}
		return fmt.Sprintf("The read's time limit of %s ran out after %s. Raise %s of the block.",
			s.timeout, attempts(failed.Attempts), s.limit)
	case errors.Is(failed.Stopped, rest.ErrRetriesExhausted):
		return fmt.Sprintf("This was the outcome of %s, the most that max_retries of the provider "+
			"allows.", attempts(failed.Attempts))
	}
	return ""
}

func attempts(n int) string {
	switch n {
	case 0:
		return "an answer to another block's request"
	case 1:
		return "1 attempt"
	}
	return fmt.Sprintf("%d attempts", n)
}

// facts are what the API said, a line each, for a search or a talk with the vendor's support.
func (s subject) facts(err error) []string {
	var lines []string
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, name+": "+value)
		}
	}
	addStatus := func(code int) {
		add("Status", strings.TrimSpace(fmt.Sprintf("%d %s", code, http.StatusText(code))))
	}

	var (
		status   *rest.StatusError
		redirect *rest.RedirectError
		answer   *rest.AnswerError
	)
	switch {
	case errors.As(err, &status):
		addStatus(status.StatusCode)
		add("Code", status.Code)
		add("Message", status.Message)
		add("Documentation", status.DocURL)
		add(s.vendor.requestID, status.RequestID)
	case errors.As(err, &redirect):
		addStatus(redirect.StatusCode)
		add(s.vendor.requestID, redirect.RequestID)
	case errors.As(err, &answer):
		addStatus(answer.StatusCode)
		add(s.vendor.requestID, answer.RequestID)
	}
	return lines
}
