package provider

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"golang.org/x/net/http/httpguts"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// setting is an argument of the provider with its environment variables, or only variables.
type setting struct {
	argument string // such as "linq_api_key"
	name     string // as in "Invalid Linq API Key"
	// variables are used if the argument is unset. The first that isn't empty wins.
	variables []string
	// description is Markdown. [setting.attribute] adds the defaults: the variables, if the condition
	// is met, and then the defaultValue.
	description  string
	condition    string
	defaultValue string
	isSensitive  bool
	// check returns an error whose text follows the argument or variable in a sentence. It never shows
	// the value, which may be a secret.
	check func(string) error
}

var (
	requestTimeout        = setting{argument: "request_timeout", name: "Request Timeout"}
	maxRetries            = setting{argument: "max_retries", name: "Max Retries"}
	maxConcurrentRequests = setting{
		argument: "max_concurrent_requests", name: "Max Concurrent Requests",
	}
	caCertPEM = setting{
		argument: "ca_cert_pem",
		name:     "CA Certificate",
		description: "Certificates in PEM format that are trusted in addition to the system's, for " +
			"example those of a proxy: `file(\"proxy.pem\")`.",
		check: checked(parseCertificates),
	}
	userAgent = setting{
		name:      "User Agent",
		variables: []string{"TF_APPEND_USER_AGENT"},
		check:     checkHeaderValue,
	}
)

// attribute returns the argument's attribute. It has no validator, because the validator's errors
// would have an attribute path; see [resolver].
func (s setting) attribute() schema.Attribute {
	defaults := make([]string, 0, len(s.variables)+1)
	for _, variable := range s.variables {
		defaults = append(defaults, "the environment variable `"+variable+"`")
	}
	if s.defaultValue != "" {
		defaults = append(defaults, "`"+s.defaultValue+"`")
	}
	description := s.description
	if len(defaults) > 0 {
		description += " Defaults to " + strings.Join(defaults, ", then ") + s.condition + "."
	}
	return schema.StringAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Sensitive:           s.isSensitive,
	}
}

// whereToSet names the argument and its variables.
func (s setting) whereToSet() string {
	return s.argument + " in the provider configuration, or " + strings.Join(s.variables, " or ") +
		" in the environment"
}

var (
	errHeaderValue  = errors.New("must have no line break or other control character")
	errDuration     = errors.New(`must be a duration such as "30s" or "1m30s"`)
	errPositive     = errors.New("must be more than zero")
	errRange        = errors.New("must be between 1s and 10m")
	errCertificates = errors.New("must contain one or more complete PEM certificates, from BEGIN " +
		"CERTIFICATE to END CERTIFICATE, and no private key or other PEM block")
	errUUID = errors.New("must be a UUID: 8-4-4-4-12 hexadecimal digits, such as " +
		"550e8400-e29b-41d4-a716-446655440000")
)

// checked turns a parser into a check.
func checked[T any](parse func(string) (T, error)) func(string) error {
	return func(text string) error {
		_, err := parse(text)
		return err
	}
}

func checkHeaderValue(text string) error {
	if !httpguts.ValidHeaderFieldValue(strings.TrimSpace(text)) {
		return errHeaderValue
	}
	return nil
}

// checkAPIKey has a hint for a key that was pasted with its authentication scheme.
func checkAPIKey(text string) error {
	err := rest.CheckToken(text)
	if scheme, _, ok := strings.Cut(text, " "); ok && strings.EqualFold(scheme, "Bearer") {
		err = fmt.Errorf("%w. Remove the word before it", err)
	}
	return err
}

// checkAccessToken allows "Bearer " before a token, as Wix's own tools write it.
func checkAccessToken(text string) error {
	if token, ok := strings.CutPrefix(text, "Bearer "); ok && token != "" {
		text = "Bearer_" + token // so that the error counts all characters
	}
	return rest.CheckToken(text)
}

func checkBaseURL(text string) error {
	if err := rest.CheckToken(text); err != nil {
		return err
	}
	_, err := rest.ParseBaseURL(text)
	return err
}

func parseTimeLimit(text string) (time.Duration, error) {
	limit, err := time.ParseDuration(text)
	switch {
	case err != nil:
		return 0, errDuration
	case limit <= 0:
		return 0, errPositive
	}
	return limit, nil
}

func parseRequestTimeout(text string) (time.Duration, error) {
	limit, err := parseTimeLimit(text)
	if err == nil && (limit < time.Second || limit > 10*time.Minute) {
		err = errRange
	}
	return limit, err
}

// pemMarker matches the start or end of a PEM block, even if a part of the line is missing.
var pemMarker = regexp.MustCompile(`-(BEGIN|END)\b|\b(BEGIN|END) CERTIFICATE`)

// parseCertificates adds the certificates to those of the system. [pem.Decode] skips what it can't
// read, so each marker must belong to a certificate.
func parseCertificates(text string) (*x509.CertPool, error) {
	roots, err := x509.SystemCertPool()
	if err != nil {
		return nil, fmt.Errorf("can't be added to the system's certificates: %w", err)
	}
	data := []byte(strings.ReplaceAll(text, "\ufeff", ""))
	markers := len(pemMarker.FindAll(data, -1))
	if markers == 0 {
		return nil, errCertificates
	}
	for ; markers > 0; markers -= 2 {
		var block *pem.Block
		if block, data = pem.Decode(data); block == nil || block.Type != "CERTIFICATE" {
			return nil, errCertificates
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, errCertificates
		}
		roots.AddCert(certificate)
	}
	return roots, nil
}

var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

func checkUUID(text string) error {
	if !uuid.MatchString(text) {
		return errUUID
	}
	return nil
}
