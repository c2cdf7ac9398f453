package linq

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

var (
	// ErrNotReady is the error of an attachment that Linq hasn't finished processing. It is also the
	// [rest.StatusError.Kind] of a 404 with code 2007.
	ErrNotReady = errors.New("it isn't ready")
	// ErrFailed is the error of an attachment that Linq couldn't process.
	ErrFailed = errors.New(`its "status" is "failed" and it has no "download_url"`)
)

// ErrorCode matches Linq's codes, such as 2001. An error without such a code can be from another
// server.
var ErrorCode = regexp.MustCompile(`^\d{4}$`)

// notReadyError is an ErrNotReady that says what is missing.
type notReadyError string

func (e notReadyError) Error() string { return string(e) }

func (e notReadyError) Is(target error) bool { return target == ErrNotReady }

// codeNotReady is the only code that distinguishes one of Linq's 404s from the others.
const codeNotReady = "2007"

// errorDocument is the body of an error, as Linq's reference shows it for every endpoint.
type errorDocument struct {
	Error struct {
		Code       rest.Scalar `json:"code"`
		Message    string      `json:"message"`
		DocURL     string      `json:"doc_url"`
		RetryAfter *float64    `json:"retry_after"` // seconds, as in the header
	} `json:"error"`
	TraceID string `json:"trace_id"`
}

// readError implements [rest.Options.ReadError]. As in Linq's SDKs, the header x-should-retry
// overrides the status.
func readError(e *rest.StatusError, header http.Header, body []byte) {
	var document errorDocument
	// If the body isn't the document, its fields stay empty.
	_ = json.Unmarshal(body, &document)

	e.Code = string(document.Error.Code)
	e.Message = document.Error.Message
	e.DocURL = document.Error.DocURL
	if e.RequestID == "" {
		e.RequestID = document.TraceID
	}
	if seconds := document.Error.RetryAfter; seconds != nil && e.RetryAfter <= 0 {
		e.RetryAfter = rest.Seconds(*seconds)
	}
	if e.StatusCode == http.StatusNotFound && e.Code == codeNotReady {
		e.Kind = ErrNotReady
		e.Retryable = true
	}
	switch header.Get("x-should-retry") {
	case "true":
		e.Retryable = true
	case "false":
		e.Retryable = false
	}
}
