package provider

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// unknownSettings has the summary for each unknown setting.
//
//nolint:gosec // these are names
var unknownSettings = map[string]string{
	"linq_api_key":            "Unknown Linq API Key",
	"linq_base_url":           "Unknown Linq Base URL",
	"wix_api_key":             "Unknown Wix API Key",
	"wix_access_token":        "Unknown Wix Access Token",
	"wix_app_id":              "Unknown Wix App ID",
	"wix_app_secret":          "Unknown Wix App Secret",
	"wix_app_instance_id":     "Unknown Wix App Instance ID",
	"wix_site_id":             "Unknown Wix Site ID",
	"wix_base_url":            "Unknown Wix Base URL",
	"request_timeout":         "Unknown Request Timeout",
	"max_retries":             "Unknown Max Retries",
	"max_concurrent_requests": "Unknown Max Concurrent Requests",
	"ca_cert_pem":             "Unknown CA Certificate",
}

func providerArguments(t *testing.T) []string {
	t.Helper()
	schema := schemas(t)["attachments"].schema.Type().TerraformType(t.Context())
	return keys(schema.(tftypes.Object).AttributeTypes)
}

// configuration returns a configuration with one argument, and what its credential needs besides.
func configuration(argument string, value any) values {
	if strings.HasPrefix(argument, "wix_app_") {
		return with(mockApp, argument, value)
	}
	return values{argument: value}
}

// TestUnknownSettingsStopOnlyReadsThatNeedThem has each setting unknown, with and without deferral.
func TestUnknownSettingsStopOnlyReadsThatNeedThem(t *testing.T) {
	t.Parallel()
	for _, argument := range providerArguments(t) {
		t.Run(argument, func(t *testing.T) {
			t.Parallel()
			api := newMock(t)
			config := configuration(argument, unknown{})
			summary, ok := unknownSettings[argument]
			if !ok {
				t.Fatal("this test doesn't know the setting")
			}
			for typeName, block := range readable {
				var want []problem
				if concerns(argument, typeName) {
					want = []problem{{summary, argument + unknownAdvice, ""}}
				}

				got := read(t, api.env(), config, typeName, block)
				if diff := cmp.Diff(want, got.problems); diff != "" {
					t.Errorf("%s: %s", typeName, diff)
				}
				got = readOrDefer(t, api.env(), config, typeName, block)
				if got.deferred != (want != nil) || len(got.problems) > 0 {
					t.Errorf("%s: deferred: %t, %v", typeName, got.deferred, got.problems)
				}
			}
		})
	}
}

// concerns reports whether a type reads from the API that the argument is for.
func concerns(argument, typeName string) bool {
	api, _, _ := strings.Cut(argument, "_")
	return api != "linq" && api != "wix" || strings.HasPrefix(typeName, api)
}

// TestAllUnknownSettingsAreReported has unknown settings of each kind, and reads with and without
// deferral.
func TestAllUnknownSettingsAreReported(t *testing.T) {
	t.Parallel()
	config := values{}
	for argument := range unknownSettings {
		config[argument] = unknown{}
	}
	for typeName, block := range readable {
		var want []problem
		for argument, summary := range unknownSettings {
			if concerns(argument, typeName) {
				want = append(want, problem{summary, argument + unknownAdvice, ""})
			}
		}
		got := read(t, newMock(t).env(), config, typeName, block)
		if diff := cmp.Diff(want, got.problems, inAnyOrder); diff != "" {
			t.Errorf("%s: %s", typeName, diff)
		}
		got = readOrDefer(t, newMock(t).env(), config, typeName, block)
		if !got.deferred || len(got.problems) > 0 {
			t.Errorf("%s: deferred: %t, %v", typeName, got.deferred, got.problems)
		}
	}
}

// TestUnknownSettingsAreErrorsOfEphemeralResources allows deferral, which Terraform still doesn't
// accept for ephemeral resources.
func TestUnknownSettingsAreErrorsOfEphemeralResources(t *testing.T) {
	t.Parallel()
	for _, argument := range providerArguments(t) {
		s := start(t, newTestServer(newMock(t).env(), &noWait{}))
		s.allowsDeferral = true
		s.mustConfigure(t, configuration(argument, unknown{}))
		for typeName := range s.schemas.EphemeralResourceSchemas {
			response := s.open(t, typeName, readable[typeName])
			if response.Deferred != nil ||
				concerns(argument, typeName) != (len(response.Diagnostics) == 1) {
				t.Errorf("%s, %s: got %v", argument, typeName, response)
			}
		}
	}
}

// TestAnUnknownSiteMattersOnlyWithoutSiteID runs with and without deferral.
func TestAnUnknownSiteMattersOnlyWithoutSiteID(t *testing.T) {
	t.Parallel()
	config := values{"wix_site_id": unknown{}}
	block := with[any](readImage, "site_id", mockapi.DefaultWixSiteID)
	env := newMock(t).env()
	for _, got := range []outcome{
		read(t, env, config, wixContactAttachment.typeName, block),
		readOrDefer(t, env, config, wixContactAttachment.typeName, block),
	} {
		if got.deferred || len(got.problems) > 0 {
			t.Errorf("got %+v", got)
		}
	}
}

// TestAnUnknownAppConflictsWithNothing has a site ID beside an app that can become null, and beside
// an app of the environment, and reads from Linq and from Wix.
func TestAnUnknownAppConflictsWithNothing(t *testing.T) {
	t.Parallel()
	config := values{"wix_app_id": unknown{}, "wix_site_id": mockapi.DefaultWixSiteID}
	validated, _ := configurationProblems(t, config)
	if len(validated) > 0 {
		t.Errorf("validation: got %v", validated)
	}
	want := map[string][]problem{
		linqAttachment.typeName: nil,
		wixContactAttachment.typeName: {
			{"Unknown Wix App ID", "wix_app_id" + unknownAdvice, ""},
		},
	}
	for typeName, problems := range want {
		got := read(t, newMock(t).env(), config, typeName, readable[typeName])
		if diff := cmp.Diff(problems, got.problems); diff != "" {
			t.Errorf("%s: %s", typeName, diff)
		}
	}
	own := with(readImage, "site_id", any(mockapi.DefaultWixSiteID))
	got := read(t, newMock(t).env(), config, wixContactAttachment.typeName, own)
	if diff := cmp.Diff(want[wixContactAttachment.typeName], got.problems); diff != "" {
		t.Error(diff)
	}

	env := newMock(t).env()
	maps.Copy(env, mockAppEnv)
	env["WIX_API_KEY"] = ""
	got = read(t, env, values{"wix_site_id": mockapi.DefaultWixSiteID}, linqAttachment.typeName,
		readPhoto)
	if len(got.problems) > 0 {
		t.Errorf("an app of the environment: got %v", got.problems)
	}
}

// TestAccReadsThatWaitForUnknownSettingsSucceed has settings from a resource that the data sources
// depend on.
func TestAccReadsThatWaitForUnknownSettingsSucceed(t *testing.T) {
	t.Parallel()
	api := newTLSMock(t)
	w := newWorkspace(t, fixture(t), map[string]string{
		"TF_VAR_url": api.url, "TF_VAR_certificate": api.certificate,
	})
	w.mustRun(t, "init")
	w.mustRun(t, "apply", "-auto-approve")
	if diff := cmp.Diff(any([]any{"photo.jpg", "a.png"}), w.outputs(t)["names"]); diff != "" {
		t.Error(diff)
	}
}

func TestAccAnUnknownSettingIsNamed(t *testing.T) {
	t.Parallel()
	for _, argument := range []string{"max_retries", "request_timeout"} {
		t.Run(argument, func(t *testing.T) {
			t.Parallel()
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: serveProvider(newMock(t).env()),
				Steps: []resource.TestStep{{
					Config: under("attachments", fmt.Sprintf(`resource "terraform_data" "later" {}

provider "attachments" {
  %s = terraform_data.later.id
}

data "linq_attachment" "photo" {
  provider      = attachments
  attachment_id = %q
}
`, argument, mockapi.LinqPhoto)),
					ExpectError: diagnostic(unknownSettings[argument], argument+" depends on"),
				}},
			})
		})
	}
}
