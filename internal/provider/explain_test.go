package provider

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

// noToken is a request for an access token that ended with a response of this status.
// appSource is what a credential of an app is called.
const appSource = "app from wix_app_id"

func noToken(status int, html, retryable bool) error {
	return &rest.CredentialError{Err: &rest.Error{
		Attempts: 1, Stopped: rest.ErrFinal,
		Err: &rest.StatusError{StatusCode: status, HTML: html, Retryable: retryable},
	}}
}

// explained returns the diagnostic of an error as one string.
func explained(t *testing.T, err error, asked target) string {
	t.Helper()
	r := &reading{timeout: time.Minute}
	r.addError(err, asked)
	if len(r.diagnostics) != 1 {
		t.Fatalf("got %v", r.diagnostics)
	}
	return r.diagnostics[0].Summary() + "\n\n" + r.diagnostics[0].Detail()
}

// TestErrorsThatNoMockCauses has the full text of their diagnostics.
func TestErrorsThatNoMockCauses(t *testing.T) {
	t.Parallel()
	asked := (&wixAccount{account: account[*wix.Client]{credentialSource: appSource}}).target(
		"Wix Thing", "thing 1", value{text: "s"})
	asked.explain = func(err error) *explanation { return explainWixList("thing 1", err) }
	refused := &rest.StatusError{StatusCode: http.StatusServiceUnavailable, RetryAfter: time.Minute}
	const checkURL = "Check wix_base_url in the provider configuration, or WIX_BASE_URL in the " +
		"environment."
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"interrupted": {
			&rest.Error{Attempts: 2, Stopped: context.Canceled, Err: refused},
			"Terraform was interrupted while reading thing 1.\n\nStatus: 503 Service Unavailable",
		},
		"never sent": {
			&rest.Error{Stopped: context.DeadlineExceeded, Err: rest.ErrQueued},
			"Time ran out before the next request for thing 1 could be sent.\n\nIf many reads are " +
				"queued, raise max_concurrent_requests in the provider configuration.\n\n" +
				"The time limit is 1m0s. Raise timeout to wait longer.",
		},
		"waiting for another's response": {
			&rest.Error{Stopped: context.DeadlineExceeded, Err: rest.ErrShared},
			"Time ran out while waiting for another data source's request for thing 1.\n\n" +
				"The time limit is 1m0s. Raise timeout to wait longer.",
		},
		"held back by the rate limit": {
			&rest.Error{Stopped: &rest.WaitError{Wait: 2*time.Minute + 345}, Err: refused},
			"Wix limits the rate of requests, so the next request for thing 1 couldn't be sent in " +
				"time. The response below is for an earlier request.\n\nRun Terraform again later.\n\n" +
				"After an earlier request, waiting 2m0s for the next would exceed the time limit of 1m0s. " +
				"Raise timeout to wait longer.\n\nStatus: 503 Service Unavailable",
		},
		"a list that changes": {
			wix.ErrListChanged,
			"The list of thing 1 changed each time it was read.\n\nRun Terraform again when nothing " +
				"is being added or removed.",
		},
		"a list without an end": {
			wix.ErrTooManyPages,
			"The thing 1 can't be read together: the list has more than 500 pages.\n\nRead the " +
				"attachments that you need with wix_contact_attachment.",
		},
		"no token": {
			noToken(http.StatusBadRequest, false, false),
			"Wix issued no access token for the app from wix_app_id, which is needed to read thing 1." +
				"\n\nCheck the app ID, the app secret, and the instance ID. If they are right, check " +
				"wix_base_url in the provider configuration, or WIX_BASE_URL in the environment." +
				"\n\nStatus: 400 Bad Request",
		},
		"no token from what responds in Wix's place": {
			noToken(http.StatusBadRequest, true, false),
			"Wix rejected the request for an access token.\n\nThe response is an HTML page. " +
				checkURL + "\n\nStatus: 400 Bad Request",
		},
		"no token for now": {
			noToken(http.StatusTooManyRequests, false, true),
			"Wix rate-limited the request for an access token.\n\nRun Terraform again later, or " +
				"lower max_concurrent_requests in the provider configuration.\n\n" +
				"Status: 429 Too Many Requests",
		},
	} {
		got := explained(t, test.err, asked)
		if diff := cmp.Diff("Unable to Read Wix Thing\n\n"+test.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestConnectionAdvice has advice for each cause of a broken connection.
func TestConnectionAdvice(t *testing.T) {
	t.Parallel()
	verification := func(err error) error { return &tls.CertificateVerificationError{Err: err} }
	for want, causes := range map[string][]error{
		"Check HTTPS_PROXY and NO_PROXY": {
			&rest.ProxyError{StatusCode: 407},
			&net.OpError{Op: "socks connect", Err: errors.New("connection not allowed by ruleset")},
		},
		"Check this computer's clock.": {
			verification(x509.CertificateInvalidError{Reason: x509.Expired}),
		},
		"The server's certificate is for another host.": {
			verification(x509.HostnameError{Certificate: &x509.Certificate{}, Host: "a"}),
		},
		"set ca_cert_pem": {
			verification(x509.UnknownAuthorityError{}),
		},
		"require a client certificate": {
			&net.OpError{Op: "remote error", Err: tls.AlertError(116)},
		},
		"The server doesn't use TLS.": {&rest.HandshakeError{Err: tls.RecordHeaderError{}}},
		"The certificate or TLS version of the server": {
			&rest.HandshakeError{Err: errors.New("x509: negative serial number")},
		},
		"raise request_timeout": {fmt.Errorf("%w of 1s", rest.ErrRequestTimeout)},
		"Check your network and HTTPS_PROXY.": {
			io.ErrUnexpectedEOF, &net.DNSError{IsNotFound: true},
			&net.OpError{Op: "socks connect", Err: &net.OpError{Op: "dial", Err: io.EOF}},
		},
	} {
		for _, cause := range causes {
			if got := adviseOnTransport(cause, "base"); !strings.Contains(got, want) {
				t.Errorf("%v: got %q", cause, got)
			}
		}
	}
}

// TestTLSErrorsOfServersLeadToWhatToDo has servers with invalid certificates, and a server that
// requires a client certificate.
func TestTLSErrorsOfServersLeadToWhatToDo(t *testing.T) {
	t.Parallel()
	certificate := func(host string, until time.Time) tls.Certificate {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		template := &x509.Certificate{
			SerialNumber: big.NewInt(1), DNSNames: []string{host}, IsCA: true,
			BasicConstraintsValid: true, NotBefore: until.Add(-24 * time.Hour), NotAfter: until,
		}
		der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
		if err != nil {
			t.Fatal(err)
		}
		return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	}
	future, past := time.Now().Add(time.Hour), time.Now().Add(-time.Hour)
	for name, test := range map[string]struct {
		config *tls.Config
		want   string
	}{
		"expired": {
			&tls.Config{Certificates: []tls.Certificate{certificate("localhost", past)}},
			"Check this computer's clock.",
		},
		"another host": {
			&tls.Config{Certificates: []tls.Certificate{certificate("other.example", future)}},
			"The server's certificate is for another host. " + checkLinqURL,
		},
		"client certificate": {
			&tls.Config{
				Certificates: []tls.Certificate{certificate("localhost", future)},
				ClientAuth:   tls.RequireAnyClientCert,
			},
			"require a client certificate",
		},
	} {
		api := startMock(t, mockapi.Config{}, func(server *httptest.Server) {
			server.TLS = test.config
			server.StartTLS()
		})
		env := api.env()
		env["LINQ_API_V3_BASE_URL"] = strings.Replace(
			env["LINQ_API_V3_BASE_URL"], "127.0.0.1", "localhost", 1)
		result := read(t, env, values{"ca_cert_pem": api.certificate}, linqAttachment.typeName, readPhoto)
		if len(result.problems) != 1 || !strings.Contains(result.problems[0].Detail, test.want) {
			t.Errorf("%s: got %v", name, result.problems)
		}
	}
}

// TestTemporaryErrorsSayToRunAgain has the statuses that are retried, and some that aren't.
func TestTemporaryErrorsSayToRunAgain(t *testing.T) {
	t.Parallel()
	asked := linqAttachmentTarget(account[*linq.Client]{}, linq.Request{AttachmentID: "1"})
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
		{409, false, "Retrying won't help."},
		{422, false, "Retrying won't help."},
		{501, false, "Retrying won't help."},
	} {
		got := explained(t, &rest.Error{
			Attempts: 1, Stopped: rest.ErrFinal,
			Err: &rest.StatusError{StatusCode: test.status, Retryable: test.retryable},
		}, asked)
		if !strings.Contains(got, test.want) {
			t.Errorf("%d: got %q", test.status, got)
		}
	}
}

func TestReadDiagnosticOfAnAttemptThatTakesTooLong(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	api.Fail("", mockapi.Stall)
	result := read(t, api.env(), values{"request_timeout": "1s", "max_retries": 0},
		linqAttachment.typeName, readPhoto)
	want := []problem{{
		"Unable to Read Linq Attachment",
		"The request to Linq for " + photo + " failed: the request took longer than its time limit " +
			"of 1s.\n\nIf responses take longer, raise request_timeout in the provider " +
			"configuration. " + checkLinqURL + "\n\nThis was the result after 1 attempt. Raise " +
			"max_retries in the provider configuration to allow more.",
		"",
	}}
	if diff := cmp.Diff(want, result.problems); diff != "" {
		t.Error(diff)
	}
}

func TestForbiddenSaysWhatTheSiteIs(t *testing.T) {
	t.Parallel()
	app, key := &wixAccount{hasApp: true}, &wixAccount{}
	site := value{text: "another", source: "WIX_SITE_ID"}
	advice := func(a *wixAccount, site value, status int) string {
		err := &rest.Error{Attempts: 1, Err: &rest.StatusError{StatusCode: status}}
		return a.target("Wix Thing", "thing 1", site).explainError(err).advice
	}
	got := []string{
		advice(app, value{}, http.StatusForbidden),
		advice(key, site, http.StatusForbidden),
		advice(key, value{}, http.StatusForbidden),
		advice(key, value{}, http.StatusPreconditionRequired),
	}
	want := []string{
		"The app must have the permission " + wixScope + " on the site of its instance ID.",
		otherSite,
		noSite,
		noSite,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
