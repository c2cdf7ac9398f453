package provider

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

//nolint:gosec // the password is made up
const withPassword = "https://me:s3cr3t@example.com"

const unknownAdvice = " depends on a value that is known only after apply.\n\nSet it to a value " +
	"known at plan time, or apply what it depends on first with -target."

func missing(whereToSet, argument string) string {
	return "Set " + whereToSet + ".\n\nIf it is set, check for:\n- a misspelled attribute inside " +
		argument + " = { }, which Terraform silently ignores\n- a missing provider argument on the " +
		"data source or ephemeral resource, which then uses the provider configuration without an " +
		"alias\n- two local names for this provider in required_providers: Terraform silently " +
		"ignores the configuration of one of them"
}

var (
	missingLinq = missing("linq.api_key in the provider configuration, or LINQ_API_V3_API_KEY or "+
		"LINQ_API_KEY in the environment", "linq")
	missingWix = missing("one of wix.api_key, wix.access_token and wix.app in the provider "+
		"configuration, or WIX_API_KEY, or WIX_ACCESS_TOKEN, or WIX_APP_ID with WIX_APP_SECRET and "+
		"WIX_APP_INSTANCE_ID in the environment", "wix")
)

const (
	emptyText  = " must not be empty: remove it if you don't want to set it."
	tokenText  = " must have only visible ASCII characters, but character "
	headerText = " must have no line break or other control character."
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
				"The environment variable LINQ_API_KEY" + tokenText + "1 is a blank.", "",
			}},
		},
		"wix site with a line break in the environment": {
			env:      map[string]string{"WIX_API_KEY": "a", "WIX_SITE_ID": "s\r"},
			typeName: wixContactAttachmentType,
			want: []problem{{
				"Invalid Wix Site ID",
				"The environment variable WIX_SITE_ID" + tokenText + "2 is a line break.", "",
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
				"Invalid CA Certificate", "ca_cert_pem must have one certificate or more in PEM " +
					"format, each whole from BEGIN CERTIFICATE to END CERTIFICATE, and no private key or " +
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

// invalidSecrets are values that no credential, URL or certificate can have. All of their letters
// and digits are secret.
var invalidSecrets = []string{
	"\n", "XK7\n", "XK7\x00QJ9", "XK7\r\nQJ9", "XK7\u00a0QJ9", "XK7 QJ9", "XK7\u200bQJ9", "\ufeffXK7",
	"XK7\u00e9QJ9", "Bearer XK7 QJ9", "Bearer  XK7QJ9", "Bearer XK7QJ9\n", "Bearer ", "https://XK7:QJ9@example\n", " https://XK7.example/QJ9",
}

// TestInvalidSecretsHaveNoPathAndAreNeverShown has each setting be each of invalidSecrets, in the
// configuration, as validated and as configured, and in the environment.
func TestInvalidSecretsHaveNoPathAndAreNeverShown(t *testing.T) {
	t.Parallel()
	variables := map[string][]string{}
	for _, s := range []setting{
		linqAPIKey, linqBaseURL, wixAPIKey, wixAccessToken, wixAppID, wixAppSecret, wixAppInstanceID,
		wixSiteID, wixBaseURL,
	} {
		variables[s.argument] = s.variables
	}
	for _, argument := range providerArguments(t) {
		switch argument {
		case "linq", "wix", "wix.app", "request_timeout", "max_retries", "max_concurrent_requests":
			continue
		}
		t.Run(argument, func(t *testing.T) {
			t.Parallel()
			if argument != "ca_cert_pem" && len(variables[argument]) == 0 {
				t.Fatal("this test doesn't know the variables")
			}
			for _, text := range invalidSecrets {
				validated, configured := configurationProblems(t, configure(argument, text))
				expectHidden(t, argument, text, validated)
				expectHidden(t, argument, text, configured)
				for _, variable := range variables[argument] {
					env := map[string]string{variable: text}
					switch {
					case strings.HasPrefix(argument, "wix.app."):
						env = with(mockAppEnv, variable, text)
					case strings.HasSuffix(argument, "_url") || argument == "wix.site_id":
						env["LINQ_API_KEY"], env["WIX_API_KEY"] = "a", "b"
					}
					typeName := linqAttachmentType
					if strings.HasPrefix(argument, "wix") {
						typeName = wixContactAttachmentType
					}
					expectHidden(t, variable, text, read(t, env, nil, typeName, readable[typeName]).problems)
				}
			}
		})
	}
}

// configurationProblems returns what is told when the configuration is validated, and when it is
// configured without that.
func configurationProblems(t *testing.T, config values) (validated, configured []problem) {
	t.Helper()
	server, err := serveProvider(nil)["attachments"]()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	value := dynamic(t, schemas.Provider.ValueType(), config)
	validation, err := server.ValidateProviderConfig(t.Context(),
		&tfprotov6.ValidateProviderConfigRequest{Config: value})
	if err != nil {
		t.Fatal(err)
	}
	configuration, err := server.ConfigureProvider(t.Context(),
		&tfprotov6.ConfigureProviderRequest{Config: value})
	if err != nil {
		t.Fatal(err)
	}
	return failed(t, nil, validation.Diagnostics).problems,
		failed(t, nil, configuration.Diagnostics).problems
}

var secretPart = regexp.MustCompile(`XK|K7|QJ|J9|Bearer|\x00|\x{200b}|\x{e9}`)

func expectHidden(t *testing.T, name, text string, problems []problem) {
	t.Helper()
	if len(problems) != 1 || !strings.HasPrefix(problems[0].Summary, "Invalid ") ||
		problems[0].Path != "" || !strings.Contains(problems[0].Detail, name+" ") ||
		secretPart.MatchString(problems[0].Summary+problems[0].Detail) {
		t.Errorf("%s = %q: got %q", name, text, problems)
	}
}

// TestConflictsHaveNoPath has both kinds of a conflict in one line, which Terraform would print.
func TestConflictsHaveNoPath(t *testing.T) {
	t.Parallel()
	validated, configured := configurationProblems(t,
		values{"wix": values{"api_key": "XK7", "access_token": "QJ9", "app": mockApp}})
	for _, problems := range [][]problem{validated, configured} {
		if len(problems) != 1 || problems[0].Summary != "Conflicting Wix Credentials" ||
			problems[0].Path != "" || secretPart.MatchString(problems[0].Detail) {
			t.Errorf("got %q", problems)
		}
	}
}

func TestCheckAccessTokenAllowsBearerAndOneBlank(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"abc": "", "Bearer abc": "", "Bearer": "",
		"":                emptyText,
		"Bearer ":         tokenText + "7 is a blank.",
		"Bearer  abc":     tokenText + "8 is a blank.",
		"Bearer ab c":     tokenText + "10 is a blank.",
		"Bearer abc\n":    tokenText + "11 is a line break.",
		" Bearer abc":     tokenText + "1 is a blank.",
		"Bearer\u00a0abc": tokenText + "7 is a blank (U+00A0).",
		"Token abc":       tokenText + "6 is a blank.",
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
		if name != "empty" && name != "a path" && name != "DER" { // which are text beside another
			texts = append(texts, certificate+text, text+"\n"+certificate, certificate+text+"\n"+certificate)
		}
		for _, text := range texts {
			if _, err := parseCertificates(text); !errors.Is(err, errCertificates) {
				t.Errorf("%s: got %v for\n%s", name, err, text)
			}
		}
	}
}
