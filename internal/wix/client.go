// Package wix reads the attachments of contacts from Wix's REST API.
//
// The API is documented at
// https://dev.wix.com/docs/api-reference/crm/members-contacts/contacts/attachments/attachment-v4.
package wix

import (
	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// DefaultBaseURL is the base URL of Wix's REST API.
const DefaultBaseURL = "https://www.wixapis.com"

// Client reads from Wix in the name of one account. It is safe for concurrent use.
type Client struct {
	rest *rest.Client
}

// New returns a client that authenticates with the API key, which goes out as it is: Wix takes no
// "Bearer" before it. Of the options, what is particular to Wix is set here.
func New(apiKey string, options rest.Options) *Client {
	options.Authorization = apiKey
	options.Secrets = []string{apiKey}
	options.RequestIDHeader = "x-wix-request-id"
	options.ReadError = readError
	return &Client{rest: rest.New(options)}
}
