package provider

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

// noToken is a request for an access token that ended with a response of this status.
func noToken(status int, html, retryable bool) error {
	return &rest.CredentialError{Err: &rest.Error{
		Attempts: 1, Stopped: rest.ErrFinal,
		Err: &rest.StatusError{StatusCode: status, HTML: html, Retryable: retryable},
	}}
}

// withStatus is a request that ended with a response of this status.
func withStatus(status int) error {
	return &rest.Error{
		Attempts: 1, Stopped: rest.ErrFinal, Err: &rest.StatusError{StatusCode: status},
	}
}

// thing is what the errors of these tests are about. Its base URL is the default.
func thing() subject {
	app := wixClient{connection: connection{
		api: wixAPI, retryLimit: 4,
		credential: credential{credentialKind: wixApp, sources: []string{"wix_app_id"}},
		proxy:      settingValue{source: "https_proxy"},
	}}
	s := app.subject("Wix Thing", "thing 1", settingValue{})
	s.explainOwn = func(err error) *explanation { return explainWixList(s.thing, err) }
	return s
}

// explained returns the diagnostic of an error as one string.
func explained(err error, s subject) string {
	d := s.diagnostic(err, "time limit of 1m (timeout)")
	return d.Summary() + "\n\n" + d.Detail()
}

// TestErrorsThatNoMockCauses has the full text of their diagnostics.
func TestErrorsThatNoMockCauses(t *testing.T) {
	t.Parallel()
	refused := &rest.StatusError{StatusCode: http.StatusTooManyRequests, RetryAfter: time.Minute}
	refusedConnection := &net.OpError{
		Op: "proxyconnect", Net: "tcp", Err: &net.OpError{
			Op: "dial", Net: "tcp", Addr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 3128},
			Err: errors.New("connect: connection refused"),
		},
	}
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"interrupted": {
			&rest.Error{Attempts: 2, Stopped: context.Canceled, Err: refused},
			"Terraform was interrupted while reading thing 1.\n\nStatus: 429 Too Many Requests",
		},
		"never sent": {
			&rest.Error{Stopped: context.DeadlineExceeded, Err: rest.ErrQueued},
			"Time ran out before the next request for thing 1 could be sent.\n\nIf many reads are " +
				"queued, raise max_concurrent_requests in the provider configuration.\n\n" +
				"Gave up: the time limit of 1m (timeout) was reached.",
		},

		"waiting for another's response": {
			&rest.Error{Stopped: context.DeadlineExceeded, Err: rest.ErrShared},
			"Time ran out while waiting for another data source's request for thing 1.\n\n" +
				"Gave up: the time limit of 1m (timeout) was reached.",
		},
		"delayed by the rate limit": {
			&rest.Error{Stopped: &rest.WaitError{Wait: 2 * time.Minute}, Err: refused},
			"Wix limits the rate of requests, so the next request for thing 1 couldn't be sent in " +
				"time. The response below belongs to the request that Wix refused.\n\nRun Terraform " +
				"again later, or lower max_concurrent_requests in the provider configuration.\n\n" +
				"Gave up: the time limit of 1m (timeout) leaves no time for another.\n\n" +
				"Status: 429 Too Many Requests",
		},
		"no response in time": {
			&rest.Error{
				Attempts: 3, Stopped: context.DeadlineExceeded,
				Err: errors.Join(&rest.TransportError{}, context.DeadlineExceeded),
			},
			"The request to Wix for thing 1 timed out.\n\n" +
				"Gave up after 3 attempts: the time limit of 1m (timeout) was reached.",
		},
		"a proxy that doesn't respond": {
			&rest.Error{
				Attempts: 5, Stopped: rest.ErrRetriesExhausted,
				Err: errors.Join(&rest.TransportError{}, refusedConnection),
			},
			"The request to Wix for thing 1 failed: the provider couldn't connect to the proxy " +
				"127.0.0.1:3128 from https_proxy.\n\nCheck https_proxy and NO_PROXY in the " +
				"environment: the proxy's address, user, and password, and whether it allows " +
				"connections to this host.\n\nGave up after 5 attempts (max_retries is 4).",
		},
		"a redirect": {
			&rest.Error{Attempts: 1, Stopped: rest.ErrFinal, Err: &rest.RedirectError{
				StatusCode: http.StatusFound, Host: "login.example", RequestID: "1.2",
			}},
			"Wix redirected the request for thing 1 to \"login.example\". The provider doesn't " +
				"follow redirects, because they could send the credentials to another host.\n\n" +
				"Check for a proxy that responds instead of Wix.\n\nStatus: 302 Found\nRequest ID: 1.2",
		},
		"an HTML page": {
			&rest.Error{Attempts: 1, Stopped: rest.ErrFinal, Err: &rest.ResponseError{
				StatusCode: http.StatusOK, HTML: true,
			}},
			"Wix returned an HTML page instead of JSON for thing 1.\n\n" +
				"Check for a proxy that responds instead of Wix.\n\nStatus: 200 OK",
		},
		"an unexpected response": {
			&rest.Error{Attempts: 1, Stopped: rest.ErrFinal, Err: &rest.ResponseError{
				StatusCode: http.StatusOK, Reason: "it is empty", RequestID: "1.2",
			}},
			"Wix returned an unexpected response for thing 1: it is empty.\n\nWix's API might " +
				"have changed or failed. Send the Request ID to Wix, and report it at " +
				"https://github.com/terraform-attachments/terraform-provider-attachments/issues.\n\n" +
				"Status: 200 OK\nRequest ID: 1.2",
		},
		"a list that changes": {
			wix.ErrListChanged,
			"The list of thing 1 changed each time it was read.\n\nRun Terraform again when nothing " +
				"is being added or removed.",
		},
		"a list without an end": {
			wix.ErrTooManyPages,
			"Wix's list of thing 1 is too long: the list has more than 500 pages.\n\nRead the " +
				"attachments that you need with wix_contact_attachment.",
		},
		"a list with a large page": {
			&rest.Error{Attempts: 1, Stopped: rest.ErrFinal, Err: errors.Join(
				&rest.ResponseError{StatusCode: http.StatusOK}, &rest.SizeError{Max: 4 << 20})},
			"Wix's list of thing 1 is too long: a page exceeds 4 MiB.\n\nRead the attachments that you " +
				"need with wix_contact_attachment.\n\nStatus: 200 OK",
		},
		"no token": {
			noToken(http.StatusBadRequest, false, false),
			"Wix issued no access token for the app from wix_app_id, so thing 1 couldn't be read." +
				"\n\nCheck the app ID, the app secret, and the instance ID.\n\nStatus: 400 Bad Request",
		},
		"no token from what responds in Wix's place": {
			noToken(http.StatusBadRequest, true, false),
			"Wix rejected the request for an access token.\n\nThe response is an HTML page. " +
				"Check for a proxy that responds instead of Wix.\n\nStatus: 400 Bad Request",
		},
		"no token for now": {
			noToken(http.StatusTooManyRequests, false, true),
			"Wix rate-limited the request for an access token.\n\nRun Terraform again later, or " +
				"lower max_concurrent_requests in the provider configuration.\n\n" +
				"Status: 429 Too Many Requests",
		},
		"an error that nobody expects": {
			errors.New("no"), "Unable to request thing 1 from Wix: no.",
		},
	} {
		got := explained(test.err, thing())
		if diff := cmp.Diff("Unable to Read Wix Thing\n\n"+test.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestBaseURLAdviceNeedsABaseURL has each error that a wrong base URL can cause. Only if a base URL
// is set, the advice names it, with its source and value.
func TestBaseURLAdviceNeedsABaseURL(t *testing.T) {
	t.Parallel()
	ended := func(err error) error {
		return &rest.Error{Attempts: 1, Stopped: rest.ErrFinal, Err: err}
	}
	const advice = ` Check the base URL: WIX_BASE_URL is "https://wix.example".`
	for name, err := range map[string]error{
		"400":      withStatus(http.StatusBadRequest),
		"501":      withStatus(http.StatusNotImplemented),
		"404":      ended(&rest.StatusError{StatusCode: http.StatusNotFound, Kind: rest.ErrNotFound}),
		"HTML":     ended(&rest.StatusError{StatusCode: http.StatusBadRequest, HTML: true}),
		"redirect": ended(&rest.RedirectError{StatusCode: http.StatusFound}),
		"page":     ended(&rest.ResponseError{HTML: true}),
		"response": ended(&rest.ResponseError{}),
		"network":  ended(&rest.TransportError{}),
		"no token": noToken(http.StatusBadRequest, false, false),
	} {
		s := thing()
		if got := explained(err, s); strings.Contains(got, "base URL") {
			t.Errorf("%s, by default: got %q", name, got)
		}
		s.usedBaseURL = settingValue{text: "https://wix.example", source: "WIX_BASE_URL"}
		got := strings.ReplaceAll(explained(err, s), "\n", " ")
		if !strings.Contains(got, advice) {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

// TestRejectedCredentialsAreNamed has the advice for each kind of credential.
func TestRejectedCredentialsAreNamed(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]connection{
		"Linq rejected the API key from LINQ_API_KEY while reading thing 1.\n\nCheck that the key is " +
			"complete, and that it hasn't expired or been deleted in Linq's dashboard.": {
			api: linqAPI, credential: credential{
				credentialKind: linqAPI.credentials[0], sources: []string{"LINQ_API_KEY"},
			},
		},
		"Wix rejected the API key from wix_api_key while reading thing 1.\n\nCheck that the key is " +
			"complete and hasn't been deleted, and that it has the permission " + wixScope + ".": {
			api: wixAPI, credential: credential{
				credentialKind: wixAPI.credentials[0], sources: []string{"wix_api_key"},
			},
		},
		"Wix rejected the access token from WIX_ACCESS_TOKEN while reading thing 1.\n\nAccess " +
			"tokens expire after a few hours. Set a new access token, with the permission " +
			wixScope + ".": {
			api: wixAPI, credential: credential{
				credentialKind: wixAPI.credentials[1], sources: []string{"WIX_ACCESS_TOKEN"},
			},
		},
		"Wix rejected the app from wix_app_id while reading thing 1.\n\nThe app must have the " +
			"permission " + wixScope + " on the site of its installation.": thing().connection,
	} {
		got := explained(withStatus(http.StatusUnauthorized),
			subject{connection: c, title: "Thing", thing: "thing 1"})
		want = "Unable to Read Thing\n\n" + want + "\n\nStatus: 401 Unauthorized"
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

// TestTemporaryErrorsSayToRunAgain has the statuses that are retried, and some that aren't.
func TestTemporaryErrorsSayToRunAgain(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status    int
		retryable bool
		want      string
	}{
		{408, true, "Run Terraform again later."},
		{425, true, "Run Terraform again later."},
		{409, true, "Run Terraform again later."},
		{429, true, "Run Terraform again later, or lower"},
		{503, true, "Run Terraform again later."},
		{409, false, "the same request will fail again."},
		{422, false, "the same request will fail again."},
		{501, false, "Wix doesn't support the request"},
	} {
		got := explained(&rest.Error{
			Attempts: 1, Stopped: rest.ErrFinal,
			Err: &rest.StatusError{StatusCode: test.status, Retryable: test.retryable},
		}, thing())
		if !strings.Contains(got, test.want) {
			t.Errorf("%d: got %q", test.status, got)
		}
	}
}

func TestForbiddenSaysWhatTheSiteIs(t *testing.T) {
	t.Parallel()
	client := func(kind credentialKind, source setting) wixClient {
		return wixClient{connection: connection{api: wixAPI, credential: credential{
			credentialKind: kind,
			sources:        []string{source.argument},
			values:         map[string]settingValue{source.argument: {text: "x", source: source.argument}},
		}}}
	}
	key := client(wixAPI.credentials[0], wixAPIKey)
	token := client(wixAPI.credentials[1], wixAccessToken)
	app := client(wixApp, wixAppID)
	site := settingValue{text: mockapi.DefaultWixSiteID, source: "WIX_SITE_ID"}
	for want, test := range map[string]struct {
		client wixClient
		site   settingValue
	}{
		"The app must have the permission " + wixScope + " on the site of its installation.": {
			app, settingValue{},
		},
		"Check the site ID from WIX_SITE_ID. The API key from wix_api_key must have the permission " +
			wixScope + ".": {key, site},
		"An API key needs a site ID: set site_id here, wix_site_id in the provider configuration, or " +
			"WIX_SITE_ID in the environment. The API key from wix_api_key must have the permission " +
			wixScope + ".": {key, settingValue{}},
		"The access token from wix_access_token must have the permission " + wixScope + ".": {
			token, settingValue{},
		},
	} {
		for _, status := range []int{http.StatusForbidden, http.StatusPreconditionRequired} {
			got := test.client.subject("Wix Thing", "thing 1", test.site).explain(withStatus(status))
			if got.advice != want {
				t.Errorf("%d: got %q, want %q", status, got.advice, want)
			}
		}
	}
}
