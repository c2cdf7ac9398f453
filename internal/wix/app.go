package wix

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"time"

	"golang.org/x/net/http/httpguts"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// App is the identity of a Wix app on the one site that it is installed on as InstanceID, as
// "Create Access Token" documents it.
type App struct {
	ID         string // a GUID
	Secret     string
	InstanceID string // a GUID
}

// maxRenewal is how long before its end a token is renewed at the most.
const maxRenewal = 5 * time.Minute

// appCredential exchanges an app's identity for access tokens, as "Create Access Token" documents
// it. It implements [rest.Credential].
type appCredential struct {
	app    App
	rest   *rest.Client
	tokens *rest.Shared[string]

	mu     sync.Mutex
	barren bool // whether a token was refused since one was accepted
}

func newAppCredential(app App, options rest.Options) *appCredential {
	options.Credential = nil
	options.Secrets = []string{app.Secret}
	return &appCredential{
		app:    app,
		rest:   rest.New(options),
		tokens: rest.NewShared[string](options.Clock),
	}
}

// Authorization returns the current token, or asks for one where there is none or it is about to
// end. However many ask, there is one request.
func (c *appCredential) Authorization(ctx context.Context) (string, error) {
	token, err := c.tokens.Get(ctx, "", "", c.create)
	if err != nil {
		return "", err
	}
	return *token, nil
}

// Accepted implements [rest.Credential].
func (c *appCredential) Accepted(authorization string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if current := c.tokens.Kept(""); current != nil && *current == authorization {
		c.barren = false
	}
}

// Refused drops the token, unless it has been renewed since it was sent. Where the token that came
// after a refused one is refused too, it isn't the token: Wix answers the same where the app has no
// permission.
func (c *appCredential) Refused(authorization string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if current := c.tokens.Kept(""); current == nil || *current != authorization {
		return true
	}
	if c.barren {
		return false
	}
	c.barren = true
	c.tokens.Forget("")
	return true
}

type tokenResponse struct {
	AccessToken string   `json:"access_token"`
	ExpiresIn   *float64 `json:"expires_in"` // seconds
}

func (r *tokenResponse) check() error {
	switch {
	case r.AccessToken == "":
		return errors.New(`it has no "access_token"`)
	case !httpguts.ValidHeaderFieldValue(r.AccessToken):
		return errors.New(`its "access_token" can't be sent in a header`)
	}
	return nil
}

// create asks for a token, and tells for how long it can be used.
func (c *appCredential) create(ctx context.Context) (*string, time.Duration, error) {
	body, err := json.Marshal(map[string]string{
		"grant_type":    "client_credentials",
		"client_id":     c.app.ID,
		"client_secret": c.app.Secret,
		"instance_id":   c.app.InstanceID,
	})
	if err != nil {
		return nil, 0, err
	}
	response, err := rest.Do(ctx, c.rest, rest.Request{
		Method: http.MethodPost,
		Path:   []string{"oauth2", "token"},
		Body:   body,
	}, (*tokenResponse).check)
	if err != nil {
		return nil, 0, err
	}
	if response.ExpiresIn == nil || *response.ExpiresIn <= 0 {
		return &response.AccessToken, rest.Seconds(1e9), nil // until it is refused
	}
	lifetime := rest.Seconds(*response.ExpiresIn)
	return &response.AccessToken, lifetime - min(lifetime/10, maxRenewal), nil
}
