package provider

import (
	"net/http"
	"testing"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

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
			want: "Wix issued no access token for the app from WIX_APP_ID, WIX_APP_SECRET, " +
				"and WIX_APP_INSTANCE_ID, so " + image + " couldn't be read.\n\nCheck the app ID, the " +
				"app secret, and the instance ID. Check the base URL: " +
				"WIX_BASE_URL is \"http://mock\".\n\n" +
				"Status: 400 Bad Request\nCode: invalid_client\nMessage: Invalid app credentials\n" +
				"Request ID: ID",
		},
		"down": {
			env: mockAppEnv, fault: mockapi.Status(http.StatusBadGateway), times: 5,
			want: "Wix, or a proxy in front of it, returned a server error for an access token.\n\n" +
				"Run Terraform again later.\n\n" + afterFive +
				"\n\nStatus: 502 Bad Gateway\nRequest ID: ID",
		},
		"no token": {
			env: mockAppEnv, fault: mockapi.Respond(http.StatusOK, "{}"), times: 1,
			want: "Wix returned an unexpected response for an access token: it has no " +
				"\"access_token\".\n\nCheck the base URL: " +
				"WIX_BASE_URL is \"http://mock\".\n\nStatus: 200 OK\nRequest ID: ID",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := newMock(t)
			if test.fault != nil {
				api.FailEvery(1, test.fault)
			}
			result := read(t, with(test.env, "WIX_BASE_URL", api.url), nil,
				wixContactAttachment.typeName, readImage)
			expectProblem(t, result, problem{cantWix, test.want, ""})
			if len(api.Requests()) != test.times {
				t.Errorf("%d requests", len(api.Requests()))
			}
		})
	}
}
