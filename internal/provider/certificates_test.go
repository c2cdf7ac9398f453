package provider

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strings"
	"testing"
)

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
	windows := "\ufeff" + strings.ReplaceAll(certificate, "\n", "\r\n")
	noEnd := strings.TrimRight(certificate, "\n")
	for _, text := range []string{
		certificate, noEnd, windows, certificate + certificate, certificate + "\n\n" + windows[3:],
		"subject=CN = proxy\n" + certificate + "issued by us: BEGIN to END\n" + certificate + "# the end",
		"\t\n" + certificate,
	} {
		if got, err := parseCertificates(text); err != nil || !got.Equal(want) {
			t.Errorf("got %v for\n%s", err, text)
		}
	}

	encode := func(typ string, data []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: typ, Bytes: data}))
	}
	begin, end := "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
	for name, text := range map[string]string{
		"empty":              "",
		"a path":             "/etc/proxy.pem",
		"DER":                string(block.Bytes),
		"no certificate":     encode("CERTIFICATE", []byte("x")),
		"more than one":      encode("CERTIFICATE", append(block.Bytes, block.Bytes...)),
		"cut":                encode("CERTIFICATE", block.Bytes[:100]),
		"another block":      encode("X509 CRL", block.Bytes),
		"a private key":      encode("PRIVATE KEY", []byte("x")),
		"a key in the place": strings.ReplaceAll(certificate, "CERTIFICATE", "RSA PRIVATE KEY"),
		"no end":             certificate[:len(certificate)/2],
		"no line of the end": strings.TrimSuffix(certificate, end+"\n"),
		"no begin":           certificate[len(begin)+1:],
		"a short begin":      certificate[2:],
		"no dash of a begin": strings.TrimLeft(certificate, "-"),
		"a short end":        strings.TrimRight(certificate, "-\n"),
		"one line":           strings.ReplaceAll(certificate, "\n", " "),
		"one line, escaped":  strings.ReplaceAll(certificate, "\n", `\n`),
		"other base64":       strings.Replace(certificate, "M", "!", 1),
		"indented":           strings.ReplaceAll(certificate, "\n", "\n  "),
		"other dashes":       strings.ReplaceAll(certificate, "-----", "\u2014"),
		"small letters":      strings.ReplaceAll(certificate, "CERTIFICATE", "certificate"),
	} {
		texts := []string{text}
		if name != "empty" && name != "a path" && name != "DER" { // valid text around a certificate
			texts = append(texts, certificate+text, text+"\n"+certificate, certificate+text+"\n"+certificate)
		}
		for _, text := range texts {
			_, err := parseCertificates(text)
			if !errors.Is(err, errCertificates) && !errors.Is(err, errMalformedCertificate) {
				t.Errorf("%s: got %v for\n%s", name, err, text)
			}
		}
	}
}

// TestMalformedCertificatesHaveTheParsersReason has a negative serial number, which some corporate
// authorities issue and Go refuses.
func TestMalformedCertificatesHaveTheParsersReason(t *testing.T) {
	t.Parallel()
	block, _ := pem.Decode([]byte(newTLSMock(t).certificate))
	// A serial number of 16 bytes follows the version. Its first bit is the sign.
	start := bytes.Index(block.Bytes, []byte{0x02, 0x10}) + 2
	block.Bytes[start] |= 0x80
	_, err := parseCertificates(string(pem.EncodeToMemory(block)))
	if want := "contains a malformed certificate: x509: negative serial number"; err == nil ||
		err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
