package provider

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

var mockApp = values{
	"id":          mockapi.DefaultWixAppID,
	"secret":      mockapi.DefaultWixAppSecret,
	"instance_id": mockapi.DefaultWixAppInstanceID,
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
			config: values{"access_token": mockapi.DefaultWixAccessToken},
		},
		"token in the environment": {env: token},
		"token with bearer, and a site": {
			config: values{"access_token": "Bearer " + mockapi.DefaultWixAccessToken},
			env:    map[string]string{"WIX_SITE_ID": mockapi.DefaultWixSiteID},
			site:   mockapi.DefaultWixSiteID,
		},
		"app in the configuration": {config: values{"app": mockApp}, app: true},
		"app in the environment":   {env: mockAppEnv, app: true},
		"app, with a site of the configuration": {
			config: values{"app": mockApp, "site_id": mockapi.DefaultWixSiteID}, app: true,
			site: mockapi.DefaultWixSiteID,
		},
		"app, with a site of the environment for something else": {
			env: with(mockAppEnv, "WIX_SITE_ID", "another"), app: true,
		},
		"token in the configuration, all others in the environment": {
			config: values{"access_token": mockapi.DefaultWixAccessToken},
			env:    with(mockAppEnv, "WIX_API_KEY", "another"),
		},
		"app in the configuration, all others in the environment": {
			config: values{"app": mockApp}, app: true,
			env: map[string]string{"WIX_API_KEY": "another", "WIX_ACCESS_TOKEN": "another"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := newMock(t)
			env := with(test.env, "WIX_BASE_URL", api.url)
			result := read(t, env, values{"wix": test.config}, wixContactAttachment.typeName, readImage)
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
	const one = ", but Wix accepts only one kind of credential.\n\n"
	for name, test := range map[string]struct {
		config values
		env    map[string]string
		block  values
		want   problem
	}{
		"two in the configuration": {
			config: values{"api_key": "a", "access_token": "b"},
			want: problem{
				"Conflicting Wix Credentials",
				"wix.api_key and wix.access_token are both set" + one + "Keep one of them.", "",
			},
		},
		"two in the configuration, one unknown and so maybe null": {
			config: values{"api_key": unknown{}, "app": mockApp},
			want:   problem{"Unknown Wix Credentials", "wix.api_key" + unknownAdvice, ""},
		},
		"two in the environment": {
			env: with(mockAppEnv, "WIX_ACCESS_TOKEN", "b"),
			want: problem{
				"Conflicting Wix Credentials",
				"WIX_ACCESS_TOKEN and WIX_APP_ID are both set" + one + "Unset all but one of them.", "",
			},
		},
		"a part of an app in the environment": {
			env: with(mockAppEnv, "WIX_APP_SECRET", ""),
			want: problem{
				"Incomplete Wix Credentials",
				"WIX_APP_SECRET isn't set. Set all three variables, or none.", "",
			},
		},
		"most of an app isn't in the environment": {
			env: map[string]string{"WIX_APP_SECRET": "s"},
			want: problem{
				"Incomplete Wix Credentials",
				"WIX_APP_ID and WIX_APP_INSTANCE_ID aren't set. Set all three variables, or none.", "",
			},
		},
		"unknown token": {
			config: values{"access_token": unknown{}},
			env:    map[string]string{"WIX_API_KEY": "a"},
			want:   problem{"Unknown Wix Credentials", "wix.access_token" + unknownAdvice, ""},
		},
		"unknown app": {
			config: values{"app": unknown{}},
			want:   problem{"Unknown Wix Credentials", "wix.app" + unknownAdvice, ""},
		},
		"unknown part of an app": {
			config: values{"app": with[any](mockApp, "secret", unknown{})},
			want:   problem{"Unknown Wix Credentials", "wix.app.secret" + unknownAdvice, ""},
		},
		"empty token": {
			config: values{"access_token": ""},
			env:    map[string]string{"WIX_API_KEY": "a"},
			want: problem{
				"Invalid Wix Access Token", "wix.access_token" + emptyText, "",
			},
		},
		"empty part of an app": {
			config: values{"app": with(mockApp, "instance_id", "")},
			want: problem{
				"Invalid Wix App Instance ID", "wix.app.instance_id" + emptyText, "",
			},
		},
		"app and a block's own site": {
			config: values{"app": mockApp},
			block:  values{"site_id": mockapi.DefaultWixSiteID},
			want: problem{
				"Conflicting Wix Site ID",
				"The credentials from wix.app belong to one installation of the app, and so to one " +
					"site.\n\nRemove site_id. To read from another site, add a provider configuration " +
					"with an alias and the instance_id of that site.",
				`AttributeName("site_id")`,
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			block := maps.Clone(readImage)
			maps.Copy(block, test.block)
			result := read(t, test.env, values{"wix": test.config}, wixContactAttachment.typeName, block)
			if diff := cmp.Diff([]problem{test.want}, result.problems); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestAnAppIsNeverFromTwoSources has a null part that is in the environment.
func TestAnAppIsNeverFromTwoSources(t *testing.T) {
	t.Parallel()
	for name := range mockApp {
		config := values{"app": with[any](mockApp, name, nil)}
		result := read(t, mockAppEnv, values{"wix": config}, wixContactAttachment.typeName, readImage)
		want := []problem{{
			"Incomplete Wix Credentials", "wix.app." + name + " isn't set.", "",
		}}
		if diff := cmp.Diff(want, result.problems); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		config["api_key"] = "a"
		validated, configured := configurationProblems(t, values{"wix": config})
		if len(validated) != 1 || len(configured) != 1 ||
			configured[0].Summary != "Conflicting Wix Credentials" {
			t.Errorf("%s: got %v, %v", name, validated, configured)
		}
	}
}
