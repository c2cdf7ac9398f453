package provider

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

var (
	wixAPIKey = setting{
		argument:  "wix.api_key",
		name:      "Wix API Key",
		variables: []string{"WIX_API_KEY"},
		check:     rest.CheckToken,
	}
	wixAccessToken = setting{
		argument:  "wix.access_token",
		name:      "Wix Access Token",
		variables: []string{"WIX_ACCESS_TOKEN"},
		check:     checkAccessToken,
	}
	wixAppID = setting{
		argument:  "wix.app.id",
		name:      "Wix App ID",
		variables: []string{"WIX_APP_ID"},
		check:     rest.CheckToken,
	}
	wixAppSecret = setting{
		argument:  "wix.app.secret",
		name:      "Wix App Secret",
		variables: []string{"WIX_APP_SECRET"},
		check:     rest.CheckToken,
	}
	wixAppInstanceID = setting{
		argument:  "wix.app.instance_id",
		name:      "Wix App Instance ID",
		variables: []string{"WIX_APP_INSTANCE_ID"},
		check:     rest.CheckToken,
	}
	wixSiteID = setting{
		argument:  "wix.site_id",
		name:      "Wix Site ID",
		variables: []string{"WIX_SITE_ID"},
		check:     rest.CheckToken,
	}
	wixBaseURL = setting{
		argument:  "wix.base_url",
		name:      "Wix Base URL",
		variables: []string{"WIX_BASE_URL"},
		check:     checkBaseURL,
	}
)

const (
	wixApp = "wix.app"

	wixPermission = "the permission Manage Contact Attachments " +
		"(SCOPE.DC-CONTACTS.MANAGE-CONTACT-ATTACHMENTS)."
	wixWhereToSet = "one of wix.api_key, wix.access_token and wix.app in the provider " +
		"configuration, or WIX_API_KEY, or WIX_ACCESS_TOKEN, or WIX_APP_ID with WIX_APP_SECRET and " +
		"WIX_APP_INSTANCE_ID in the environment"
)

var wixVendor = vendor{
	api:      "Wix",
	argument: "wix",
	baseURL:  wixBaseURL,
	credentials: []credentialKind{
		{wixAPIKey.argument, []setting{wixAPIKey}},
		{wixAccessToken.argument, []setting{wixAccessToken}},
		{wixApp, []setting{wixAppID, wixAppSecret, wixAppInstanceID}},
	},
	whereToSet:      wixWhereToSet,
	requestID:       "Request ID",
	notFoundHasCode: true,
	unauthorized: "Set a valid credential: " + wixWhereToSet + `. An API key goes without "Bearer", ` +
		"and an access token ends after some hours. It must have " + wixPermission,
	forbidden: "The credential must be allowed to use that site, with " + wixPermission,
	notFound: "Look at the ids, and at the site: the contacts of another site answer in the " +
		"same way.",
	appRefused: "Look at the app's id, its secret, and the id of its installation (instance_id).",
	explain:    explainWix,
}

type wixModel struct {
	APIKey      types.String `tfsdk:"api_key"`
	AccessToken types.String `tfsdk:"access_token"`
	App         types.Object `tfsdk:"app"`
	SiteID      types.String `tfsdk:"site_id"`
	BaseURL     types.String `tfsdk:"base_url"`
}

type wixAppModel struct {
	ID         types.String `tfsdk:"id"`
	Secret     types.String `tfsdk:"secret"`
	InstanceID types.String `tfsdk:"instance_id"`
}

func wixAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "How to reach Wix. Set at most one of `api_key`, `access_token` and " +
			"`app`. The provider then ignores the environment variables of all three.",
		Optional: true,
		Attributes: map[string]schema.Attribute{
			"api_key": schema.StringAttribute{
				MarkdownDescription: "Wix API key with the permission *Manage Contact Attachments*, " +
					"without `Bearer`. It is sent unchanged in `Authorization`. " +
					wixAPIKey.envSentence(),
				Optional:  true,
				Sensitive: true,
			},
			"access_token": schema.StringAttribute{
				MarkdownDescription: "OAuth access token, instead of `api_key`. It is sent unchanged " +
					"in `Authorization`, and expires after some hours. " + wixAccessToken.envSentence(),
				Optional:  true,
				Sensitive: true,
			},
			"app": schema.SingleNestedAttribute{
				MarkdownDescription: "Wix app, instead of `api_key`. The provider exchanges it for " +
					"access tokens and renews them before they expire. If unset, the provider uses the " +
					"environment variables `WIX_APP_ID`, `WIX_APP_SECRET` and `WIX_APP_INSTANCE_ID`.",
				Optional: true,
				Attributes: map[string]schema.Attribute{
					"id": schema.StringAttribute{
						MarkdownDescription: "App ID (`client_id`).",
						Required:            true,
					},
					"secret": schema.StringAttribute{
						MarkdownDescription: "App secret key (`client_secret`).",
						Required:            true,
						Sensitive:           true,
					},
					"instance_id": schema.StringAttribute{
						MarkdownDescription: "ID of the app's installation on the site to read from " +
							"(`instance_id`).",
						Required: true,
					},
				},
			},
			"site_id": schema.StringAttribute{
				MarkdownDescription: "ID of the site to read from, a GUID, sent in the header " +
					"`wix-site-id`. The `site_id` of a data source or ephemeral resource overrides it. " +
					wixSiteID.envSentence(),
				Optional: true,
			},
			"base_url": schema.StringAttribute{
				MarkdownDescription: "Base URL of the API. `http` is allowed only for loopback hosts. " +
					wixBaseURL.envSentence() + " Defaults to `" + wix.DefaultBaseURL + "`.",
				Optional: true,
			},
		},
	}
}

// wixAccount is the account with the site of data sources and ephemeral resources that have no
// site_id.
type wixAccount struct {
	account[*wix.Client]
	site          value
	siteProblems  diag.Diagnostics // reported by the first read that needs the site
	siteIsImplied bool             // the credential is for one site, so that a site_id is a conflict
}

func (c configurator) configureWix(
	ctx context.Context,
	object types.Object,
	options rest.Options,
	shared diag.Diagnostics,
) (a wixAccount) {
	r := resolver{getenv: c.getenv, problems: slices.Clone(shared)}
	var model wixModel
	if !r.decode(ctx, wixVendor, object, &model) {
		a.problems = r.problems
		return a
	}
	app := wixAppModel{types.StringUnknown(), types.StringUnknown(), types.StringUnknown()}
	if !model.App.IsUnknown() {
		app = wixAppModel{}
		r.decode(ctx, wixVendor, model.App, &app)
	}

	options.BaseURL = r.getBaseURL(wixBaseURL, model.BaseURL, wix.DefaultBaseURL)
	options.Proxy = r.getProxy(options.BaseURL)
	credential := r.findCredential(wixVendor,
		[]types.String{model.APIKey},
		[]types.String{model.AccessToken},
		[]types.String{app.ID, app.Secret, app.InstanceID})
	a.credentialSource, a.problems = credential.source(), r.problems

	site, forSite := wixSiteID, resolver{getenv: c.getenv}
	if credential.argument == wixApp {
		a.siteIsImplied = true
		site.variables = nil // WIX_SITE_ID may be meant for another credential
	}
	a.site = forSite.get(site, model.SiteID)
	a.siteProblems = forSite.problems

	if a.problems.HasError() {
		return a
	}
	identity := wix.Identity{Token: credential.values[0]}
	if v := credential.values; a.siteIsImplied {
		identity = wix.Identity{App: &wix.App{ID: v[0], Secret: v[1], InstanceID: v[2]}}
	}
	a.client = wix.New(identity, options)
	return a
}

// siteOf returns the site_id of a data source or ephemeral resource, else the provider's, which can
// be empty.
func (a *wixAccount) siteOf(diags *diag.Diagnostics, own types.String) value {
	switch {
	case own.IsNull():
		diags.Append(a.siteProblems...)
		return a.site
	case a.siteIsImplied:
		diags.AddAttributeError(path.Root("site_id"), "Conflicting Wix Site ID", fmt.Sprintf(
			"The credential from %s belongs to one installation of the app, and so to one site.\n\n"+
				"Remove site_id. To read from another site, add a provider configuration with an "+
				"alias and the instance_id of that site.", a.credentialSource))
	}
	return value{text: own.ValueString(), source: "site_id of the block"}
}

// forbidden says what to do about a 403 or a 428 for the site.
func (a *wixAccount) forbidden(site value) func(status int) string {
	return func(status int) string {
		switch {
		case a.siteIsImplied:
			return "The app must have " + wixPermission + " Its token is for the one site of its " +
				"instance_id: leave " + wixSiteID.argument + " out."
		case site.text == "" || status == http.StatusPreconditionRequired:
			return "Wix needs to know the site: set its id as site_id of the block, as " +
				wixSiteID.whereToSet() + ". " + wixVendor.forbidden
		}
		return fmt.Sprintf("The site was %q, from %s. ", site.text, site.source) +
			wixVendor.forbidden
	}
}

func explainWix(s subject, err error) (summary, what, advice string) {
	if errors.Is(err, wix.ErrListChanged) {
		return "Unable to Read " + s.entity,
			fmt.Sprintf("The list of %s changed each time it was read.", s.object),
			"Run again when nothing is being added or removed."
	}
	return "", "", ""
}
