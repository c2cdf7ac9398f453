package provider

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

//nolint:gosec // the password is made up
const withPassword = "https://me:s3cr3t@example.com"

const unknownAdvice = " isn't known yet: it comes from something that will exist only after " +
	"apply.\n\nSet it to a value that is known at plan time, or apply what it comes from first, " +
	"with -target."

const missingLinq = "To read from Linq, set linq.api_key in the provider configuration, or " +
	"LINQ_API_V3_API_KEY or LINQ_API_KEY in the environment.\n\nIf it is set, look at its " +
	"spelling: a name inside linq = { ... } that doesn't exist is dropped without a word. Look " +
	"also at required_providers: where two local names have this provider as their source, the " +
	"configuration of one of them is lost. Keep one local name, and use alias for a second " +
	"configuration."

const missingWix = "To read from Wix, set one of wix.api_key, wix.access_token and wix.app in " +
	"the provider configuration, or WIX_API_KEY, or WIX_ACCESS_TOKEN, or WIX_APP_ID with " +
	"WIX_APP_SECRET and WIX_APP_INSTANCE_ID in the environment.\n\nIf it is set, look at its " +
	"spelling: a name inside wix = { ... } that doesn't exist is dropped without a word. Look " +
	"also at required_providers: where two local names have this provider as their source, the " +
	"configuration of one of them is lost. Keep one local name, and use alias for a second " +
	"configuration."

const (
	emptyText  = " must not be empty or blank; leave out what isn't meant to be set."
	headerText = " holds a line break or another control character, which no HTTP header can " +
		"carry: look at its end."
	schemeText = " must begin with https://; http:// is for the loopback hosts localhost, " +
		"127.0.0.0/8 and [::1] alone, since the credential would travel in the clear."
	partsText  = " must have no user info, query or fragment."
	syntaxText = " must be an absolute URL such as https://api.example.com."
	rangeText  = " must be between 1s and 10m."
)

func TestConfigurationProblems(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config   values
		env      map[string]string
		typeName string // linq_attachment by default
		want     []problem
	}{
		"no linq credentials": {
			want: []problem{{"Missing Linq Credentials", missingLinq, ""}},
		},
		"no wix credentials": {
			typeName: wixContactAttachmentType,
			want:     []problem{{"Missing Wix Credentials", missingWix, ""}},
		},
		"null is unset": {
			config: values{"linq": values{"api_key": nil}},
			want:   []problem{{"Missing Linq Credentials", missingLinq, ""}},
		},
		"empty never falls back": {
			config: values{"linq": values{"api_key": ""}},
			env:    map[string]string{"LINQ_API_KEY": "b"},
			want: []problem{{
				"Invalid Linq API Key", "linq.api_key" + emptyText,
				`AttributeName("linq").AttributeName("api_key")`,
			}},
		},
		"unknown never falls back": {
			config: values{"linq": values{"api_key": unknown{}}},
			env:    map[string]string{"LINQ_API_KEY": "b"},
			want:   []problem{{"Unknown Linq Credentials", "linq.api_key" + unknownAdvice, ""}},
		},
		"unknown object": {
			config: values{"linq": unknown{}},
			env:    map[string]string{"LINQ_API_KEY": "b"},
			want:   []problem{{"Unknown Linq Credentials", "linq" + unknownAdvice, ""}},
		},
		"unknown wix credentials": {
			config:   values{"wix": values{"api_key": unknown{}}},
			typeName: wixContactAttachmentType,
			want:     []problem{{"Unknown Wix Credentials", "wix.api_key" + unknownAdvice, ""}},
		},
		"unknown wix site": {
			config:   values{"wix": values{"api_key": "a", "site_id": unknown{}}},
			typeName: wixContactAttachmentType,
			want:     []problem{{"Unknown Wix Site ID", "wix.site_id" + unknownAdvice, ""}},
		},
		"unknown settings are told at once": {
			config: values{
				"request_timeout": unknown{}, "max_retries": unknown{}, "ca_cert_pem": unknown{},
				"max_concurrent_requests": unknown{},
				"linq":                    values{"base_url": unknown{}}, "wix": values{"base_url": unknown{}},
			},
			want: []problem{
				{
					"Unknown Request Timeout", "request_timeout" + unknownAdvice,
					`AttributeName("request_timeout")`,
				},
				{"Unknown Max Retries", "max_retries" + unknownAdvice, `AttributeName("max_retries")`},
				{
					"Unknown Max Concurrent Requests", "max_concurrent_requests" + unknownAdvice,
					`AttributeName("max_concurrent_requests")`,
				},
				{"Unknown CA Certificate", "ca_cert_pem" + unknownAdvice, `AttributeName("ca_cert_pem")`},
				{
					"Unknown Linq Base URL", "linq.base_url" + unknownAdvice,
					`AttributeName("linq").AttributeName("base_url")`,
				},
				{
					"Unknown Wix Base URL", "wix.base_url" + unknownAdvice,
					`AttributeName("wix").AttributeName("base_url")`,
				},
			},
		},
		"linq key with a line break": {
			config: values{"linq": values{"api_key": "s3cr3t\n"}},
			want: []problem{{
				"Invalid Linq API Key", "linq.api_key" + headerText,
				`AttributeName("linq").AttributeName("api_key")`,
			}},
		},
		"linq key with a line break in the environment": {
			env: map[string]string{"LINQ_API_KEY": "s3cr3t\n"},
			want: []problem{{
				"Invalid Linq API Key",
				"The environment variable LINQ_API_KEY" + headerText, "",
			}},
		},
		"linq key of blanks in the environment": {
			env: map[string]string{"LINQ_API_KEY": "  "},
			want: []problem{{
				"Invalid Linq API Key",
				"The environment variable LINQ_API_KEY" + emptyText, "",
			}},
		},
		"wix site with a line break in the environment": {
			env:      map[string]string{"WIX_API_KEY": "a", "WIX_SITE_ID": "s\r"},
			typeName: wixContactAttachmentType,
			want: []problem{{
				"Invalid Wix Site ID",
				"The environment variable WIX_SITE_ID" + headerText, "",
			}},
		},
		"wix base URL in the clear, in the environment": {
			env:      map[string]string{"WIX_API_KEY": "a", "WIX_BASE_URL": "http://example.com"},
			typeName: wixContactAttachmentType,
			want: []problem{{
				"Invalid Wix Base URL",
				"The environment variable WIX_BASE_URL" + schemeText, "",
			}},
		},
		"base URLs with a password and without a scheme": {
			config: values{
				"linq": values{"base_url": withPassword},
				"wix":  values{"base_url": "example.com"},
			},
			want: []problem{
				{
					"Invalid Linq Base URL", "linq.base_url" + partsText,
					`AttributeName("linq").AttributeName("base_url")`,
				},
				{
					"Invalid Wix Base URL", "wix.base_url" + syntaxText,
					`AttributeName("wix").AttributeName("base_url")`,
				},
			},
		},
		"request timeout too short": {
			config: values{"request_timeout": "999ms"},
			want: []problem{{
				"Invalid Request Timeout", "request_timeout" + rangeText,
				`AttributeName("request_timeout")`,
			}},
		},
		"request timeout too long": {
			config: values{"request_timeout": "10m1s"},
			want: []problem{{
				"Invalid Request Timeout", "request_timeout" + rangeText,
				`AttributeName("request_timeout")`,
			}},
		},
		"request timeout without unit": {
			config: values{"request_timeout": "30"},
			want: []problem{{
				"Invalid Request Timeout",
				`request_timeout must be a duration such as "30s" or "1m30s".`,
				`AttributeName("request_timeout")`,
			}},
		},
		"too many retries": {
			config: values{"max_retries": 21},
			want: []problem{{
				"Invalid Max Retries",
				"max_retries must be a whole number from 0 to 20.",
				`AttributeName("max_retries")`,
			}},
		},
		"no concurrent requests": {
			config: values{"max_concurrent_requests": 0},
			want: []problem{{
				"Invalid Max Concurrent Requests",
				"max_concurrent_requests must be a whole number from 1 to 256.",
				`AttributeName("max_concurrent_requests")`,
			}},
		},
		"too many concurrent requests": {
			config: values{"max_concurrent_requests": 257},
			want: []problem{{
				"Invalid Max Concurrent Requests",
				"max_concurrent_requests must be a whole number from 1 to 256.",
				`AttributeName("max_concurrent_requests")`,
			}},
		},
		"half a retry": {
			config: values{"max_retries": 1.5},
			want: []problem{{
				"Invalid Max Retries",
				"max_retries must be a whole number from 0 to 20.",
				`AttributeName("max_retries")`,
			}},
		},
		"negative retries": {
			config: values{"max_retries": -1},
			want: []problem{{
				"Invalid Max Retries",
				"max_retries must be a whole number from 0 to 20.",
				`AttributeName("max_retries")`,
			}},
		},
		"a path in place of a certificate": {
			config: values{"ca_cert_pem": "/etc/ca.pem"},
			want: []problem{{
				"Invalid CA Certificate", "ca_cert_pem must hold valid certificates in PEM " +
					"form, each between BEGIN CERTIFICATE and END CERTIFICATE, as file() reads them.",
				`AttributeName("ca_cert_pem")`,
			}},
		},
		"user agent with a line break": {
			env: map[string]string{"TF_APPEND_USER_AGENT": "a\nb"},
			want: []problem{{
				"Invalid User Agent",
				"The environment variable TF_APPEND_USER_AGENT" + headerText, "",
			}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			typeName, block := readableBlock(test.typeName)
			result := read(t, test.env, test.config, typeName, block)
			if diff := cmp.Diff(test.want, result.problems, inAnyOrder); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestInvalidValuesAreNeverShown(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]values{
		"key":      {"linq": values{"api_key": "s3cr3t\x00"}},
		"base URL": {"linq": values{"base_url": withPassword + "/%zz"}},
	} {
		result := read(t, nil, config, linqAttachmentType, readPhoto)
		if len(result.problems) != 1 || strings.Contains(result.problems[0].Detail, "s3cr3t") {
			t.Errorf("%s: %v", name, result.problems)
		}
	}
}

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
