// Package linq reads attachments from version 3 of Linq's partner API.
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

// Client reads from Linq in the name of one account. It is safe for concurrent use.
type Client struct {
	rest   *rest.Client
	shared *rest.Shared[Attachment]
}

// New returns a client that authenticates with the API key. Of the options, what is particular to
// Linq is set here.
func New(apiKey string, options rest.Options) *Client {
	options.BaseURL = trimVersion(options.BaseURL)
	options.Credential = rest.StaticCredential("Bearer " + apiKey)
	options.RequestIDHeader = "X-Trace-ID"
	options.ReadError = readError
	return &Client{
		rest:   rest.New(options),
		shared: rest.NewShared[Attachment](options.Clock),
	}
}

// trimVersion drops the /v3 that Linq's documentation writes as part of the base URL, while its
// SDKs leave it to the request's path.
func trimVersion(base *url.URL) *url.URL {
	trimmed := *base
	trimmed.Path = strings.TrimSuffix(strings.TrimRight(base.Path, "/"), "/v3")
	trimmed.RawPath = strings.TrimSuffix(strings.TrimRight(base.RawPath, "/"), "/v3")
	return &trimmed
}
