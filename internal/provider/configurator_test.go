package provider

import (
	"crypto/x509"
	"maps"
	"math/big"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/mockapi"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

var (
	readPhoto = values{"attachment_id": mockapi.LinqPhoto}
	readImage = values{"contact_id": mockapi.WixContact, "attachment_id": mockapi.WixImage}
)

//nolint:gosec // the password is made up
const withPassword = "https://me:s3cr3t@example.com"

// TestConfigurationPrecedence looks at what the API was sent, header by header.
func TestConfigurationPrecedence(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		typeName string
		config   values
		env      map[string]string
		block    values
		header   string
		want     string
	}{
		"linq key from the environment": {
			typeName: linqAttachmentType,
			env:      map[string]string{"LINQ_API_V3_API_KEY": "a", "LINQ_API_KEY": "b"},
			header:   "Authorization", want: "Bearer a",
		},
		"linq key from the other variable": {
			typeName: linqAttachmentType,
			env:      map[string]string{"LINQ_API_V3_API_KEY": "", "LINQ_API_KEY": "b"},
			header:   "Authorization", want: "Bearer b",
		},
		"linq key from the configuration": {
			typeName: linqAttachmentType,
			config:   values{"linq": values{"api_key": "c"}},
			env:      map[string]string{"LINQ_API_V3_API_KEY": "a"},
			header:   "Authorization", want: "Bearer c",
		},
		"wix key from the environment": {
			typeName: wixContactAttachmentType,
			env:      map[string]string{"WIX_API_KEY": "a"},
			header:   "Authorization", want: "a",
		},
		"wix key from the configuration": {
			typeName: wixContactAttachmentType,
			config:   values{"wix": values{"api_key": "c"}},
			env:      map[string]string{"WIX_API_KEY": "a"},
			header:   "Authorization", want: "c",
		},
		"wix site from the environment": {
			typeName: wixContactAttachmentType,
			env:      map[string]string{"WIX_API_KEY": "a", "WIX_SITE_ID": "s1"},
			header:   "wix-site-id", want: "s1",
		},
		"wix site from the configuration": {
			typeName: wixContactAttachmentType,
			config:   values{"wix": values{"site_id": "s2"}},
			env:      map[string]string{"WIX_API_KEY": "a", "WIX_SITE_ID": "s1"},
			header:   "wix-site-id", want: "s2",
		},
		"wix site from the block": {
			typeName: wixContactAttachmentType,
			config:   values{"wix": values{"site_id": "s2"}},
			env:      map[string]string{"WIX_API_KEY": "a", "WIX_SITE_ID": "s1"},
			block:    values{"site_id": "s3"},
			header:   "wix-site-id", want: "s3",
		},
		"wix site from the block where the provider's is unknown": {
			typeName: wixContactAttachmentType,
			config:   values{"wix": values{"site_id": unknown{}}},
			env:      map[string]string{"WIX_API_KEY": "a"},
			block:    values{"site_id": "s3"},
			header:   "wix-site-id", want: "s3",
		},
		"wix site from the block where the variable's is invalid": {
			typeName: wixContactAttachmentType,
			env:      map[string]string{"WIX_API_KEY": "a", "WIX_SITE_ID": "s\n"},
			block:    values{"site_id": "s3"},
			header:   "wix-site-id", want: "s3",
		},
		"no wix site": {
			typeName: wixContactAttachmentType,
			env:      map[string]string{"WIX_API_KEY": "a"},
			header:   "wix-site-id", want: "",
		},
		"user agent": {
			typeName: linqAttachmentType,
			env:      map[string]string{"LINQ_API_KEY": "b"},
			header:   "User-Agent",
			want: "Terraform/1.2.3 terraform-provider-attachments/test " +
				"(+https://registry.terraform.io/providers/terraform-attachments/attachments)",
		},
		"user agent with what is appended": {
			typeName: linqAttachmentType,
			env:      map[string]string{"LINQ_API_KEY": "b", "TF_APPEND_USER_AGENT": " ci/7 "},
			header:   "User-Agent",
			want: "Terraform/1.2.3 terraform-provider-attachments/test " +
				"(+https://registry.terraform.io/providers/terraform-attachments/attachments) ci/7",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := newMock(t)
			env := maps.Clone(test.env)
			env["LINQ_API_V3_BASE_URL"] = api.url + mockapi.LinqPath + "/v3/"
			env["WIX_BASE_URL"] = api.url + "/"
			block := maps.Clone(readPhoto)
			if test.typeName == wixContactAttachmentType {
				block = maps.Clone(readImage)
			}
			maps.Copy(block, test.block)
			result := read(t, env, test.config, test.typeName, block)
			requests := api.Requests()
			if len(requests) == 0 {
				t.Fatalf("nothing was sent: %v", result.problems)
			}
			if got := requests[0].Header.Get(test.header); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestConfiguredBaseURLWins(t *testing.T) {
	t.Parallel()
	api, other := newMock(t), newMock(t)
	config := values{
		"linq": values{"base_url": api.url + mockapi.LinqPath},
		"wix":  values{"base_url": api.url},
	}
	for typeName, block := range map[string]values{
		linqAttachmentType: readPhoto, wixContactAttachmentType: readImage,
	} {
		if result := read(t, other.env(), config, typeName, block); len(result.problems) > 0 {
			t.Errorf("%s: %v", typeName, result.problems)
		}
	}
	if len(api.Requests()) != 2 || len(other.Requests()) != 0 {
		t.Errorf("%d and %d requests", len(api.Requests()), len(other.Requests()))
	}
}

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
		block    values
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
		"base URLs": {
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
		"retries": {
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
		"no certificate": {
			config: values{"ca_cert_pem": "/etc/ca.pem"},
			want: []problem{{
				"Invalid CA Certificate", "ca_cert_pem must hold valid certificates in PEM " +
					"form, each between BEGIN CERTIFICATE and END CERTIFICATE, as file() reads them.",
				`AttributeName("ca_cert_pem")`,
			}},
		},
		"user agent": {
			env: map[string]string{"TF_APPEND_USER_AGENT": "a\nb"},
			want: []problem{{
				"Invalid User Agent",
				"The environment variable TF_APPEND_USER_AGENT" + headerText, "",
			}},
		},
		"linq attachment id": {
			block: values{"attachment_id": "../chats/abc"},
			want: []problem{{
				"Invalid Linq Attachment ID", "attachment_id must be a GUID (UUID), " +
					"8-4-4-4-12 hexadecimal digits such as 550e8400-e29b-41d4-a716-446655440000.",
				`AttributeName("attachment_id")`,
			}},
		},
		"wix ids and site": {
			typeName: wixContactAttachmentType,
			block: values{
				"contact_id": "", "attachment_id": mockapi.WixImage + "\n", "site_id": "",
			},
			want: []problem{
				{
					"Invalid Wix Attachment ID", "attachment_id must be a GUID (UUID), 8-4-4-4-12 hexadecimal " +
						"digits such as 550e8400-e29b-41d4-a716-446655440000.",
					`AttributeName("attachment_id")`,
				},
				{
					"Invalid Wix Contact ID", "contact_id must be a GUID (UUID), 8-4-4-4-12 hexadecimal " +
						"digits such as 550e8400-e29b-41d4-a716-446655440000.",
					`AttributeName("contact_id")`,
				},
				{"Invalid Wix Site ID", "site_id" + emptyText, `AttributeName("site_id")`},
			},
		},
		"time limit of nothing": {
			block: values{"timeouts": values{"read": "0s"}},
			want: []problem{{
				"Invalid Time Limit", "timeouts.read must be more than zero.",
				`AttributeName("timeouts").AttributeName("read")`,
			}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			typeName, block := test.typeName, maps.Clone(readImage)
			if typeName == "" {
				typeName, block = linqAttachmentType, maps.Clone(readPhoto)
			}
			maps.Copy(block, test.block)
			result := read(t, test.env, test.config, typeName, block)
			byPath := func(a, b problem) bool { return a.Path+a.Summary < b.Path+b.Summary }
			if diff := cmp.Diff(test.want, result.problems, sorted(byPath)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	c := configurator{getenv: func(string) string { return "" }}
	options := c.options(providerModel{})
	if options.RequestTimeout != 30*time.Second || options.MaxRetries != 4 ||
		options.MaxConcurrentRequests != 16 || options.RootCAs != nil || options.OnAttempt == nil {
		t.Errorf("by default: %+v", options)
	}

	certificate := newTLSMock(t).certificate
	options = c.options(providerModel{
		RequestTimeout:        types.StringValue("1m30s"),
		MaxRetries:            types.NumberValue(big.NewFloat(0)),
		MaxConcurrentRequests: types.NumberValue(big.NewFloat(256)),
		CACertPEM:             types.StringValue(certificate),
	})
	roots, err := x509.SystemCertPool()
	if err != nil {
		t.Fatal(err)
	}
	roots.AppendCertsFromPEM([]byte(certificate))
	if options.RequestTimeout != 90*time.Second || options.MaxRetries != 0 ||
		options.MaxConcurrentRequests != 256 || !options.RootCAs.Equal(roots) {
		t.Errorf("as configured: %+v", options)
	}
	if len(c.diagnostics) > 0 {
		t.Error(c.diagnostics)
	}
}

func TestDefaultBaseURLs(t *testing.T) {
	t.Parallel()
	c := configurator{getenv: func(string) string { return "" }}
	var problems diag.Diagnostics
	for want, got := range map[string]*url.URL{
		"https://api.linqapp.com/api/partner": c.baseURL(
			&problems, linqBaseURL, types.StringNull(), linq.DefaultBaseURL),
		"https://www.wixapis.com": c.baseURL(
			&problems, wixBaseURL, types.StringNull(), wix.DefaultBaseURL),
	} {
		if got.String() != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// TestConfigureChecksWhatWasNotValidated calls Configure alone, as no engine does.
func TestConfigureChecksWhatWasNotValidated(t *testing.T) {
	t.Parallel()
	c := configurator{getenv: func(string) string { return "" }}
	object := func(name, value string) types.Object {
		return types.ObjectValueMust(
			map[string]attr.Type{"api_key": types.StringType, "base_url": types.StringType},
			map[string]attr.Value{
				"api_key":  types.StringValue("k"),
				"base_url": types.StringNull(),
				name:       types.StringValue(value),
			})
	}
	for name, model := range map[string]providerModel{
		"Invalid Linq Base URL":   {Linq: object("base_url", "nonsense")},
		"Invalid Linq API Key":    {Linq: object("api_key", "")},
		"Invalid Request Timeout": {RequestTimeout: types.StringValue("soon")},
		"Invalid CA Certificate":  {CACertPEM: types.StringValue("none")},
	} {
		c.diagnostics = nil
		clients := c.configure(t.Context(), model)
		if len(c.diagnostics) != 1 || c.diagnostics[0].Summary() != name {
			t.Errorf("%s: got %v", name, c.diagnostics)
		}
		if clients.linq.client != nil {
			t.Errorf("%s: there is a client", name)
		}
	}
}

// TestProblemsOfOneAPILeaveTheOtherAlone has nothing right for Wix, and reads from Linq.
func TestProblemsOfOneAPILeaveTheOtherAlone(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	env := api.env()
	env["WIX_API_KEY"] = "\n"
	env["WIX_BASE_URL"] = "nonsense"
	config := values{"wix": values{"site_id": unknown{}}}
	result := read(t, env, config, linqAttachmentType, readPhoto)
	if len(result.problems) > 0 {
		t.Error(result.problems)
	}
}

func TestUnknownConfigurationIsDeferredWhereThatIsAllowed(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]values{
		"credential": {"linq": values{"api_key": unknown{}}},
		"object":     {"linq": unknown{}},
		"number":     {"max_retries": unknown{}},
		"site":       {"wix": values{"site_id": unknown{}}},
		"base URLs":  {"linq": values{"base_url": unknown{}}, "wix": values{"base_url": unknown{}}},
	} {
		env := map[string]string{"LINQ_API_KEY": "a", "WIX_API_KEY": "b"}
		result := read(t, env, config, linqAttachmentType, readPhoto,
			tfprotov6.ConfigureProviderClientCapabilities{DeferralAllowed: true})
		if !result.deferred || len(result.problems) > 0 {
			t.Errorf("%s: %+v", name, result)
		}
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
