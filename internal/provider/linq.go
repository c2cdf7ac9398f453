package provider

import (
	"errors"
	"fmt"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

var (
	linqAPIKey = setting{
		argument:    "linq_api_key",
		name:        "Linq API Key",
		variables:   []string{"LINQ_API_V3_API_KEY", "LINQ_API_KEY"},
		description: "Linq API key, without `Bearer`, sent in the header `Authorization`.",
		isSensitive: true,
		check:       checkAPIKey,
	}
	linqBaseURL = setting{
		argument:  "linq_base_url",
		name:      "Linq Base URL",
		variables: []string{"LINQ_API_V3_BASE_URL"},
		description: "Base URL of Linq's API, with or without `/v3` at its end. `http` is allowed only " +
			"for loopback hosts.",
		defaultValue: linq.DefaultBaseURL,
		check:        checkBaseURL,
	}
)

var linqVendor = vendor{
	api:         "Linq",
	credentials: []credentialKind{{"API key", []setting{linqAPIKey}}},
	baseURL:     linqBaseURL,
	whereToSet:  linqAPIKey.whereToSet(),
	requestID:   "Trace ID",
	unauthorized: `Set a valid Linq API key, without "Bearer", as ` + linqAPIKey.whereToSet() +
		". The provider uses the first that is set.",
	forbidden: "Ask Linq for access, or set another API key as " + linqAPIKey.whereToSet() + ".",
}

func configureLinq(r resolver, options rest.Options) account[*linq.Client] {
	options.BaseURL = r.getBaseURL(linqBaseURL)
	options.Proxy = r.getProxy(options.BaseURL)
	credential := r.findCredential(linqVendor)

	a := account[*linq.Client]{credentialSource: credential.source(), problems: r.problems}
	if !a.problems.HasError() {
		a.client = linq.New(credential.get(linqAPIKey), options)
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
			"API key belongs to: Linq also responds like this for another account's attachment. In " +
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
