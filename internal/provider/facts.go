package provider

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// attempts returns how the attempts went, if more attempts were possible.
func attempts(err error, timeLimit string, retryLimit int) string {
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
	case isWait:
		return fmt.Sprintf("Gave up%s: the %s leaves no time for another.", after, timeLimit)
	case errors.Is(failed.Stopped, context.DeadlineExceeded):
		return fmt.Sprintf("Gave up%s: the %s was reached.", after, timeLimit)
	case errors.Is(failed.Stopped, rest.ErrRetriesExhausted):
		return fmt.Sprintf("Gave up%s (max_retries is %d).", after, retryLimit)
	}
	return ""
}

// facts returns the API's response as lines, to search for or to send to support.
func facts(err error, requestIDName string) []string {
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
	for _, fact := range append(more, [2]string{requestIDName, requestID}) {
		if fact[1] != "" {
			lines = append(lines, fact[0]+": "+fact[1])
		}
	}
	return lines
}
