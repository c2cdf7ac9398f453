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

// refusal is a configuration that prevents a read, with all diagnostics.
type refusal struct {
	config   values
	env      map[string]string
	typeName string // linq_attachment by default
	block    values // in place of arguments that find something
	want     []problem
}

func checkRefusals(t *testing.T, tests map[string]refusal) {
	t.Helper()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			typeName, block := readableBlock(test.typeName)
			maps.Copy(block, test.block)
			result := read(t, test.env, test.config, typeName, block)
			if diff := cmp.Diff(test.want, result.problems, inAnyOrder); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// invalid is the problem of a setting, which has no path.
func invalid(name, setting, text string) problem {
	return problem{"Invalid " + name, setting + text, ""}
}

// invalidArgument is the problem of an argument, with its path.
func invalidArgument(name, argument, text string) problem {
	return problem{"Invalid " + name, argument + text, `AttributeName("` + argument + `")`}
}

func TestConfigurationProblems(t *testing.T) {
	t.Parallel()
	const (
		variable   = "The environment variable "
		retries    = " must be a whole number from 0 to 20."
		concurrent = " must be a whole number from 1 to 256."
	)
	checkRefusals(t, map[string]refusal{
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
			want:   []problem{invalid("Linq API Key", "linq_api_key", emptyText)},
		},
		"unknown never falls back": {
			config: values{"linq_api_key": unknown{}},
			env:    map[string]string{"LINQ_API_KEY": "b"},
			want:   []problem{{"Unknown Linq API Key", "linq_api_key" + unknownAdvice, ""}},
		},
		"linq key with a line break": {
			config: values{"linq_api_key": "s3cr3t\n"},
			want: []problem{
				invalid("Linq API Key", "linq_api_key", tokenText+"7 is a line break."),
			},
		},
		"linq key with a line break in the environment": {
			env: map[string]string{"LINQ_API_KEY": "s3cr3t\n"},
			want: []problem{
				invalid("Linq API Key", variable+"LINQ_API_KEY", tokenText+"7 is a line break."),
			},
		},
		"linq key of blanks in the environment": {
			env: map[string]string{"LINQ_API_KEY": "  "},
			want: []problem{
				invalid("Linq API Key", variable+"LINQ_API_KEY", tokenText+"1 is a space."),
			},
		},
		"wix site that is a URL, in the environment": {
			env: map[string]string{
				"WIX_API_KEY": "a", "WIX_SITE_ID": "https://manage.wix.com/dashboard/7f3c/home",
			},
			typeName: wixContactAttachment.typeName,
			want:     []problem{invalid("Wix Site ID", variable+"WIX_SITE_ID", uuidText)},
		},
		"wix site and key swapped": {
			config:   values{"wix_api_key": mockapi.DefaultWixSiteID, "wix_site_id": "IST.s3cr3t"},
			typeName: wixContactAttachment.typeName,
			want:     []problem{invalid("Wix Site ID", "wix_site_id", uuidText)},
		},
		"a block's own site that isn't a UUID": {
			env:      map[string]string{"WIX_API_KEY": "a"},
			typeName: wixContactAttachment.typeName,
			block:    values{"site_id": "IST.s3cr3t"},
			want:     []problem{invalid("Wix Site ID", "site_id", uuidText)},
		},
		"wix base URL with http, in the environment": {
			env:      map[string]string{"WIX_API_KEY": "a", "WIX_BASE_URL": "http://example.com"},
			typeName: wixContactAttachment.typeName,
			want:     []problem{invalid("Wix Base URL", variable+"WIX_BASE_URL", schemeText)},
		},
		"base URLs with a password and without a scheme": {
			config: values{"linq_base_url": withPassword, "wix_base_url": "example.com"},
			want: []problem{
				invalid("Linq Base URL", "linq_base_url", partsText),
				invalid("Wix Base URL", "wix_base_url", syntaxText),
			},
		},
		"request timeout too short": {
			config: values{"request_timeout": "999ms"},
			want:   []problem{invalidArgument("Request Timeout", "request_timeout", rangeText)},
		},
		"request timeout too long": {
			config: values{"request_timeout": "10m1s"},
			want:   []problem{invalidArgument("Request Timeout", "request_timeout", rangeText)},
		},
		"request timeout without unit": {
			config: values{"request_timeout": "30"},
			want: []problem{invalidArgument("Request Timeout", "request_timeout",
				` must be a duration such as "30s" or "1m30s".`)},
		},
		"too many retries": {
			config: values{"max_retries": 21},
			want:   []problem{invalidArgument("Max Retries", "max_retries", retries)},
		},
		"half a retry": {
			config: values{"max_retries": 1.5},
			want:   []problem{invalidArgument("Max Retries", "max_retries", retries)},
		},
		"negative retries": {
			config: values{"max_retries": -1},
			want:   []problem{invalidArgument("Max Retries", "max_retries", retries)},
		},
		"no concurrent requests": {
			config: values{"max_concurrent_requests": 0},
			want: []problem{
				invalidArgument("Max Concurrent Requests", "max_concurrent_requests", concurrent),
			},
		},
		"too many concurrent requests": {
			config: values{"max_concurrent_requests": 257},
			want: []problem{
				invalidArgument("Max Concurrent Requests", "max_concurrent_requests", concurrent),
			},
		},
		"a path in place of a certificate": {
			config: values{"ca_cert_pem": "/etc/ca.pem"},
			want: []problem{invalid("CA Certificate", "ca_cert_pem", " must contain one or more "+
				"complete PEM certificates, from BEGIN CERTIFICATE to END CERTIFICATE, and no private key "+
				"or other PEM block.")},
		},
		"user agent with a line break": {
			env:  map[string]string{"LINQ_API_KEY": "a", "TF_APPEND_USER_AGENT": "a\nb"},
			want: []problem{invalid("User Agent", variable+"TF_APPEND_USER_AGENT", headerText)},
		},
	})
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
