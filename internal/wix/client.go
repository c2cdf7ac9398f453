// Package wix reads the attachments of contacts from Wix's REST API.
//
// The API is documented at
// https://dev.wix.com/docs/api-reference/crm/members-contacts/contacts/attachments/attachment-v4.
package wix

import (
	"net/http"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// DefaultBaseURL is the base URL of Wix's REST API.
const DefaultBaseURL = "https://www.wixapis.com"

// Client reads from Wix with one account. It is safe for concurrent use.
type Client struct {
	rest        *rest.Client
	attachments rest.Sharing[Request, *ContactAttachment]
	lists       rest.Sharing[Request, []*ContactAttachment]
}

// Identity authenticates a client. Exactly one field is set.
type Identity struct {
	// Token is an API key or an access token. It is sent unchanged: Wix takes an API key without
	// "Bearer", and an access token with or without it.
	Token string
	App   *App
}

// New returns a client. It sets the options that are specific to Wix.
func New(identity Identity, options rest.Options) *Client {
	options.RequestIDHeader = "x-wix-request-id"
	options.ReadError = readError
	if identity.App != nil {
		options.Credential = newAppCredential(*identity.App, options)
		options.Secrets = []string{identity.App.Secret}
	} else {
		options.Authorization = identity.Token
	}
	return &Client{rest: rest.New(options)}
}

// siteHeader is empty if the credential implies the site.
func siteHeader(siteID string) http.Header {
	header := http.Header{}
	if siteID != "" {
		header.Set("wix-site-id", siteID)
	}
	return header
}
