package provider

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

//nolint:gosec // the password is made up
const withPassword = "https://me:s3cr3t@example.com"

const unknownAdvice = " depends on a value that is known only after apply.\n\nUse a known value, " +
	"or first apply the resource that the value comes from, with -target."

func missing(whereToSet string) string {
	return "Set " + whereToSet + ".\n\nIf they are set, check for:\n- a missing provider argument " +
		"on the data source or ephemeral resource, which then uses the provider configuration without " +
		"an alias\n- the warning \"Duplicate required provider\": if this provider has two local " +
		"names in required_providers, Terraform ignores the configuration of one of them"
}

var (
	missingLinq = missing("linq_api_key in the provider configuration, or LINQ_API_V3_API_KEY or " +
		"LINQ_API_KEY in the environment")
	missingWix = missing("wix_api_key and wix_site_id in the provider configuration, or WIX_API_KEY " +
		"and WIX_SITE_ID in the environment. Instead of an API key, you can set wix_access_token, or " +
		"wix_app_id with wix_app_secret and wix_app_instance_id, or their variables " +
		"WIX_ACCESS_TOKEN, WIX_APP_ID, WIX_APP_SECRET, and WIX_APP_INSTANCE_ID")
)

const (
	emptyText  = " must not be empty. To leave it unset, remove it."
	tokenText  = " must have only visible ASCII characters, but character "
	bearerText = ` must not begin with "Bearer". Remove that word.`
	headerText = " must have no line break or other control character."
	schemeText = " must begin with https://, because http:// sends the credentials in plaintext. " +
		"http:// is only for the loopback hosts localhost, 127.0.0.0/8, and [::1]."
	partsText  = " must have no user info, query, or fragment."
	syntaxText = " must be an absolute URL such as https://api.example.com."
	rangeText  = " must be between 1s and 10m."
	uuidText   = " must be a UUID: 8-4-4-4-12 hexadecimal digits, such as " +
		"550e8400-e29b-41d4-a716-446655440000."
)

func TestConfigurationProblems(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config   values
		env      map[string]string
		typeName string // linq_attachment by default
		block    values
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
			config: values{"linq_api_key": nil},
			want:   []problem{{"Missing Linq Credentials", missingLinq, ""}},
		},
		"empty never falls back": {
			config: values{"linq_api_key": ""},
			env:    map[string]string{"LINQ_API_KEY": "b"},
			want: []problem{{
				"Invalid Linq API Key", "linq_api_key" + emptyText, "",
			}},
		},
		"unknown never falls back": {
			config: values{"linq_api_key": unknown{}},
			env:    map[string]string{"LINQ_API_KEY": "b"},
			want:   []problem{{"Unknown Linq API Key", "linq_api_key" + unknownAdvice, ""}},
		},
		"linq key with a line break": {
			config: values{"linq_api_key": "s3cr3t\n"},
			want: []problem{{
				"Invalid Linq API Key", "linq_api_key" + tokenText + "7 is a line break.", "",
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
		"wix site that is a URL, in the environment": {
			env: map[string]string{
				"WIX_API_KEY": "a", "WIX_SITE_ID": "https://manage.wix.com/dashboard/7f3c/home",
			},
			typeName: wixContactAttachment.typeName,
			want: []problem{{
				"Invalid Wix Site ID",
				"The environment variable WIX_SITE_ID" + uuidText, "",
			}},
		},
		"wix site and key swapped": {
			config:   values{"wix_api_key": mockapi.DefaultWixSiteID, "wix_site_id": "IST.s3cr3t"},
			typeName: wixContactAttachment.typeName,
			want:     []problem{{"Invalid Wix Site ID", "wix_site_id" + uuidText, ""}},
		},
		"a block's own site that isn't a UUID": {
			env:      map[string]string{"WIX_API_KEY": "a"},
			typeName: wixContactAttachment.typeName,
			block:    values{"site_id": "IST.s3cr3t"},
			want: []problem{{
				"Invalid Wix Site ID", "site_id" + uuidText, "",
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
				"linq_base_url": withPassword,
				"wix_base_url":  "example.com",
			},
			want: []problem{
				{
					"Invalid Linq Base URL", "linq_base_url" + partsText, "",
				},
				{
					"Invalid Wix Base URL", "wix_base_url" + syntaxText, "",
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
			env: map[string]string{"LINQ_API_KEY": "a", "TF_APPEND_USER_AGENT": "a\nb"},
			want: []problem{{
				"Invalid User Agent",
				"The environment variable TF_APPEND_USER_AGENT" + headerText, "",
			}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			typeName, block := readableBlock(test.typeName)
			block = maps.Clone(block)
			maps.Copy(block, test.block)
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
		"abc": "", "Bearer abc": "",
		"":                emptyText,
		"Bearer":          bearerText,
		"Bearer ":         bearerText,
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

func TestCheckUUID(t *testing.T) {
	t.Parallel()
	const valid = "550e8400-e29b-41d4-a716-446655440000"
	for text, want := range map[string]error{
		valid: nil, strings.ToUpper(valid): nil,
		"": errUUID, "{" + valid + "}": errUUID, "a" + valid: errUUID, valid + "a": errUUID,
		" " + valid: errUUID, strings.ReplaceAll(valid, "-", ""): errUUID,
		strings.Replace(valid, "5", "g", 1): errUUID, valid + "\n": errUUID,
	} {
		if got := checkUUID(text); !errors.Is(got, want) {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

func TestValidationIgnoresTheEnvironment(t *testing.T) {
	t.Parallel()
	s := start(t, newServer(&attachmentsProvider{dependencies: dependencies{
		getenv: func(name string) string {
			t.Errorf("%s was read", name)
			return "\n"
		},
	}}))
	if got := s.validate(t, nil); len(got) > 0 {
		t.Errorf("got %v", got)
	}
}
