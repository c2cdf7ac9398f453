package provider

import (
	"cmp"
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
		description: "Wix API key with the permission *Manage Contact Attachments*, without `Bearer`. " +
			"It is sent unchanged in the header `Authorization`, and needs a site ID. Conflicts with " +
			"`wix_access_token` and `wix_app_id`.",
		condition:   ifUnconfigured,
		isSensitive: true,
		check:       checkAPIKey,
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
		check:     rest.CheckToken,
	}
	wixAppSecret = setting{
		argument:    "wix_app_secret",
		name:        "Wix App Secret",
		variables:   []string{"WIX_APP_SECRET"},
		description: "App secret key (`client_secret`). Required if `wix_app_id` is set.",
		condition:   ifUnconfigured,
		isSensitive: true,
		check:       rest.CheckToken,
	}
	wixAppInstanceID = setting{
		argument:  "wix_app_instance_id",
		name:      "Wix App Instance ID",
		variables: []string{"WIX_APP_INSTANCE_ID"},
		description: "ID of the app's installation on the site to read from (`instance_id`). Required " +
			"if `wix_app_id` is set.",
		condition: ifUnconfigured,
		check:     rest.CheckToken,
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

var wixApp = credentialKind{"app", []setting{wixAppID, wixAppSecret, wixAppInstanceID}}

const (
	wixPermission = "the permission Manage Contact Attachments " +
		"(SCOPE.DC-CONTACTS.MANAGE-CONTACT-ATTACHMENTS)"
	wixWhereToSet = "wix_api_key and wix_site_id in the provider configuration, or WIX_API_KEY and " +
		"WIX_SITE_ID in the environment. Instead of an API key, you can set wix_access_token, or " +
		"wix_app_id with wix_app_secret and wix_app_instance_id, or their variables " +
		"WIX_ACCESS_TOKEN, WIX_APP_ID, WIX_APP_SECRET, and WIX_APP_INSTANCE_ID"
)

var wixVendor = vendor{
	api: "Wix",
	credentials: []credentialKind{
		{"API key", []setting{wixAPIKey}},
		{"access token", []setting{wixAccessToken}},
		wixApp,
	},
	baseURL:    wixBaseURL,
	others:     []setting{wixSiteID},
	whereToSet: wixWhereToSet,
	requestID:  "Request ID",
	unauthorized: "Check that the credentials are valid and have " + wixPermission + ". An API key " +
		`must be set without "Bearer", and an access token expires after a few hours.`,
	forbidden: "The credentials must have access to the site, and " + wixPermission + ".",
	appRefused: "Check the app ID, the app secret, and the instance ID. If they are right, check " +
		wixBaseURL.whereToSet() + ".",
}

// wixAccount is an account and its default site.
type wixAccount struct {
	account[*wix.Client]
	hasApp       bool // then the site is that of the app's installation
	site         value
	siteProblems diag.Diagnostics // reported by the first read that needs the site
}

func configureWix(r resolver, options rest.Options) (a wixAccount) {
	options.BaseURL = r.getBaseURL(wixBaseURL)
	options.Proxy = r.getProxy(options.BaseURL)
	credential := r.findCredential(wixVendor)
	a.credentialSource, a.hasApp = credential.source(), credential.is(wixApp)

	forSite, site := resolver{configuration: r.configuration, getenv: r.getenv}, wixSiteID
	if a.hasApp {
		site.variables = nil // WIX_SITE_ID can be for another credential
	}
	a.site, a.siteProblems = forSite.get(site), forSite.problems
	if a.hasApp && a.site.text != "" {
		r.add(!r.isConfigured(wixApp), conflictingSite, a.oneSite()+"Remove wix_site_id.")
	}

	a.problems = r.problems
	if a.problems.HasError() {
		return a
	}
	identity := wix.Identity{
		Token: cmp.Or(credential.get(wixAPIKey), credential.get(wixAccessToken)),
	}
	if a.hasApp {
		identity.App = &wix.App{
			ID:         credential.get(wixAppID),
			Secret:     credential.get(wixAppSecret),
			InstanceID: credential.get(wixAppInstanceID),
		}
	}
	a.client = wix.New(identity, options)
	return a
}

const conflictingSite = "Conflicting Wix Site ID"

func (a *wixAccount) oneSite() string {
	return "The " + a.credentialSource + " is installed on one site, and its tokens are " +
		"only for that site.\n\n"
}

// siteOf returns the site to read from: the block's own, or else the provider's, if there is one.
// It also returns the problems that prevent the read.
func (a *wixAccount) siteOf(own types.String) (value, diag.Diagnostics) {
	problems := slices.Clip(a.problems)
	switch {
	case own.IsNull():
		return a.site, append(problems, a.siteProblems...)
	case a.hasApp:
		problems.AddAttributeError(path.Root("site_id"), conflictingSite, a.oneSite()+"Remove "+
			"site_id. To read from another site, add a provider configuration with an alias and the "+
			"wix_app_instance_id of that site.")
	}
	return value{text: own.ValueString(), source: "site_id"}, problems
}

func (a *wixAccount) target(entity, name string, site value) target {
	t := target{
		vendor:           wixVendor,
		credentialSource: a.credentialSource,
		entity:           entity,
		name:             name,
		notFound: "Check the IDs and the site: Wix also responds like this for another site's " +
			"contacts.",
	}
	switch {
	case a.hasApp:
		t.forbidden = "The app must have " + wixPermission + " on the site of its instance ID."
	case site.text != "":
		t.forbidden = "Check the site ID from " + site.source + ". " + t.forbidden
	default:
		t.forbidden = "An API key needs a site ID: set site_id here, " + wixSiteID.whereToSet() +
			". " + t.forbidden
	}
	return t
}
