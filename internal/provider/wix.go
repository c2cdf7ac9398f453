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
		check:     checkAPIKey,
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
		"(SCOPE.DC-CONTACTS.MANAGE-CONTACT-ATTACHMENTS)"
	wixWhereToSet = "wix.api_key and wix.site_id in the provider configuration, or WIX_API_KEY and " +
		"WIX_SITE_ID in the environment. Instead of an API key, you can set wix.access_token or " +
		"wix.app, or WIX_ACCESS_TOKEN, or WIX_APP_ID with WIX_APP_SECRET and WIX_APP_INSTANCE_ID"
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
	whereToSet: wixWhereToSet,
	credential: "credentials",
	requestID:  "Request ID",
	unauthorized: "Check that the credentials are valid and have " + wixPermission + ". An API key " +
		`must be set without "Bearer", and an access token expires after a few hours.`,
	forbidden: "The credentials must have access to the site, and " + wixPermission + ".",
	appRefused: "Check the app ID, the app secret and the instance ID. If they are right, check " +
		wixBaseURL.whereToSet() + ".",
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
			"`app`. If one is set, the provider ignores the environment variables of all three.",
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
					"in `Authorization`, and expires after a few hours. " + wixAccessToken.envSentence(),
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
						MarkdownDescription: "App ID (`client_id`). Required.",
						Optional:            true,
					},
					"secret": schema.StringAttribute{
						MarkdownDescription: "App secret key (`client_secret`). Required.",
						Optional:            true,
						Sensitive:           true,
					},
					"instance_id": schema.StringAttribute{
						MarkdownDescription: "ID of the app's installation on the site to read from " +
							"(`instance_id`). Required.",
						Optional: true,
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

// wixAccount is an account and its default site.
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

// siteOf returns the site to read from: the data source's, or else the provider's, if there is one.
func (a *wixAccount) siteOf(own types.String) (value, diag.Diagnostics) {
	switch {
	case own.IsNull():
		return a.site, a.siteProblems
	case a.siteIsImplied:
		return value{}, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("site_id"),
			"Conflicting Wix Site ID", fmt.Sprintf(
				"The credentials from %s belong to one installation of the app, and so to one site.\n\n"+
					"Remove site_id. To read from another site, add a provider configuration with an "+
					"alias and the instance_id of that site.", a.credentialSource))}
	}
	return value{text: own.ValueString(), source: "site_id"}, nil
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
	case a.siteIsImplied && site.text != "":
		t.forbidden = "Remove wix.site_id: the app's tokens are only for the site of " +
			"wix.app.instance_id. The app must have " + wixPermission + "."
	case a.siteIsImplied:
		t.forbidden = "The app must have " + wixPermission + " on the site of its instance_id."
	case site.text != "":
		t.forbidden = fmt.Sprintf("The site ID was %q, from %s. ", site.text, site.source) + t.forbidden
	default:
		t.forbidden += " An API key also needs a site ID: set site_id on the data source, " +
			wixSiteID.whereToSet() + "."
	}
	t.explain = func(err error) *explanation {
		var status *rest.StatusError
		switch {
		case errors.Is(err, wix.ErrListChanged):
			return &explanation{
				what:   fmt.Sprintf("The list of %s changed each time it was read.", t.name),
				advice: "Run Terraform again when nothing is being added or removed.",
			}
		case errors.Is(err, wix.ErrTooManyAttachments), errors.Is(err, wix.ErrTooManyPages),
			errors.Is(err, rest.ErrTooLarge):
			return &explanation{
				what:   fmt.Sprintf("The %s can't be read together: %s.", t.name, err),
				advice: "Read the attachments that you need with wix_contact_attachment.",
			}
		case errors.As(err, &status) && status.StatusCode == http.StatusPreconditionRequired:
			return &explanation{
				what: fmt.Sprintf("Wix needs a site ID to read %s.", t.name),
				advice: "Set site_id on the data source, " + wixSiteID.whereToSet() + ". " +
					wixVendor.forbidden,
			}
		}
		return nil
	}
	return t
}
