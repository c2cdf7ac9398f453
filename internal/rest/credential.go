package rest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// Credential authenticates the requests of a [Client] with values that can change.
type Credential interface {
	// Authorization returns the value of the Authorization header.
	Authorization(ctx context.Context) (string, error)
	// Accepted is called when the API accepted the value.
	Accepted(authorization string)
	// Refused is called when the API responded to the value with 401. It reports whether there may be
	// another value.
	Refused(authorization string) bool
}

// CredentialError is the error of a request that has no credential.
type CredentialError struct {
	Err error // what [Credential.Authorization] returned
}

func (e *CredentialError) Error() string { return fmt.Sprintf("get a credential: %s", e.Err) }

// Unwrap returns the cause.
func (e *CredentialError) Unwrap() error { return e.Err }

func (c *Client) authorization(ctx context.Context) (string, error) {
	if c.options.Credential == nil {
		return c.options.Authorization, nil
	}
	authorization, err := c.options.Credential.Authorization(ctx)
	if err != nil {
		return "", &CredentialError{Err: err}
	}
	c.redact.add(authorization)
	return authorization, nil
}

// reportToCredential reports to the credential whether the API accepted it, unless the API failed.
// It reports whether there may be a replacement for a refused credential.
func (c *Client) reportToCredential(authorization string, err error) bool {
	status, isStatus := errors.AsType[*StatusError](err)
	switch {
	case c.options.Credential == nil:
	case isStatus && status.StatusCode == http.StatusUnauthorized:
		return c.options.Credential.Refused(authorization)
	case err == nil, isStatus && !retryableStatus(status.StatusCode):
		c.options.Credential.Accepted(authorization)
	}
	return false
}
