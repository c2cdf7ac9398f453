package provider

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

var (
	linqAPIKey = setting{
		argument:  "linq.api_key",
		name:      "Linq API Key",
		variables: []string{"LINQ_API_V3_API_KEY", "LINQ_API_KEY"},
		check:     rest.CheckToken,
	}
	linqBaseURL = setting{
		argument:  "linq.base_url",
		name:      "Linq Base URL",
		variables: []string{"LINQ_API_V3_BASE_URL"},
		check:     checkBaseURL,
	}
)

var linqVendor = vendor{
	api:             "Linq",
	argument:        "linq",
	baseURL:         linqBaseURL,
	credentials:     []credentialKind{{linqAPIKey.argument, []setting{linqAPIKey}}},
	whereToSet:      linqAPIKey.whereToSet(),
	requestID:       "Trace ID",
	notFoundHasCode: true,
	unauthorized: `Set a valid token of Linq's partner API, without "Bearer", as ` +
		linqAPIKey.whereToSet() + "; the first of them that is set is used.",
	forbidden: "Ask for access where the token was made, or use another one: " +
		linqAPIKey.whereToSet() + ".",
	notFound: "Look at the id, and at the account that the token belongs to: Linq answers in " +
		"the same way for an attachment of another account. In Linq's ephemeral tier an " +
		"attachment is deleted after one day.",
	explain: explainLinq,
}

type linqModel struct {
	APIKey  types.String `tfsdk:"api_key"`
	BaseURL types.String `tfsdk:"base_url"`
}

func linqAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "How to reach Linq.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"api_key": schema.StringAttribute{
				MarkdownDescription: "Linq API token, without `Bearer`, sent in `Authorization`. " +
					linqAPIKey.envSentence(),
				Optional:  true,
				Sensitive: true,
			},
			"base_url": schema.StringAttribute{
				MarkdownDescription: "Base URL of the API, with or without `/v3` at its end. `http` is " +
					"allowed only for loopback hosts. " + linqBaseURL.envSentence() + " Defaults to `" +
					linq.DefaultBaseURL + "`.",
				Optional: true,
			},
		},
	}
}

func (c configurator) configureLinq(
	ctx context.Context,
	object types.Object,
	options rest.Options,
	shared diag.Diagnostics,
) account[*linq.Client] {
	r := resolver{getenv: c.getenv, problems: slices.Clone(shared)}
	var model linqModel
	if !r.decode(ctx, linqVendor, object, &model) {
		return account[*linq.Client]{problems: r.problems}
	}
	options.BaseURL = r.getBaseURL(linqBaseURL, model.BaseURL, linq.DefaultBaseURL)
	options.Proxy = r.getProxy(options.BaseURL)
	credential := r.findCredential(linqVendor, []types.String{model.APIKey})

	a := account[*linq.Client]{credentialSource: credential.source(), problems: r.problems}
	if !a.problems.HasError() {
		a.client = linq.New(credential.values[0], options)
	}
	return a
}

func explainLinq(s subject, err error) (summary, what, advice string) {
	switch {
	case errors.Is(err, linq.ErrNotReady):
		if !s.waits {
			advice = "Run again in a while, or set wait_until_ready of the block to wait for it."
		}
		return s.entity + " Not Ready", fmt.Sprintf("Linq hasn't finished with %s yet.", s.object), advice
	case errors.Is(err, linq.ErrFailed):
		return s.entity + " Failed",
			fmt.Sprintf("Linq couldn't process %s: its status is failed, and there will be no URL.",
				s.object),
			"Send or upload the file again. Without wait_until_ready of the block, what is known of " +
				"it can still be read."
	}
	return "", "", ""
}
