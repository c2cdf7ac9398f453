package provider

import (
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
	"testing/synctest"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// TestConnectionAdvice has advice for each cause of a broken connection.
func TestConnectionAdvice(t *testing.T) {
	t.Parallel()
	verification := func(err error) error { return &tls.CertificateVerificationError{Err: err} }
	for want, causes := range map[string][]error{
		"Check https_proxy and NO_PROXY": {
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
			verification(x509.CertificateInvalidError{Reason: x509.TooManyIntermediates}),
		},
		"require a client certificate": {
			&net.OpError{Op: "remote error", Err: tls.AlertError(116)},
		},
		"The server doesn't use TLS.": {&rest.HandshakeError{Err: tls.RecordHeaderError{}}},
		"The server, or a proxy in front of it, has an invalid": {
			&rest.HandshakeError{Err: errors.New("x509: negative serial number")},
		},
		"raise request_timeout": {fmt.Errorf("%w of 1s", rest.ErrRequestTimeout)},
		"Check your network and https_proxy.": {
			io.ErrUnexpectedEOF, &net.DNSError{IsNotFound: true},
			&net.OpError{Op: "socks connect", Err: &net.OpError{Op: "dial", Err: io.EOF}},
		},
	} {
		for _, cause := range causes {
			got := connectionAdvice(cause, settingValue{source: "https_proxy"})
			if !strings.Contains(got, want) {
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
			"The server's certificate is for another host. Check for a proxy that intercepts TLS. Check " +
				"the base URL: LINQ_API_V3_BASE_URL is ",
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

// TestTheCauseOutlastsTheTimeLimit has a lost connection, and then no response until time runs out.
func TestTheCauseOutlastsTheTimeLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		requests := 0
		s := serveSlow(t, transport(func(r *http.Request) (*http.Response, error) {
			if requests++; requests == 1 {
				return nil, io.ErrUnexpectedEOF
			}
			<-r.Context().Done()
			return nil, r.Context().Err()
		}))
		problems := s.readOnly(t, linqAttachment.typeName,
			with[any](readPhoto, "timeout", "3s")).problems
		want := "The request to Linq for " + photo + " failed: the connection was closed before the " +
			"response was complete."
		if len(problems) != 1 || !strings.HasPrefix(problems[0].Detail, want) ||
			!strings.HasSuffix(problems[0].Detail, "Gave up after 2 attempts: the time limit of 3s "+
				"(timeout) was reached.") {
			t.Errorf("got %v", problems)
		}
	})
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
