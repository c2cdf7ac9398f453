package provider

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

// ifUnconfigured is the condition for the environment variables of all credentials.
const ifUnconfigured = " if no Wix credential is configured"

var (
	wixAPIKey = setting{
		argument:  "wix_api_key",
		name:      "Wix API Key",
		variables: []string{"WIX_API_KEY"},
		description: "Wix API key with the permission *Manage Contact Attachments*, without `Bearer`, " +
			"sent in the header `Authorization`. Requires a site ID. Conflicts with `wix_access_token` " +
			"and `wix_app_id`.",
		condition:   ifUnconfigured,
		isSensitive: true,
		check:       checkCredential,
	}
	wixAccessToken = setting{
		argument:  "wix_access_token",
		name:      "Wix Access Token",
		variables: []string{"WIX_ACCESS_TOKEN"},
		description: "OAuth access token, which expires after a few hours. It is sent unchanged in the " +
			"header `Authorization`. Conflicts with `wix_api_key` and `wix_app_id`.",
		condition:   ifUnconfigured,
		isSensitive: true,
		check:       checkAccessToken,
	}
	wixAppID = setting{
		argument:  "wix_app_id",
		name:      "Wix App ID",
		variables: []string{"WIX_APP_ID"},
		description: "ID of a Wix app (`client_id`). The provider exchanges the app's credentials for " +
			"access tokens, and renews them before they expire. Conflicts with `wix_api_key`, " +
			"`wix_access_token`, and `wix_site_id`.",
		condition: ifUnconfigured,
		check:     checkCredential,
	}
	wixAppSecret = setting{
		argument:    "wix_app_secret",
		name:        "Wix App Secret",
		variables:   []string{"WIX_APP_SECRET"},
		description: "App secret key (`client_secret`). Required if `wix_app_id` is set.",
		condition:   ifUnconfigured,
		isSensitive: true,
		check:       checkCredential,
	}
	wixAppInstanceID = setting{
		argument:  "wix_app_instance_id",
		name:      "Wix App Instance ID",
		variables: []string{"WIX_APP_INSTANCE_ID"},
		description: "ID of the app's installation on the site to read from (`instance_id`). Required " +
			"if `wix_app_id` is set.",
		condition: ifUnconfigured,
		check:     checkCredential,
	}
	wixSiteID = setting{
		argument:  "wix_site_id",
		name:      "Wix Site ID",
		variables: []string{"WIX_SITE_ID"},
		description: "ID of the site to read from, a UUID, sent in the header `wix-site-id`. The " +
			"`site_id` of a data source or ephemeral resource overrides it. Conflicts with " +
			"`wix_app_id`, because an app's tokens are for one site.",
		condition: " if the credential isn't an app",
		check:     checkUUID,
	}
	wixBaseURL = setting{
		argument:     "wix_base_url",
		name:         "Wix Base URL",
		variables:    []string{"WIX_BASE_URL"},
		description:  "Base URL of Wix's API. `http` is allowed only for loopback hosts.",
		defaultValue: wix.DefaultBaseURL,
		check:        checkBaseURL,
	}
)

const wixPermission = "the permission Manage Contact Attachments " +
	"(SCOPE.DC-CONTACTS.MANAGE-CONTACT-ATTACHMENTS)"

var wixApp = credentialKind{
	name:     "app",
	settings: []setting{wixAppID, wixAppSecret, wixAppInstanceID},
	rejected: "The app must have " + wixPermission + " on the site of its installation.",
}

var wixAPI = api{
	vendor: "Wix",
	credentials: []credentialKind{
		{
			name:     "API key",
			settings: []setting{wixAPIKey},
			rejected: "Check that the key is complete and hasn't been deleted, and that it has " +
				wixPermission + ".",
		},
		{
			name:     "access token",
			settings: []setting{wixAccessToken},
			rejected: "Access tokens expire after a few hours. Set a new access token, with " +
				wixPermission + ".",
		},
		wixApp,
	},
	baseURL: wixBaseURL,
	others:  []setting{wixSiteID},
	whereToSet: "wix_api_key and wix_site_id in the provider configuration, or WIX_API_KEY and " +
		"WIX_SITE_ID in the environment. Instead of an API key, you can set wix_access_token, or " +
		"wix_app_id with wix_app_secret and wix_app_instance_id, or their variables " +
		"WIX_ACCESS_TOKEN, WIX_APP_ID, WIX_APP_SECRET, and WIX_APP_INSTANCE_ID",
	requestID: "Request ID",
	errorCode: wix.ErrorCode,
}

// wixClient reads from Wix. Its client is nil if there are problems.
type wixClient struct {
	connection
	*wix.Client
	site         settingValue     // by default
	siteProblems diag.Diagnostics // reported by each read that needs the default site
}

// hasApp reports whether the credential is an app, whose installation determines the site.
func (c wixClient) hasApp() bool { return c.credential.is(wixApp) }

func configureWix(r resolver, options rest.Options) wixClient {
	c := wixClient{connection: connection{api: wixAPI, retryLimit: options.MaxRetries}}
	options.BaseURL, c.usedBaseURL = r.getBaseURL(wixBaseURL)
	options.Proxy, c.proxy = r.getProxy(options.BaseURL)
	c.credential = r.findCredential(wixAPI)

	forSite, site := resolver{configuration: r.configuration, getenv: r.getenv}, wixSiteID
	if c.hasApp() {
		site.variables = nil // WIX_SITE_ID can be for another credential
	}
	c.site, c.siteProblems = forSite.get(site), forSite.problems
	if c.hasApp() && !c.credential.hasUnknown() && c.site.text != "" {
		r.add(!r.isConfigured(wixApp), conflictingSite, c.oneSite()+"Remove wix_site_id.")
	}

	c.problems = r.problems
	if c.problems.HasError() {
		return c
	}
	identity := wix.Identity{
		Token: cmp.Or(c.credential.get(wixAPIKey), c.credential.get(wixAccessToken)),
	}
	if c.hasApp() {
		identity.App = &wix.App{
			ID:         c.credential.get(wixAppID),
			Secret:     c.credential.get(wixAppSecret),
			InstanceID: c.credential.get(wixAppInstanceID),
		}
	}
	c.Client = wix.New(identity, options)
	return c
}

const conflictingSite = "Conflicting Wix Site ID"

func (c wixClient) oneSite() string {
	return fmt.Sprintf("The %s is installed on one site, and its tokens are only for that site.\n\n",
		c.credential)
}

// siteOf returns the site to read from: the block's own, or else the provider's, if there is one.
// It also returns the problems that prevent the read.
func (c wixClient) siteOf(own types.String) (settingValue, diag.Diagnostics) {
	problems := slices.Clip(c.problems)
	switch {
	case own.IsNull():
		return c.site, append(problems, c.siteProblems...)
	case c.hasApp() && !c.credential.hasUnknown(): // an unknown app can become null
		problems.AddAttributeError(path.Root("site_id"), conflictingSite, c.oneSite()+"Remove "+
			"site_id. To read from another site, add a provider configuration with an alias and the "+
			"wix_app_instance_id of that site.")
	}
	return settingValue{text: own.ValueString(), source: "site_id"}, problems
}

func (c wixClient) subject(title, thing string, site settingValue) subject {
	s := subject{
		connection: c.connection,
		title:      title,
		thing:      thing,
		denied:     fmt.Sprintf("The %s must have %s.", c.credential, wixPermission),
	}
	switch {
	case c.hasApp():
		s.denied = wixApp.rejected
	case site.text != "":
		s.denied = fmt.Sprintf("Check the site ID from %s. %s", site.source, s.denied)
	case c.credential.get(wixAPIKey) != "":
		s.denied = "An API key needs a site ID: set site_id here, " + wixSiteID.whereToSet() + ". " +
			s.denied
	}
	return s
}
