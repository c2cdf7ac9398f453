package provider

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

var mockApp = values{
	"wix_app_id":          mockapi.DefaultWixAppID,
	"wix_app_secret":      mockapi.DefaultWixAppSecret,
	"wix_app_instance_id": mockapi.DefaultWixAppInstanceID,
}

var mockAppEnv = map[string]string{
	"WIX_APP_ID":          mockapi.DefaultWixAppID,
	"WIX_APP_SECRET":      mockapi.DefaultWixAppSecret,
	"WIX_APP_INSTANCE_ID": mockapi.DefaultWixAppInstanceID,
}

// with returns the map with another value for a name.
func with[V any](of map[string]V, name string, value V) map[string]V {
	changed := map[string]V{name: value}
	for other, value := range of {
		if other != name {
			changed[other] = value
		}
	}
	return changed
}

// TestWixReadsWithEachKindOfCredential has each kind from each source.
func TestWixReadsWithEachKindOfCredential(t *testing.T) {
	t.Parallel()
	token := map[string]string{"WIX_ACCESS_TOKEN": mockapi.DefaultWixAccessToken}
	for name, test := range map[string]struct {
		config values
		env    map[string]string
		app    bool
		site   string // that is sent
	}{
		"token in the configuration": {
			config: values{"wix_access_token": mockapi.DefaultWixAccessToken},
		},
		"token in the environment": {env: token},
		"token with bearer, and a site": {
			config: values{"wix_access_token": "Bearer " + mockapi.DefaultWixAccessToken},
			env:    map[string]string{"WIX_SITE_ID": mockapi.DefaultWixSiteID},
			site:   mockapi.DefaultWixSiteID,
		},
		"app in the configuration": {config: mockApp, app: true},
		"app in the environment":   {env: mockAppEnv, app: true},
		"app, with a site of the environment for something else": {
			env: with(mockAppEnv, "WIX_SITE_ID", "not a UUID"), app: true,
		},
		"token in the configuration, all others in the environment": {
			config: values{"wix_access_token": mockapi.DefaultWixAccessToken},
			env:    with(mockAppEnv, "WIX_API_KEY", "another"),
		},
		"app in the configuration, all others in the environment": {
			config: mockApp, app: true,
			env: map[string]string{"WIX_API_KEY": "another", "WIX_ACCESS_TOKEN": "another"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := newMock(t)
			env := with(test.env, "WIX_BASE_URL", api.url)
			result := read(t, env, test.config, wixContactAttachment.typeName, readImage)
			if len(result.problems) > 0 {
				t.Fatal(result.problems)
			}
			requests := api.Requests()
			if asked := requests[0].Path == "/oauth2/token"; asked != test.app {
				t.Errorf("asked for a token: %t", asked)
			}
			got := requests[len(requests)-1].Header.Get("wix-site-id")
			if got != test.site {
				t.Errorf("sent the site %q", got)
			}
		})
	}
}

func TestWixCredentialProblems(t *testing.T) {
	t.Parallel()
	const oneSite = "The app from wix_app_id, wix_app_secret, and wix_app_instance_id is installed " +
		"on one site, and its tokens are only for that site.\n\n"
	const allThree = "\n\nSet WIX_APP_ID, WIX_APP_SECRET, and WIX_APP_INSTANCE_ID, or none of them."
	const one = ", but Wix accepts only one kind of credential.\n\n"
	tests := map[string]refusal{
		"two in the configuration": {
			config: values{"wix_api_key": "a", "wix_access_token": "b"},
			want: []problem{{
				"Conflicting Wix Credentials",
				"wix_api_key and wix_access_token are both set" + one + "Keep one of them.", "",
			}},
		},
		"two in the configuration, one unknown and so maybe null": {
			config: with[any](mockApp, "wix_api_key", unknown{}),
			want:   []problem{{"Unknown Wix API Key", "wix_api_key" + unknownAdvice, ""}},
		},
		"two in the environment": {
			env: with(mockAppEnv, "WIX_ACCESS_TOKEN", "b"),
			want: []problem{{
				"Conflicting Wix Credentials",
				"WIX_ACCESS_TOKEN and WIX_APP_ID are both set" + one + "Unset all but one of them.", "",
			}},
		},
		"a part of an app in the environment": {
			env: with(mockAppEnv, "WIX_APP_SECRET", ""),
			want: []problem{{
				"Incomplete Wix Credentials",
				"The app from WIX_APP_ID and WIX_APP_INSTANCE_ID also needs WIX_APP_SECRET." + allThree, "",
			}},
		},
		"most of an app isn't in the environment": {
			env: map[string]string{"WIX_APP_SECRET": "s"},
			want: []problem{{
				"Incomplete Wix Credentials",
				"The app from WIX_APP_SECRET also needs WIX_APP_ID and WIX_APP_INSTANCE_ID." + allThree, "",
			}},
		},
		"unknown token": {
			config: values{"wix_access_token": unknown{}},
			env:    map[string]string{"WIX_API_KEY": "a"},
			want:   []problem{{"Unknown Wix Access Token", "wix_access_token" + unknownAdvice, ""}},
		},
		"unknown part of an app": {
			config: with[any](mockApp, "wix_app_secret", unknown{}),
			want:   []problem{{"Unknown Wix App Secret", "wix_app_secret" + unknownAdvice, ""}},
		},
		"empty token": {
			config: values{"wix_access_token": ""},
			env:    map[string]string{"WIX_API_KEY": "a"},
			want:   []problem{invalid("Wix Access Token", "wix_access_token", emptyText)},
		},
		"empty part of an app": {
			config: with[any](mockApp, "wix_app_instance_id", ""),
			want:   []problem{invalid("Wix App Instance ID", "wix_app_instance_id", emptyText)},
		},
		"app and the provider's site": {
			config: with[any](mockApp, "wix_site_id", mockapi.DefaultWixSiteID),
			want:   []problem{{"Conflicting Wix Site ID", oneSite + "Remove wix_site_id.", ""}},
		},
		"app in the environment, and the provider's site": {
			config: values{"wix_site_id": mockapi.DefaultWixSiteID},
			env:    mockAppEnv,
			want: []problem{{
				"Conflicting Wix Site ID",
				strings.NewReplacer("wix_app", "WIX_APP", "_id", "_ID", "_secret", "_SECRET",
					"_instance", "_INSTANCE").Replace(oneSite) + "Remove wix_site_id.",
				"",
			}},
		},
		"app and a block's own site": {
			config: mockApp,
			block:  values{"site_id": mockapi.DefaultWixSiteID},
			want: []problem{{
				"Conflicting Wix Site ID",
				oneSite + "Remove site_id. To read from another site, add a provider configuration " +
					"with an alias and the wix_app_instance_id of that site.",
				`AttributeName("site_id")`,
			}},
		},
	}
	for name, test := range tests {
		test.typeName = wixContactAttachment.typeName
		tests[name] = test
	}
	checkRefusals(t, tests)
}

// TestAnAppIsNeverFromTwoSources has a null part that is in the environment.
func TestAnAppIsNeverFromTwoSources(t *testing.T) {
	t.Parallel()
	for name := range mockApp {
		config := with[any](mockApp, name, nil)
		var others []string
		for _, s := range wixApp.settings {
			if s.argument != name {
				others = append(others, s.argument)
			}
		}
		result := read(t, mockAppEnv, config, wixContactAttachment.typeName, readImage)
		want := []problem{{
			"Incomplete Wix Credentials",
			"The app from " + strings.Join(others, " and ") + " also needs " + name + ".\n\nSet " +
				"wix_app_id, wix_app_secret, and wix_app_instance_id in the provider configuration. If " +
				"one of them is configured, the provider ignores WIX_APP_ID, WIX_APP_SECRET, and " +
				"WIX_APP_INSTANCE_ID, which can be for another app.", "",
		}}
		if diff := cmp.Diff(want, result.problems); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		config["wix_api_key"] = "a"
		validated, configured := configurationProblems(t, config)
		if len(validated) != 1 || len(configured) != 1 ||
			configured[0].Summary != "Conflicting Wix Credentials" {
			t.Errorf("%s: got %v, %v", name, validated, configured)
		}
	}
}
