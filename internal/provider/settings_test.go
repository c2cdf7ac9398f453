package provider

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

//nolint:gosec // the password is made up
const withPassword = "https://me:s3cr3t@example.com"

const unknownAdvice = " depends on a value that is known only after apply.\n\nSet it to a value " +
	"known at plan time, or first apply what it depends on, with -target."

func missing(whereToSet, argument string) string {
	return "Set " + whereToSet + ".\n\nIf they are set, check for:\n- a misspelled attribute inside " +
		argument + " = { }, which Terraform silently ignores\n- a missing provider argument on the " +
		"data source or ephemeral resource, which then uses the provider configuration without an " +
		"alias\n- two local names for this provider in required_providers: Terraform silently " +
		"ignores the configuration of one of them"
}

var (
	missingLinq = missing("linq.api_key in the provider configuration, or LINQ_API_V3_API_KEY or "+
		"LINQ_API_KEY in the environment", "linq")
	missingWix = missing("wix.api_key and wix.site_id in the provider configuration, or WIX_API_KEY "+
		"and WIX_SITE_ID in the environment. Instead of an API key, you can set wix.access_token or "+
		"wix.app, or WIX_ACCESS_TOKEN, or WIX_APP_ID with WIX_APP_SECRET and WIX_APP_INSTANCE_ID",
		"wix")
)

const (
	emptyText  = " must not be empty. To leave it unset, remove it."
	tokenText  = " must have only visible ASCII characters, but character "
	headerText = " must have no line break or other control character."
	schemeText = " must begin with https://, because http:// sends the credentials in plaintext. " +
		"http:// is only for the loopback hosts localhost, 127.0.0.0/8 and [::1]."
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
			typeName: wixContactAttachment.typeName,
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
				"Invalid Linq API Key", "linq.api_key" + emptyText, "",
			}},
		},
		"unknown never falls back": {
			config: values{"linq": values{"api_key": unknown{}}},
			env:    map[string]string{"LINQ_API_KEY": "b"},
			want:   []problem{{"Unknown Linq Credentials", "linq.api_key" + unknownAdvice, ""}},
		},
		"linq key with a line break": {
			config: values{"linq": values{"api_key": "s3cr3t\n"}},
			want: []problem{{
				"Invalid Linq API Key", "linq.api_key" + tokenText + "7 is a line break.", "",
			}},
		},
		"linq key with a line break in the environment": {
			env: map[string]string{"LINQ_API_KEY": "s3cr3t\n"},
			want: []problem{{
				"Invalid Linq API Key",
				"The environment variable LINQ_API_KEY" + tokenText + "7 is a line break.", "",
			}},
		},
		"linq key of blanks in the environment": {
			env: map[string]string{"LINQ_API_KEY": "  "},
			want: []problem{{
				"Invalid Linq API Key",
				"The environment variable LINQ_API_KEY" + tokenText + "1 is a space.", "",
			}},
		},
		"wix site with a line break in the environment": {
			env:      map[string]string{"WIX_API_KEY": "a", "WIX_SITE_ID": "s\r"},
			typeName: wixContactAttachment.typeName,
			want: []problem{{
				"Invalid Wix Site ID",
				"The environment variable WIX_SITE_ID" + tokenText + "2 is a line break.", "",
			}},
		},
		"wix base URL with http, in the environment": {
			env:      map[string]string{"WIX_API_KEY": "a", "WIX_BASE_URL": "http://example.com"},
			typeName: wixContactAttachment.typeName,
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
					"Invalid Linq Base URL", "linq.base_url" + partsText, "",
				},
				{
					"Invalid Wix Base URL", "wix.base_url" + syntaxText, "",
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
				"Invalid CA Certificate", "ca_cert_pem must contain one or more complete PEM " +
					"certificates, from BEGIN CERTIFICATE to END CERTIFICATE, and no private key or " +
					"other PEM block.",
				"",
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

func TestCheckAccessTokenAllowsBearerAndOneBlank(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"abc": "", "Bearer abc": "", "Bearer": "",
		"":                emptyText,
		"Bearer ":         tokenText + "7 is a space.",
		"Bearer  abc":     tokenText + "8 is a space.",
		"Bearer ab c":     tokenText + "10 is a space.",
		"Bearer abc\n":    tokenText + "11 is a line break.",
		" Bearer abc":     tokenText + "1 is a space.",
		"Bearer\u00a0abc": tokenText + "7 is a space (U+00A0).",
		"Token abc":       tokenText + "6 is a space.",
	} {
		got := ""
		if err := checkAccessToken(text); err != nil {
			got = " " + err.Error() + "."
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
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
