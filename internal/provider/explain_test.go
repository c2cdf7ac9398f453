package provider

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

// noToken is a request for an access token that ended with an answer of this status.
func noToken(status int, webPage bool) error {
	return &rest.CredentialError{Err: &rest.Error{
		Attempts: 1, Stopped: rest.ErrFinal,
		Err: &rest.StatusError{StatusCode: status, WebPage: webPage},
	}}
}

// TestReadDiagnosticOfErrors has those that no mock can be made to cause at will.
func TestReadDiagnosticOfErrors(t *testing.T) {
	t.Parallel()
	subject := subject{
		vendor: wixVendor, entity: "Wix Thing", object: "thing 1", credentialOrigin: "wix.app",
		timeout: time.Minute, limit: "timeouts.read",
	}
	refused := &rest.StatusError{StatusCode: http.StatusServiceUnavailable}
	const fault = "This is a fault of the service or of what lies before it. Run again later.\n\n"
	const wrongURL = "Look at wix.base_url in the provider configuration, or WIX_BASE_URL in the " +
		"environment."
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"interrupted": {
			&rest.Error{Attempts: 2, Stopped: context.Canceled, Err: refused},
			"The run was interrupted while thing 1 was read.\n\nStatus: 503 Service Unavailable",
		},
		"never had its turn": {
			&rest.Error{Stopped: context.DeadlineExceeded, Err: &rest.TransportError{}},
			"Wix gave no answer for thing 1 in time.\n\nThe read's time limit of 1m0s ran out while " +
				"it waited for its turn, or for another block's request for the same. Raise " +
				"timeouts.read of the block.",
		},
		"held back by another block's answer": {
			&rest.Error{Stopped: &rest.WaitError{Wait: 2*time.Minute + 345}, Err: refused},
			"Wix failed to give thing 1.\n\n" + fault + "After an answer to another block's request, " +
				"the next would have had to wait for 2m0s, which is more than the read's time limit " +
				"of 1m0s leaves. Raise timeouts.read of the block.\n\nStatus: 503 Service Unavailable",
		},
		"a list that changes": {
			wix.ErrListChanged,
			"The list of thing 1 changed each time it was read.\n\nRun again when nothing is being " +
				"added or removed.",
		},
		"no token": {
			noToken(http.StatusBadRequest, false),
			"Wix gave the app of wix.app no access token, so that thing 1 can't be read.\n\nLook at " +
				"the app's id, its secret, and the id of its installation (instance_id). Where these " +
				"are right, look at wix.base_url in the provider configuration, or WIX_BASE_URL in " +
				"the environment.\n\nStatus: 400 Bad Request",
		},
		"no token from whatever answers in Wix's place": {
			noToken(http.StatusBadRequest, true),
			"Wix refused to give an access token for the app.\n\nRunning again won't help. What was " +
				"sent is made of the arguments of the block and the settings of the provider. The " +
				"answer is a web page, not an API's. " + wrongURL + "\n\nStatus: 400 Bad Request",
		},
		"no token for now": {
			noToken(http.StatusTooManyRequests, false),
			"Wix limits the rate of requests, and refused to give an access token for the app." +
				"\n\nRun again later, or with fewer requests at once: lower max_concurrent_requests " +
				"of the provider.\n\nStatus: 429 Too Many Requests",
		},
	} {
		got := readDiagnostic(test.err, subject)
		if diff := cmp.Diff([]string{"Unable to Read Wix Thing", test.want},
			[]string{got.Summary(), got.Detail()}); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestReadDiagnosticOfAnAttemptThatTakesTooLong(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	api.Fail("", mockapi.Stall)
	result := read(t, api.env(), values{"request_timeout": "1s", "max_retries": 0},
		linqAttachmentType, readPhoto)
	want := []problem{{
		"Unable to Read Linq Attachment",
		"Linq gave no answer for " + photo + ": the request took longer than its time limit of 1s." +
			"\n\nRaise request_timeout of the provider where answers need longer. " + forLinqURL +
			"\n\nThis was the outcome of 1 attempt, the most that max_retries of the provider allows.",
		"",
	}}
	if diff := cmp.Diff(want, result.problems); diff != "" {
		t.Error(diff)
	}
}

func TestForbiddenSaysWhoseSite(t *testing.T) {
	t.Parallel()
	app, key := &wixAccount{siteIsImplied: true}, &wixAccount{}
	site := value{text: "another", source: "WIX_SITE_ID"}
	got := []string{
		app.forbidden(site)(http.StatusForbidden),
		key.forbidden(site)(http.StatusForbidden),
		key.forbidden(value{})(http.StatusForbidden),
		key.forbidden(site)(http.StatusPreconditionRequired),
	}
	want := []string{
		"The app must have the permission " + wixScope + " Its token is for the one site of its " +
			"instance_id: leave wix.site_id out.",
		otherSite, noSite, noSite,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
