package wix

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

var (
	// ErrNotReady is the error of an attachment that has no URL yet.
	ErrNotReady = errors.New("it has no URL yet")
	// ErrContactNotFound is the [rest.ErrNotFound] of a contact, and not of its attachment.
	ErrContactNotFound = fmt.Errorf("contact %w", rest.ErrNotFound)
)

// ErrorCode matches Wix's codes, such as CONTACT_NOT_FOUND. An error without such a code can be
// from another server.
var ErrorCode = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)

// errorDocument is the body of an error, as "About Errors" documents it. It has at most one kind of
// details.
type errorDocument struct {
	Message string `json:"message"`
	Details struct {
		ApplicationError struct {
			Code        rest.Scalar `json:"code"`
			Description string      `json:"description"`
		} `json:"applicationError"`
		ValidationError struct {
			FieldViolations []struct {
				Field       string `json:"field"`
				Description string `json:"description"`
			} `json:"fieldViolations"`
		} `json:"validationError"`
	} `json:"details"`
}

func readError(e *rest.StatusError, _ http.Header, body []byte) {
	var document errorDocument
	// If the body isn't the document, its fields stay empty.
	_ = json.Unmarshal(body, &document)

	e.Code = string(document.Details.ApplicationError.Code)
	if errors.Is(e, rest.ErrNotFound) && e.Code == "CONTACT_NOT_FOUND" {
		e.Kind = ErrContactNotFound
	}
	e.Message = cmp.Or(document.Message, document.Details.ApplicationError.Description)

	var violations []string
	for _, violation := range document.Details.ValidationError.FieldViolations {
		violations = append(violations, violation.Field+": "+violation.Description)
	}
	if len(violations) > 0 {
		e.Message = strings.TrimSpace(e.Message + " (" + strings.Join(violations, "; ") + ")")
	}
}
