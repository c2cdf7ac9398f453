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
		check:       checkCredential,
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

var linqAPI = api{
	vendor: "Linq",
	credentials: []credentialKind{{
		name:     "API key",
		settings: []setting{linqAPIKey},
		rejected: "Check that the key is complete, and that it hasn't expired or been deleted in " +
			"Linq's dashboard.",
	}},
	baseURL:    linqBaseURL,
	whereToSet: linqAPIKey.whereToSet(),
	requestID:  "Trace ID",
	errorCode:  linq.ErrorCode,
}

// linqClient reads from Linq. Its client is nil if there are problems.
type linqClient struct {
	connection
	*linq.Client
}

func configureLinq(r resolver, options rest.Options) linqClient {
	c := linqClient{connection: connection{api: linqAPI, retryLimit: options.MaxRetries}}
	options.BaseURL, c.usedBaseURL = r.getBaseURL(linqBaseURL)
	options.Proxy, c.proxy = r.getProxy(options.BaseURL)
	c.credential = r.findCredential(linqAPI)
	c.problems = r.problems
	if !c.problems.HasError() {
		c.Client = linq.New(c.credential.get(linqAPIKey), options)
	}
	return c
}

func (c linqClient) subject(title, thing string) subject {
	return subject{
		connection: c.connection,
		title:      title,
		thing:      thing,
		denied:     "Ask Linq for access, or use an API key of another account.",
	}
}

// attachmentSubject is for linq_attachment and linq_attachments.
func (c linqClient) attachmentSubject(request linq.Request) subject {
	s := c.subject("Linq Attachment", "attachment "+request.AttachmentID)
	s.notFound = fmt.Sprintf("Check:\n"+
		"- the attachment ID (a message ID belongs in linq_message)\n"+
		"- the account of the %s: Linq also responds like this for attachments of other accounts\n"+
		"- whether Linq deleted the attachment: files in its ephemeral storage tier are deleted 24 "+
		"to 48 hours after the upload\n\n"+
		"If it was deleted, use linq_attachments, which lists it in missing_ids. %s",
		c.credential, destroyAnyway)
	s.explainOwn = func(err error) *explanation {
		switch {
		case errors.Is(err, linq.ErrFailed):
			return &explanation{
				summary: s.title + " Failed",
				what: fmt.Sprintf("Linq couldn't process %s: its status is failed, and it will never "+
					"have a download URL.", s.thing),
				advice: "Send or upload the file again. To read only the metadata, remove " +
					"wait_until_ready.",
			}
		case !errors.Is(err, linq.ErrNotReady):
			return nil
		}
		e := &explanation{
			summary: s.title + " Not Ready",
			what:    fmt.Sprintf("Linq hasn't finished processing %s.", s.thing),
		}
		if response, ok := errors.AsType[*rest.ResponseError](err); ok {
			e.what = fmt.Sprintf("Linq hasn't finished processing %s: in the last response, %s.",
				s.thing, response.Reason)
		}
		e.advice = "Run Terraform again later, or set wait_until_ready = true to wait for the URL."
		if request.WaitUntilReady {
			e.advice = raiseTimeout
		}
		return e
	}
	return s
}

const raiseTimeout = "If processing takes longer, raise timeout."

// destroyAnyway is needed because Terraform reads data sources before it destroys resources.
const destroyAnyway = "To destroy resources without this read, run terraform destroy " +
	"-refresh=false."
