package provider

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// unreachableProxy says that the proxy couldn't be reached, or returns "".
func unreachableProxy(err error, setting settingValue) string {
	var proxy, dial *net.OpError
	if errors.As(err, &proxy) && proxy.Op == "proxyconnect" && errors.As(proxy.Err, &dial) &&
		dial.Addr != nil {
		return fmt.Sprintf("the provider couldn't connect to the proxy %s from %s",
			dial.Addr, setting.source)
	}
	return ""
}

// connectionAdvice returns what to do about a failed connection.
func connectionAdvice(err error, proxySet settingValue) string {
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
		return "Check " + proxySet.source + " and NO_PROXY in the environment: the proxy's address, " +
			"user, and password, and whether it allows connections to this host."
	case errors.As(err, &hostname):
		return "The server's certificate is for another host. Check for a proxy that intercepts TLS."
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "The server's certificate has expired, or isn't valid yet. Check this computer's clock. " +
			"If the clock is right, the server needs a new certificate."
	case errors.As(err, &certificate):
		return "If a proxy uses its own certificate, set ca_cert_pem in the provider configuration to " +
			"its CA certificate."
	case errors.As(err, &operation) && operation.Op == "remote error":
		return "The server ended the TLS handshake. Some servers and proxies require a client " +
			"certificate, which the provider can't send."
	case errors.As(err, &record):
		return "The server doesn't use TLS. Check the scheme and the port."
	case errors.As(err, &handshake):
		return "The server, or a proxy in front of it, has an invalid certificate or TLS version. Ask " +
			"its operator to fix this."
	case errors.Is(err, rest.ErrRequestTimeout):
		return "If responses take longer, raise request_timeout in the provider configuration."
	}
	if proxySet.source != "" {
		return "Check your network and " + proxySet.source + "."
	}
	return "Check your network."
}
