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
		check:     checkAPIKey,
	}
	linqBaseURL = setting{
		argument:  "linq.base_url",
		name:      "Linq Base URL",
		variables: []string{"LINQ_API_V3_BASE_URL"},
		check:     checkBaseURL,
	}
)

var linqVendor = vendor{
	api:         "Linq",
	argument:    "linq",
	baseURL:     linqBaseURL,
	credentials: []credentialKind{{linqAPIKey.argument, []setting{linqAPIKey}}},
	whereToSet:  linqAPIKey.whereToSet(),
	credential:  "API token",
	requestID:   "Trace ID",
	unauthorized: `Set a valid Linq API token, without "Bearer", as ` + linqAPIKey.whereToSet() +
		". The provider uses the first that is set.",
	forbidden: "Ask Linq for access, or set another API token as " + linqAPIKey.whereToSet() + ".",
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

func linqAttachmentTarget(account account[*linq.Client], request linq.Request) target {
	t := target{
		vendor:           linqVendor,
		credentialSource: account.credentialSource,
		entity:           "Linq Attachment",
		name:             "attachment " + request.AttachmentID,
		notFound: "Check the attachment ID (for a message ID, use linq_message), and which account the " +
			"API token belongs to: Linq also responds like this for another account's attachment. In " +
			"Linq's ephemeral storage tier, attachments are deleted after one day.",
	}
	t.explain = func(err error) *explanation {
		switch {
		case errors.Is(err, linq.ErrFailed):
			return &explanation{
				summary: t.entity + " Failed",
				what: fmt.Sprintf("Linq couldn't process %s: its status is failed, and it will never "+
					"have a download URL.", t.name),
				advice: "Send or upload the file again. Without wait_until_ready, you can still read " +
					"its metadata.",
			}
		case !errors.Is(err, linq.ErrNotReady):
			return nil
		}
		e := &explanation{
			summary: t.entity + " Not Ready",
			what:    fmt.Sprintf("Linq hasn't finished processing %s.", t.name),
		}
		if response, ok := errors.AsType[*rest.ResponseError](err); ok {
			e.what = fmt.Sprintf("Linq hasn't finished processing %s: in the last response, %s.",
				t.name, response.Reason)
		}
		if !request.WaitUntilReady {
			e.advice = "Run Terraform again later, or set wait_until_ready = true to wait for it."
		}
		return e
	}
	return t
}
