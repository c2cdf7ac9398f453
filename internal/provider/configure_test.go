package provider

import (
	"crypto/x509"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// TestConfigurationPrecedence compares the headers that the API gets.
func TestConfigurationPrecedence(t *testing.T) {
	t.Parallel()
	const (
		site1 = "00000000-0000-4000-8000-000000000001"
		site2 = "00000000-0000-4000-8000-000000000002"
		site3 = "00000000-0000-4000-8000-000000000003"
	)
	wixSite1 := map[string]string{"WIX_API_KEY": "a", "WIX_SITE_ID": site1}
	for name, test := range map[string]struct {
		typeName string
		config   values
		env      map[string]string
		block    values
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
			config:   values{"linq_api_key": "c"},
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
			config:   values{"wix_api_key": "c"},
			env:      map[string]string{"WIX_API_KEY": "a"},
			header:   "Authorization", want: "c",
		},
		"wix site from the environment": {
			typeName: wixContactAttachment.typeName,
			env:      wixSite1,
			header:   "wix-site-id", want: site1,
		},
		"wix site from the configuration": {
			typeName: wixContactAttachment.typeName,
			config:   values{"wix_site_id": site2},
			env:      wixSite1,
			header:   "wix-site-id", want: site2,
		},
		"wix site from the block": {
			typeName: wixContactAttachment.typeName,
			config:   values{"wix_site_id": site2},
			env:      wixSite1,
			block:    values{"site_id": site3},
			header:   "wix-site-id", want: site3,
		},
		"wix site from the block if the provider's is unknown": {
			typeName: wixContactAttachment.typeName,
			config:   values{"wix_site_id": unknown{}},
			env:      map[string]string{"WIX_API_KEY": "a"},
			block:    values{"site_id": site3},
			header:   "wix-site-id", want: site3,
		},
		"wix site from the block if the variable's is invalid": {
			typeName: wixContactAttachment.typeName,
			env:      map[string]string{"WIX_API_KEY": "a", "WIX_SITE_ID": "s"},
			block:    values{"site_id": site3},
			header:   "wix-site-id", want: site3,
		},
		"wix site from nowhere": {
			typeName: wixContactAttachment.typeName,
			env:      map[string]string{"WIX_API_KEY": "a"},
			header:   "wix-site-id", want: "",
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
			maps.Copy(block, test.block)
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
		linqAttachment.typeName:       {"linq_base_url": api.url + mockapi.LinqPath},
		wixContactAttachment.typeName: {"wix_base_url": api.url},
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
	d := dependencies{getenv: func(string) string { return "" }}
	r := resolver{getenv: d.getenv}
	options := r.options(d, "")
	if options.RequestTimeout != 30*time.Second || options.MaxRetries != 4 ||
		options.MaxConcurrentRequests != 16 || options.RootCAs != nil || options.OnAttempt == nil {
		t.Errorf("by default: %+v", options)
	}

	certificate := newTLSMock(t).certificate
	r.configuration = map[string]tftypes.Value{
		"request_timeout":         tftypes.NewValue(tftypes.String, "1m30s"),
		"max_retries":             tftypes.NewValue(tftypes.Number, 0),
		"max_concurrent_requests": tftypes.NewValue(tftypes.Number, 256),
		"ca_cert_pem":             tftypes.NewValue(tftypes.String, certificate),
	}
	options = r.options(d, "")
	roots, err := x509.SystemCertPool()
	if err != nil {
		t.Fatal(err)
	}
	roots.AppendCertsFromPEM([]byte(certificate))
	if options.RequestTimeout != 90*time.Second || options.MaxRetries != 0 ||
		options.MaxConcurrentRequests != 256 || !options.RootCAs.Equal(roots) {
		t.Errorf("as configured: %+v", options)
	}
	if len(r.problems) > 0 {
		t.Error(r.problems)
	}
}

func TestDefaultBaseURLs(t *testing.T) {
	t.Parallel()
	r := resolver{getenv: func(string) string { return "" }}
	for want, s := range map[string]setting{
		"https://api.linqapp.com/api/partner": linqBaseURL,
		"https://www.wixapis.com":             wixBaseURL,
	} {
		if got, v := r.getBaseURL(s); got.String() != want || v.source != "" {
			t.Errorf("got %s from %q, want %s", got, v.source, want)
		}
	}
}

// TestConfigureChecksWhatWasNotValidated calls Configure without validation, unlike Terraform.
func TestConfigureChecksWhatWasNotValidated(t *testing.T) {
	t.Parallel()
	d := dependencies{getenv: func(string) string { return "" }}
	for summary, test := range map[string]struct{ argument, text string }{
		"Invalid Linq Base URL":  {"linq_base_url", "nonsense"},
		"Invalid Linq API Key":   {"linq_api_key", ""},
		"Invalid CA Certificate": {"ca_cert_pem", "none"},
	} {
		config := tftypes.NewValue(
			tftypes.Object{AttributeTypes: map[string]tftypes.Type{test.argument: tftypes.String}},
			map[string]tftypes.Value{test.argument: tftypes.NewValue(tftypes.String, test.text)})
		result, diags := configure(config, d, "")
		if len(diags) != 1 || diags[0].Summary() != summary {
			t.Errorf("%s: got %v", summary, diags)
		}
		if result.linq.Client != nil {
			t.Errorf("%s: there is a client", summary)
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
	config := values{"wix_site_id": unknown{}}
	result := read(t, env, config, linqAttachment.typeName, readPhoto)
	if len(result.problems) > 0 {
		t.Error(result.problems)
	}
}
