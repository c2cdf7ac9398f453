package provider

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strings"
	"testing"
)

func TestCheckGUID(t *testing.T) {
	t.Parallel()
	const valid = "550e8400-e29b-41d4-a716-446655440000"
	for text, want := range map[string]error{
		valid: nil, strings.ToUpper(valid): nil,
		"": errGUID, "{" + valid + "}": errGUID, "a" + valid: errGUID, valid + "a": errGUID,
		" " + valid: errGUID, strings.ReplaceAll(valid, "-", ""): errGUID,
		strings.Replace(valid, "5", "g", 1): errGUID, valid + "\n": errGUID,
	} {
		if got := checkGUID(text); !errors.Is(got, want) {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

func TestParseCertificates(t *testing.T) {
	t.Parallel()
	certificate := newTLSMock(t).certificate
	block, _ := pem.Decode([]byte(certificate))
	parsed, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	want, err := x509.SystemCertPool()
	if err != nil {
		t.Fatal(err)
	}
	want.AddCert(parsed)
	for _, text := range []string{certificate, "of a proxy\n" + certificate + certificate} {
		if got, err := parseCertificates(text); err != nil || !got.Equal(want) {
			t.Errorf("got %v for\n%s", err, text)
		}
	}

	broken := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte("x")}))
	other := string(pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: block.Bytes}))
	for _, text := range []string{
		"", "certificate", broken, certificate + broken, other, certificate + other,
	} {
		if _, err := parseCertificates(text); !errors.Is(err, errNoCert) {
			t.Errorf("got %v for\n%s", err, text)
		}
	}
}
