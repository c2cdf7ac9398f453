package provider

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// unreachableProxy says which proxy couldn't be reached, or returns "".
func unreachableProxy(err error) string {
	var proxy, dial *net.OpError
	if errors.As(err, &proxy) && proxy.Op == "proxyconnect" && errors.As(proxy.Err, &dial) &&
		dial.Addr != nil {
		return fmt.Sprintf("the provider couldn't connect to the proxy %s from HTTPS_PROXY", dial.Addr)
	}
	return ""
}

// connectionAdvice says what to do.
func connectionAdvice(err error) string {
	var (
		proxy       *rest.ProxyError
		certificate *tls.CertificateVerificationError
		invalid     x509.CertificateInvalidError
		hostname    x509.HostnameError
		operation   *net.OpError
		record      tls.RecordHeaderError
		handshake   *rest.HandshakeError
	)
	switch {
	case errors.As(err, &proxy), rest.IsSOCKSRefusal(err),
		errors.As(err, &operation) && operation.Op == "proxyconnect":
		return "Check HTTPS_PROXY and NO_PROXY in the environment: the proxy's address, user, and " +
			"password, and whether it allows connections to this host."
	case errors.As(err, &hostname):
		return "The server's certificate is for another host."
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "The server's certificate has expired, or isn't valid yet. Check this computer's clock. " +
			"If it is right, the server needs a new certificate."
	case errors.As(err, &certificate):
		return "If a proxy uses its own certificate, set ca_cert_pem in the provider configuration to " +
			"its CA certificate."
	case errors.As(err, &operation) && operation.Op == "remote error":
		return "The server ended the TLS handshake. Some servers and proxies require a client " +
			"certificate, which the provider can't send."
	case errors.As(err, &record):
		return "The server doesn't use TLS. Check the scheme and the port."
	case errors.As(err, &handshake):
		return "The certificate or TLS version of the server, or of a proxy in front of it, isn't " +
			"valid. Ask the person who runs it to fix it."
	case errors.Is(err, rest.ErrRequestTimeout):
		return "If responses take longer, raise request_timeout in the provider configuration."
	}
	return "Check your network and HTTPS_PROXY."
}
