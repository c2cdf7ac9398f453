package rest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ledger is a credential that records calls, and always has another value.
type ledger struct {
	given int
	told  []string
}

func (l *ledger) Authorization(context.Context) (string, error) {
	l.given++
	return fmt.Sprintf("token-%d", l.given), nil
}

func (l *ledger) Accepted(authorization string) {
	l.told = append(l.told, authorization+" accepted")
}

func (l *ledger) Refused(authorization string) bool {
	l.told = append(l.told, authorization+" refused")
	return true
}

// TestCredentialLearnsWhetherItWasAccepted has responses that accept or refuse it, and others.
func TestCredentialLearnsWhetherItWasAccepted(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		api  roundTripper
		told []string
	}{
		"good":      {inTurn(good), []string{"token-1 accepted"}},
		"not found": {inTurn(fixed(404, "")), []string{"token-1 accepted"}},
		"forbidden": {inTurn(fixed(403, "")), []string{"token-1 accepted"}},
		"a fault":   {inTurn(fixed(500, ""), good), []string{"token-2 accepted"}},
		"a limit":   {inTurn(fixed(429, ""), good), []string{"token-2 accepted"}},
		"a broken connection": {inTurn(func(*http.Request) *http.Response {
			response := newResponse(200, "")
			response.Body = io.NopCloser(readerFunc(func([]byte) (int, error) {
				return 0, errors.New("reset")
			}))
			return response
		}, good), []string{"token-2 accepted"}},
		"another server's response": {inTurn(fixed(200, "<html>")), nil},
		"refused once": {
			inTurn(fixed(401, ""), good), []string{"token-1 refused", "token-2 accepted"},
		},
		"refused twice": {
			inTurn(fixed(401, ""), fixed(401, ""), good),
			[]string{"token-1 refused", "token-2 refused"},
		},
	} {
		credential := &ledger{}
		client, _ := newClientOf(t, test.api, func(o *Options) {
			o.Credential = credential
		})
		_, _ = get(t.Context(), client)
		if diff := cmp.Diff(test.told, credential.told); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
