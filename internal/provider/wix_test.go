package provider

import (
	"maps"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// TestWixSitePrecedence looks at which site Wix is sent.
func TestWixSitePrecedence(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config values
		env    map[string]string
		block  values
		want   string
	}{
		"from the environment": {
			env:  map[string]string{"WIX_API_KEY": "a", "WIX_SITE_ID": "s1"},
			want: "s1",
		},
		"from the configuration": {
			config: values{"wix": values{"site_id": "s2"}},
			env:    map[string]string{"WIX_API_KEY": "a", "WIX_SITE_ID": "s1"},
			want:   "s2",
		},
		"from the block": {
			config: values{"wix": values{"site_id": "s2"}},
			env:    map[string]string{"WIX_API_KEY": "a", "WIX_SITE_ID": "s1"},
			block:  values{"site_id": "s3"},
			want:   "s3",
		},
		"from the block where the provider's is unknown": {
			config: values{"wix": values{"site_id": unknown{}}},
			env:    map[string]string{"WIX_API_KEY": "a"},
			block:  values{"site_id": "s3"},
			want:   "s3",
		},
		"from the block where the variable's is invalid": {
			env:   map[string]string{"WIX_API_KEY": "a", "WIX_SITE_ID": "s\n"},
			block: values{"site_id": "s3"},
			want:  "s3",
		},
		"from nowhere": {
			env:  map[string]string{"WIX_API_KEY": "a"},
			want: "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			block := maps.Clone(readImage)
			maps.Copy(block, test.block)
			header := sentHeader(t, test.env, test.config, wixContactAttachmentType, block)
			if got := header.Get("wix-site-id"); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestReadDiagnosticsOfWixTokens(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		env   map[string]string
		fault mockapi.Fault
		times int
		want  string
	}{
		"refused": {
			env:   with(mockAppEnv, "WIX_APP_SECRET", "wrong-secret"),
			times: 1,
			want: "Wix gave the app of WIX_APP_ID, WIX_APP_SECRET, WIX_APP_INSTANCE_ID no access token, " +
				"so that " + image + " can't be read.\n\nLook at the app's id, its secret, and the id " +
				"of its installation (instance_id). Where these are right, look at wix.base_url in the " +
				"provider configuration, or WIX_BASE_URL in the environment.\n\n" +
				"Status: 400 Bad Request\nCode: INVALID_CLIENT\nMessage: Invalid app credentials\n" +
				"Request ID: ID",
		},
		"down": {
			env: mockAppEnv, fault: mockapi.Status(http.StatusBadGateway), times: 5,
			want: "Wix failed to give an access token for the app.\n\nThis is a fault of the service " +
				"or of what lies before it. Run again later.\n\nThis was the outcome of 5 attempts, the " +
				"most that max_retries of the provider allows.\n\n" +
				"Status: 502 Bad Gateway\nRequest ID: ID",
		},
		"no token": {
			env: mockAppEnv, fault: mockapi.Respond(http.StatusOK, "{}"), times: 1,
			want: "Wix answered for an access token for the app, but it has no \"access_token\".\n\n" +
				"This isn't what Wix documents. Look at wix.base_url in the provider configuration, or " +
				"WIX_BASE_URL in the environment.\n\nStatus: 200 OK\nRequest ID: ID",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := newMock(t)
			if test.fault != nil {
				api.FailEvery(1, test.fault)
			}
			result := read(t, with(test.env, "WIX_BASE_URL", api.url), nil,
				wixContactAttachmentType, readImage)
			if len(result.problems) != 1 {
				t.Fatalf("got %v", result.problems)
			}
			got := result.problems[0]
			got.Detail = madeUpID.ReplaceAllString(got.Detail, "$1 ID: ID")
			if diff := cmp.Diff(problem{cantWix, test.want, ""}, got); diff != "" {
				t.Error(diff)
			}
			if len(api.Requests()) != test.times {
				t.Errorf("%d requests", len(api.Requests()))
			}
		})
	}
}
