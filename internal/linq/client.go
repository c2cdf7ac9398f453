// Package linq reads attachments and messages from version 3 of Linq's partner API.
//
// The API is documented at https://docs.linqapp.com.
package linq

import (
	"net/url"
	"strings"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// DefaultBaseURL is the base URL of Linq's partner API.
const DefaultBaseURL = "https://api.linqapp.com/api/partner"

// Client reads from Linq with one account. It is safe for concurrent use.
type Client struct {
	rest        *rest.Client
	attachments rest.Sharing[Request, *Attachment]
	messages    rest.Sharing[string, *Message]
}

// New returns a client that authenticates with the API token. It sets the options that are specific
// to Linq.
func New(apiToken string, options rest.Options) *Client {
	options.BaseURL = trimVersion(options.BaseURL)
	options.Authorization = "Bearer " + apiToken
	options.RequestIDHeader = "X-Trace-ID"
	options.ReadError = readError
	return &Client{rest: rest.New(options)}
}

// trimVersion removes /v3 from the end of the base URL. It is there in Linq's documentation, but
// not in its SDKs.
func trimVersion(base *url.URL) *url.URL {
	trimmed := *base
	trimmed.Path = strings.TrimSuffix(strings.TrimRight(base.Path, "/"), "/v3")
	trimmed.RawPath = strings.TrimSuffix(strings.TrimRight(base.RawPath, "/"), "/v3")
	return &trimmed
}
