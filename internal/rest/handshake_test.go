package rest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"testing"
	"time"
)

// negativeSerial returns a certificate with a negative serial number, as some companies' CAs issue.
// Go refuses to create one and to parse it.
func negativeSerial(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	serial := []byte{0x7a, 0x1b, 0x2c, 0x3d, 0x4e, 0x5f}
	template := &x509.Certificate{
		SerialNumber: new(big.Int).SetBytes(serial), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	der[bytes.Index(der, serial)] |= 0x80
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// TestOnlyLostHandshakesAreRetried has servers that end the handshake in different ways.
func TestOnlyLostHandshakesAreRetried(t *testing.T) {
	t.Parallel()
	config := &tls.Config{
		Certificates: []tls.Certificate{negativeSerial(t)}, MinVersion: tls.VersionTLS12,
	}
	for name, test := range map[string]struct {
		serve   func(net.Conn)
		refused bool
	}{
		"negative serial number": {func(conn net.Conn) {
			_ = tls.Server(conn, config).HandshakeContext(t.Context())
		}, true},
		"no TLS": {func(conn net.Conn) {
			_, _ = io.WriteString(conn, "HTTP/1.1 400 Bad Request\r\n\r\n")
		}, true},
		"alert": {func(conn net.Conn) { _, _ = conn.Write([]byte{21, 3, 3, 0, 2, 2, 70}) }, true},
		"closed": {func(conn net.Conn) {
			_, _ = conn.Read(make([]byte, 1))
			_ = conn.Close()
		}, false},
	} {
		address, connections := rawServer(t, test.serve)
		client, _ := newClient(t, "https://"+address)
		_, err := get(t.Context(), client)
		handshake, refused := errors.AsType[*HandshakeError](err)
		attempts, stopped := int64(3), ErrRetriesExhausted
		if test.refused {
			attempts, stopped = 1, ErrFinal
		}
		if refused != test.refused || !errors.Is(err, stopped) || connections.Load() != attempts {
			t.Errorf("%s: %d handshakes, %v, %v", name, connections.Load(), handshake, err)
		}
	}
}

// TestASlowHandshakeIsRetried has a server that accepts connections and never responds.
func TestASlowHandshakeIsRetried(t *testing.T) {
	t.Parallel()
	address, connections := rawServer(t, func(net.Conn) {})
	client, _ := newClient(t, "https://"+address)
	client.transport.(*http.Transport).TLSHandshakeTimeout = time.Millisecond
	_, err := get(t.Context(), client)
	_, refused := errors.AsType[*HandshakeError](err)
	if refused || !errors.Is(err, ErrRetriesExhausted) || connections.Load() != 3 {
		t.Errorf("%d handshakes, %v", connections.Load(), err)
	}
}
