package provider

import (
	"crypto/x509"
	"maps"
	"math/big"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

// TestConfigurationPrecedence compares the headers that the API gets.
func TestConfigurationPrecedence(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		typeName string
		config   values
		env      map[string]string
		header   string
		want     string
	}{
		"linq key from the environment": {
			typeName: linqAttachment.typeName,
			env:      map[string]string{"LINQ_API_V3_API_KEY": "a", "LINQ_API_KEY": "b"},
			header:   "Authorization", want: "Bearer a",
		},
		"linq key from the other variable": {
			typeName: linqAttachment.typeName,
			env:      map[string]string{"LINQ_API_V3_API_KEY": "", "LINQ_API_KEY": "b"},
			header:   "Authorization", want: "Bearer b",
		},
		"linq key from the configuration": {
			typeName: linqAttachment.typeName,
			config:   values{"linq": values{"api_key": "c"}},
			env:      map[string]string{"LINQ_API_V3_API_KEY": "a"},
			header:   "Authorization", want: "Bearer c",
		},
		"wix key from the environment": {
			typeName: wixContactAttachment.typeName,
			env:      map[string]string{"WIX_API_KEY": "a"},
			header:   "Authorization", want: "a",
		},
		"wix key from the configuration": {
			typeName: wixContactAttachment.typeName,
			config:   values{"wix": values{"api_key": "c"}},
			env:      map[string]string{"WIX_API_KEY": "a"},
			header:   "Authorization", want: "c",
		},
		"user agent": {
			typeName: linqAttachment.typeName,
			env:      map[string]string{"LINQ_API_KEY": "b"},
			header:   "User-Agent",
			want: "Terraform/1.2.3 terraform-provider-attachments/test " +
				"(+https://registry.terraform.io/providers/terraform-attachments/attachments)",
		},
		"user agent with what is appended": {
			typeName: linqAttachment.typeName,
			env:      map[string]string{"LINQ_API_KEY": "b", "TF_APPEND_USER_AGENT": " ci/7 "},
			header:   "User-Agent",
			want: "Terraform/1.2.3 terraform-provider-attachments/test " +
				"(+https://registry.terraform.io/providers/terraform-attachments/attachments) ci/7",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			typeName, block := readableBlock(test.typeName)
			header := sentHeader(t, test.env, test.config, typeName, block)
			if got := header.Get(test.header); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// sentHeader is the header of the first request that the API gets for a block.
func sentHeader(
	t *testing.T,
	env map[string]string,
	config values,
	typeName string,
	block values,
) http.Header {
	t.Helper()
	api := newMock(t)
	settings := api.env()
	maps.DeleteFunc(settings, func(name, _ string) bool {
		return !strings.HasSuffix(name, "_BASE_URL")
	})
	maps.Copy(settings, env)
	result := read(t, settings, config, typeName, block)
	requests := api.Requests()
	if len(requests) == 0 {
		t.Fatalf("nothing was sent: %v", result.problems)
	}
	return requests[0].Header
}

func TestConfiguredBaseURLWinsOverTheEnvironment(t *testing.T) {
	t.Parallel()
	api, other := newMock(t), newMock(t)
	configs := map[string]values{
		linqAttachment.typeName:       {"linq": values{"base_url": api.url + mockapi.LinqPath}},
		wixContactAttachment.typeName: {"wix": values{"base_url": api.url}},
	}
	for typeName, config := range configs {
		result := read(t, other.env(), config, typeName, readable[typeName])
		if len(result.problems) > 0 {
			t.Errorf("%s: %v", typeName, result.problems)
		}
	}
	if len(api.Requests()) != len(configs) || len(other.Requests()) != 0 {
		t.Errorf("%d and %d requests", len(api.Requests()), len(other.Requests()))
	}
}

func TestOptionsAreTheDefaultsOrWhatIsConfigured(t *testing.T) {
	t.Parallel()
	c := configurator{getenv: func(string) string { return "" }}
	options, problems := c.options(providerModel{})
	if options.RequestTimeout != 30*time.Second || options.MaxRetries != 4 ||
		options.MaxConcurrentRequests != 16 || options.RootCAs != nil || options.OnAttempt == nil {
		t.Errorf("by default: %+v", options)
	}

	certificate := newTLSMock(t).certificate
	options, more := c.options(providerModel{
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
	if len(problems) > 0 || len(more) > 0 {
		t.Error(problems, more)
	}
}

func TestDefaultBaseURLs(t *testing.T) {
	t.Parallel()
	r := resolver{getenv: func(string) string { return "" }}
	for want, got := range map[string]*url.URL{
		"https://api.linqapp.com/api/partner": r.getBaseURL(
			linqBaseURL, types.StringNull(), linq.DefaultBaseURL),
		"https://www.wixapis.com": r.getBaseURL(
			wixBaseURL, types.StringNull(), wix.DefaultBaseURL),
	} {
		if got.String() != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// TestConfigureChecksWhatWasNotValidated calls Configure without validation, unlike Terraform.
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
		"Invalid Linq Base URL":  {Linq: object("base_url", "nonsense")},
		"Invalid Linq API Key":   {Linq: object("api_key", "")},
		"Invalid CA Certificate": {CACertPEM: types.StringValue("none")},
	} {
		result, diags := c.configure(t.Context(), model)
		if len(diags) != 1 || diags[0].Summary() != name {
			t.Errorf("%s: got %v", name, diags)
		}
		if result.linq.client != nil {
			t.Errorf("%s: there is a client", name)
		}
	}
}

// TestProblemsOfOneAPILeaveTheOtherAlone has only invalid settings for Wix, and reads from Linq.
func TestProblemsOfOneAPILeaveTheOtherAlone(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	env := api.env()
	env["WIX_API_KEY"] = "\n"
	env["WIX_BASE_URL"] = "nonsense"
	config := values{"wix": values{"site_id": unknown{}}}
	result := read(t, env, config, linqAttachment.typeName, readPhoto)
	if len(result.problems) > 0 {
		t.Error(result.problems)
	}
}
