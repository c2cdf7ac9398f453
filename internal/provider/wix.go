package provider

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

var (
	wixAPIKey = setting{
		argument:  "wix.api_key",
		name:      "Wix API Key",
		variables: []string{"WIX_API_KEY"},
		check:     checkHeaderValue,
	}
	wixAccessToken = setting{
		argument:  "wix.access_token",
		name:      "Wix Access Token",
		variables: []string{"WIX_ACCESS_TOKEN"},
		check:     checkHeaderValue,
	}
	wixAppID = setting{
		argument:  "wix.app.id",
		name:      "Wix App ID",
		variables: []string{"WIX_APP_ID"},
		check:     checkNotEmpty,
	}
	wixAppSecret = setting{
		argument:  "wix.app.secret",
		name:      "Wix App Secret",
		variables: []string{"WIX_APP_SECRET"},
		check:     checkNotEmpty,
	}
	wixAppInstanceID = setting{
		argument:  "wix.app.instance_id",
		name:      "Wix App Instance ID",
		variables: []string{"WIX_APP_INSTANCE_ID"},
		check:     checkNotEmpty,
	}
	wixSiteID = setting{
		argument:  "wix.site_id",
		name:      "Wix Site ID",
		variables: []string{"WIX_SITE_ID"},
		check:     checkHeaderValue,
	}
	wixBaseURL = setting{
		argument:  "wix.base_url",
		name:      "Wix Base URL",
		variables: []string{"WIX_BASE_URL"},
		check:     checked(rest.ParseBaseURL),
	}
)

const (
	wixApp = "wix.app"

	wixPermission = "the permission Manage Contact Attachments " +
		"(SCOPE.DC-CONTACTS.MANAGE-CONTACT-ATTACHMENTS)."
	wixPlaces = "one of wix.api_key, wix.access_token and wix.app in the provider configuration, or " +
		"WIX_API_KEY, or WIX_ACCESS_TOKEN, or WIX_APP_ID with WIX_APP_SECRET and " +
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
	places:          wixPlaces,
	requestID:       "Request ID",
	notFoundHasCode: true,
	unauthorized: "Set a valid credential: " + wixPlaces + `. An API key goes without "Bearer", and ` +
		"an access token ends after some hours. It must have " + wixPermission,
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
		MarkdownDescription: "How to reach Wix. Exactly one of `api_key`, `access_token` and " +
			"`app` may be set; one that is set here switches off the environment variables " +
			"of all three.",
		Optional: true,
		Attributes: map[string]schema.Attribute{
			"api_key": schema.StringAttribute{
				MarkdownDescription: "API key with the permission *Manage Contact " +
					"Attachments*. It is sent as it is in `Authorization`, without `Bearer`. " +
					wixAPIKey.fallback(),
				Optional:  true,
				Sensitive: true,
			},
			"access_token": schema.StringAttribute{
				MarkdownDescription: "OAuth access token, in place of `api_key`. It is sent as " +
					"it is in `Authorization`, and ends after some hours. " +
					wixAccessToken.fallback(),
				Optional:  true,
				Sensitive: true,
			},
			"app": schema.SingleNestedAttribute{
				MarkdownDescription: "Identity of a Wix app, in place of `api_key`. It is " +
					"exchanged for access tokens, which are renewed before they end. Falls back " +
					"as a whole to the environment variables `WIX_APP_ID`, `WIX_APP_SECRET` and " +
					"`WIX_APP_INSTANCE_ID`.",
				Optional: true,
				Attributes: map[string]schema.Attribute{
					"id": schema.StringAttribute{
						MarkdownDescription: "Id of the app (`client_id`).",
						Required:            true,
					},
					"secret": schema.StringAttribute{
						MarkdownDescription: "Secret key of the app (`client_secret`).",
						Required:            true,
						Sensitive:           true,
					},
					"instance_id": schema.StringAttribute{
						MarkdownDescription: "Id of the app's installation on the site that is " +
							"read from (`instance_id`).",
						Required: true,
					},
				},
			},
			"site_id": schema.StringAttribute{
				MarkdownDescription: "Id of the site whose contacts are read, a GUID, sent " +
					"as the header `wix-site-id`. A block's own `site_id` wins. " +
					wixSiteID.fallback(),
				Optional: true,
			},
			"base_url": schema.StringAttribute{
				MarkdownDescription: "Base URL of the API, `" + wix.DefaultBaseURL + "` by " +
					"default. `http` is for loopback hosts alone. " + wixBaseURL.fallback(),
				Optional: true,
			},
		},
	}
}

// wixAccount is the account with the site that blocks read from unless they name their own.
type wixAccount struct {
	account[*wix.Client]
	site         resolved
	siteProblems diag.Diagnostics // for the first read that needs the site
	// siteIsImplied is whether the credential is for one site, so that a block can't name another.
	siteIsImplied bool
}

func (c *configurator) configureWix(
	ctx context.Context,
	object types.Object,
	options rest.Options,
) (a wixAccount) {
	var model wixModel
	if !c.read(ctx, &a.problems, wixVendor, object, &model) {
		return a
	}
	app := wixAppModel{types.StringUnknown(), types.StringUnknown(), types.StringUnknown()}
	if !model.App.IsUnknown() {
		app = wixAppModel{}
		if !model.App.IsNull() {
			c.diagnostics.Append(model.App.As(ctx, &app, basetypes.ObjectAsOptions{})...)
		}
	}

	options.BaseURL = c.baseURL(&a.problems, wixBaseURL, model.BaseURL, wix.DefaultBaseURL)
	credential := c.credential(&a.problems, wixVendor,
		[]types.String{model.APIKey},
		[]types.String{model.AccessToken},
		[]types.String{app.ID, app.Secret, app.InstanceID})
	a.credentialOrigin = credential.origin

	site := wixSiteID
	if credential.argument == wixApp {
		a.siteIsImplied = true
		site.variables = nil // one that is meant for another credential must not get in the way
	}
	a.site = c.resolve(&a.siteProblems, site, model.SiteID)

	if !c.usable(a.problems, options) {
		return a
	}
	identity := wix.Identity{Token: credential.values[0]}
	if v := credential.values; credential.argument == wixApp {
		identity = wix.Identity{App: &wix.App{ID: v[0], Secret: v[1], InstanceID: v[2]}}
	}
	a.client = wix.New(identity, options)
	return a
}

// siteOf is the site of a block: its own, else the provider's, which may be none.
func (a *wixAccount) siteOf(diags *diag.Diagnostics, own types.String) resolved {
	switch {
	case own.IsNull() && a.site.unknown:
		diags.AddError("Unknown Wix Site ID", unknownDetail(wixSiteID.argument))
	case own.IsNull():
		diags.Append(a.siteProblems...)
		return a.site
	case a.siteIsImplied:
		diags.AddAttributeError(path.Root("site_id"), "Conflicting Wix Site ID", fmt.Sprintf(
			"The credential, %s, belongs to one installation of the app and so to one site.\n\n"+
				"Leave site_id out, and read from another site by a second provider "+
				"configuration (alias) with the instance_id of that site.", a.credentialOrigin))
	}
	return resolved{text: own.ValueString(), origin: "site_id of the block"}
}

// forbidden says what to do about a 403 or a 428 for the site.
func (a *wixAccount) forbidden(site resolved) func(status int) string {
	return func(status int) string {
		switch {
		case a.siteIsImplied:
			return "The app must have " + wixPermission + " Its token is for the one site of its " +
				"instance_id: leave " + wixSiteID.argument + " out."
		case site.text == "" || status == http.StatusPreconditionRequired:
			return "Wix needs to know the site: set its id as site_id of the block, as " +
				wixSiteID.places() + ". " + wixVendor.forbidden
		}
		return fmt.Sprintf("The site was %q, from %s. ", site.text, site.origin) +
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
