package wix

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// App is a Wix app and its installation on one site, as "Create Access Token" documents them.
type App struct {
	ID         string // a UUID
	Secret     string
	InstanceID string // a UUID
}

// maxRenewal caps how long before its expiration a token is renewed.
const maxRenewal = 5 * time.Minute

// appCredential exchanges an app's identity for access tokens, as "Create Access Token" documents
// it, and keeps the last one. It implements [rest.Credential].
type appCredential struct {
	app    App
	rest   *rest.Client
	clock  rest.Clock
	create rest.Sharing[int, string] // by the number of dropped tokens

	mu      sync.Mutex
	token   string    // "" if there is none
	renew   time.Time // when to get another one; zero for never
	refused bool      // whether a token was refused since one was accepted
	dropped int       // tokens so far
}

func newAppCredential(app App, options rest.Options) *appCredential {
	options.Credential = nil
	options.Secrets = []string{app.Secret}
	clock := cmp.Or(options.Clock, rest.SystemClock)
	return &appCredential{app: app, rest: rest.New(options), clock: clock}
}

// Authorization returns the current token, or gets one if there is none or it is about to expire.
// Concurrent calls share one request, unless it is older than the last refusal and so could return
// the refused token.
func (c *appCredential) Authorization(ctx context.Context) (string, error) {
	c.mu.Lock()
	dropped := c.dropped
	c.mu.Unlock()
	return c.create.Do(ctx, dropped, func(ctx context.Context) (string, error) {
		if token := c.current(); token != "" {
			return token, nil
		}
		return c.createToken(ctx)
	})
}

func (c *appCredential) current() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.renew.IsZero() && !c.clock.Now().Before(c.renew) {
		return ""
	}
	return c.token
}

// Accepted implements [rest.Credential].
func (c *appCredential) Accepted(authorization string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if authorization == c.token {
		c.refused = false
	}
}

// Refused drops the token, unless it has been renewed since it was sent. If the next token is
// refused too, the cause isn't the token: Wix sends the same response if the app lacks a
// permission.
func (c *appCredential) Refused(authorization string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if authorization != c.token {
		return true
	}
	if c.refused {
		return false
	}
	c.refused = true
	c.token = ""
	c.dropped++
	return true
}

type tokenResponse struct {
	AccessToken string      `json:"access_token"`
	ExpiresIn   rest.Scalar `json:"expires_in"` // seconds
}

func (r *tokenResponse) check() error {
	switch {
	case r.AccessToken == "":
		return &rest.MissingError{Field: "access_token"}
	case rest.CheckToken(r.AccessToken) != nil:
		return errors.New(`its "access_token" has a character that isn't visible ASCII`)
	}
	return nil
}

func (c *appCredential) createToken(ctx context.Context) (string, error) {
	body, err := json.Marshal(map[string]string{
		"grant_type":    "client_credentials",
		"client_id":     c.app.ID,
		"client_secret": c.app.Secret,
		"instance_id":   c.app.InstanceID,
	})
	if err != nil {
		return "", err
	}
	response, _, err := rest.Do(ctx, c.rest, rest.Request{
		Method: http.MethodPost,
		Path:   []string{"oauth2", "token"},
		Body:   body,
	}, (*tokenResponse).check)
	if err != nil {
		return "", err
	}

	c.mu.Lock()
	defer c.mu.Unlock()
	c.token, c.renew = response.AccessToken, time.Time{}
	seconds, _ := strconv.ParseFloat(string(response.ExpiresIn), 64)
	if seconds > 0 {
		lifetime := rest.Seconds(seconds)
		c.renew = c.clock.Now().Add(lifetime - min(lifetime/10, maxRenewal))
	}
	return c.token, nil
}
