// Package wix reads the attachments of contacts from Wix's REST API.
//
// The API is documented at
// https://dev.wix.com/docs/api-reference/crm/members-contacts/contacts/attachments/attachment-v4.
package wix

import (
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// DefaultBaseURL is the base URL of Wix's REST API.
const DefaultBaseURL = "https://www.wixapis.com"

// Client reads from Wix in the name of one account. It is safe for concurrent use.
type Client struct {
	rest   *rest.Client
	shared *rest.Shared[ContactAttachment]
	now    func() time.Time
}

// Identity is what a client authenticates with: one of its fields.
type Identity struct {
	// Token is an API key or an access token. It goes out as it is: Wix takes an API key without
	// "Bearer", and an access token as its own SDK sends it or with "Bearer".
	Token string
	App   *App
}

// New returns a client. Of the options, what is particular to Wix is set here.
func New(identity Identity, options rest.Options) *Client {
	if options.Clock == nil {
		options.Clock = rest.SystemClock
	}
	options.RequestIDHeader = "x-wix-request-id"
	options.ReadError = readError
	if identity.App != nil {
		options.Credential = newAppCredential(*identity.App, options)
		options.Secrets = []string{identity.App.Secret}
	} else {
		options.Credential = rest.StaticCredential(identity.Token)
	}
	return &Client{
		rest:   rest.New(options),
		shared: rest.NewShared[ContactAttachment](options.Clock),
		now:    options.Clock.Now,
	}
}
