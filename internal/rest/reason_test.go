package rest

import (
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTheServersReasonIsRead has the forms of errors that aren't an API's own.
func TestTheServersReasonIsRead(t *testing.T) {
	t.Parallel()
	type reason struct{ Code, Message string }
	for body, want := range map[string]reason{
		`{"error":"invalid_client","error_description":"no such app"}`: {"invalid_client", "no such app"},
		`{"message":"slow down"}`:                                      {"", "slow down"},
		`{"error":"limit","message":"slow down"}`:                      {"limit", "slow down"},
		`{"type":"about:blank","title":"t"}`:                           {"", "t"},
		`{"title":"t","status":403,"detail":"d"}`:                      {"", "d"},
		`{"title":"t","message":"m"}`:                                  {"", "m"},
		`{"message":"m","error_description":"d"}`:                      {"", "d"},
		`{"error":"no"}`:                                               {"", "no"},
		`{"error":"no","message":" "}`:                                 {"", "no"},
		`{"error":{"message":"m"}}`:                                    {},
		`{"message":7,"detail":["d"],"title":"t"}`:                     {"", "t"},
		`{"message":null}`:                                             {},
		"\ufeff" + `{"message":"m"}`:                                   {"", "m"},
		"upstream timed out\r\nat line 2":                              {"", "upstream timed out"},
		"\n\n  no healthy upstream":                                    {"", "no healthy upstream"},
		"<Error>no</Error>":                                            {},
		`{"message":"cut`:                                              {},
		"[1":                                                           {},
		`[{"message":"m"}]`:                                            {},
		"":                                                             {},
		" \n":                                                          {},
		"\xff\xfe no":                                                  {},
	} {
		client, _ := newClientOf(t, inTurn(fixed(http.StatusForbidden, body)))
		_, err := get(t.Context(), client)
		got, ok := errors.AsType[*StatusError](err)
		if !ok || (reason{got.Code, got.Message}) != want {
			t.Errorf("%q: got %v", body, err)
		}
	}
}

// TestTheAPIsOwnFormComesFirst has an API whose errors have a message, a code, or both.
func TestTheAPIsOwnFormComesFirst(t *testing.T) {
	t.Parallel()
	type reason struct{ Code, Message string }
	for own, want := range map[reason]reason{
		{"1", "own"}: {"1", "own"}, {"", "own"}: {"e", "own"},
		{"1", ""}: {"1", "d"}, {"", ""}: {"e", "d"},
	} {
		client, _ := newClientOf(t, inTurn(fixed(403, `{"error":"e","detail":"d"}`)), func(o *Options) {
			o.ReadError = func(e *StatusError, _ http.Header, _ []byte) {
				e.Code, e.Message = own.Code, own.Message
			}
		})
		_, err := get(t.Context(), client)
		got, ok := errors.AsType[*StatusError](err)
		if !ok || (reason{got.Code, got.Message}) != want {
			t.Errorf("%v: got %v", own, err)
		}
	}
}

// TestASuccessThatIsAnErrorDocument gets an error with a status of 200.
func TestASuccessThatIsAnErrorDocument(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"error":"e","detail":"no ` + secret + `"}`: "it reports an error, code e: no (redacted)",
		`{"message":"no access"}`:                    "it reports an error: no access",
		`{"error":{"message":"nested"}}`:             `it has no "name"`,
		`{"name":7,"message":"no access"}`:           `its field "name" is a number`,
		`{"name":"bad","title":"a field"}`:           `it is bad`,
	} {
		client, _ := newClientOf(t, inTurn(fixed(200, body)))
		_, err := get(t.Context(), client)
		got, ok := errors.AsType[*ResponseError](err)
		if !ok {
			t.Errorf("%s: got %v", body, err)
		} else if diff := cmp.Diff(want, got.Reason); diff != "" {
			t.Errorf("%s: %s", body, diff)
		}
	}
}
