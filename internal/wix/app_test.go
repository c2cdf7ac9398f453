package wix

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// clock stands still until it is moved, and records waits.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	waits []time.Duration
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.move(d)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waits = append(c.waits, d)
	return ctx.Err()
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

var mockApp = App{
	ID:         mockapi.DefaultWixAppID,
	Secret:     mockapi.DefaultWixAppSecret,
	InstanceID: mockapi.DefaultWixAppInstanceID,
}

func newAppMock(t *testing.T, app App) (*mockapi.Server, *Client, *clock) {
	t.Helper()
	api := mockapi.New(mockapi.Config{})
	now := &clock{now: time.Now()}
	return api, New(Identity{App: &app}, rest.Options{
		BaseURL:               serve(t, api),
		RequestTimeout:        time.Minute,
		MaxRetries:            2,
		MaxConcurrentRequests: 4,
		Clock:                 now,
	}), now
}

// tokens counts the requests for a token.
func tokens(api *mockapi.Server) (count int) {
	for _, request := range api.Requests() {
		if request.Path == "/oauth2/token" {
			count++
		}
	}
	return count
}

func readPDF(t *testing.T, client *Client) error {
	t.Helper()
	_, err := client.GetContactAttachment(t.Context(),
		Request{Fresh: true, ContactID: mockapi.WixContact, AttachmentID: mockapi.WixPDF})
	return err
}

func readPDFs(t *testing.T, client *Client, times int) {
	t.Helper()
	var group sync.WaitGroup
	for range times {
		group.Go(func() {
			if err := readPDF(t, client); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

func TestAppKeepsATokenWithoutExpirationUntilItIsRefused(t *testing.T) {
	t.Parallel()
	for _, expires := range []string{
		"", `,"expires_in":0`, `,"expires_in":-1`, `,"expires_in":null`, `,"expires_in":"soon"`,
	} {
		api, client, clock := newAppMock(t, mockApp)
		token := `{"access_token":"` + mockapi.DefaultWixAccessToken + `"` + expires + "}"
		api.Fail("token", mockapi.Respond(http.StatusOK, token), mockapi.Respond(http.StatusOK, token))
		readPDFs(t, client, 50)
		if _, sent := api.Requests()[0].Header["Authorization"]; sent {
			t.Error("the token's request has a credential")
		}
		clock.move(365 * 24 * time.Hour / 2)
		readPDFs(t, client, 20)
		if got := tokens(api); got != 1 {
			t.Errorf("%q: %d tokens", expires, got)
		}
		api.Fail(mockapi.WixPDF, mockapi.Status(401))
		readPDFs(t, client, 1)
		if got := tokens(api); got != 2 {
			t.Errorf("%q: %d tokens after a refusal", expires, got)
		}
	}
}

// TestAppRenewsItsTokenBeforeItExpires has the spellings of expires_in that occur, and a byte order
// mark.
func TestAppRenewsItsTokenBeforeItExpires(t *testing.T) {
	t.Parallel()
	for _, expires := range []string{`14400`, `"14400"`, `14400.0`, `1.44E4`} {
		api, client, clock := newAppMock(t, mockApp)
		token := "\ufeff" + `{"access_token":"` + mockapi.DefaultWixAccessToken + `","expires_in":` +
			expires + "}"
		api.Fail("token", mockapi.Respond(http.StatusOK, token), mockapi.Respond(http.StatusOK, token))
		readPDFs(t, client, 1)
		clock.move(14400*time.Second - maxRenewal - 1)
		for want := 1; want <= 2; want++ {
			readPDFs(t, client, 5)
			if got := tokens(api); got != want {
				t.Errorf("%s: %d tokens, want %d", expires, got, want)
			}
			clock.move(1)
		}
	}
}

// TestAppWithoutPermissionAsksForTwoTokens gets a 401 with each token.
func TestAppWithoutPermissionAsksForTwoTokens(t *testing.T) {
	t.Parallel()
	api, client, _ := newAppMock(t, mockApp)
	for range 20 {
		api.Fail(mockapi.WixPDF, mockapi.Status(401))
	}
	for range 10 {
		status, ok := errors.AsType[*rest.StatusError](readPDF(t, client))
		if !ok || status.StatusCode != 401 {
			t.Errorf("got %v", status)
		}
	}
	if got := tokens(api); got != 2 || len(api.Requests()) != 13 {
		t.Errorf("%d tokens, %d requests", got, len(api.Requests()))
	}
}

// TestAppRenewsAgainAfterATokenThatWasAccepted has two tokens refused after use.
func TestAppRenewsAgainAfterATokenThatWasAccepted(t *testing.T) {
	t.Parallel()
	api, client, _ := newAppMock(t, mockApp)
	readPDFs(t, client, 1)
	for renewals := 1; renewals <= 2; renewals++ {
		api.RevokeWixTokens()
		readPDFs(t, client, 20)
		if got := tokens(api); got != 1+renewals {
			t.Errorf("%d tokens after %d renewals", got, renewals)
		}
	}
}

// TestALateResponseToTheOldTokenChangesNothing gets a 401 for the old token after the renewal.
func TestALateResponseToTheOldTokenChangesNothing(t *testing.T) {
	t.Parallel()
	api := mockapi.New(mockapi.Config{})
	credential := newAppCredential(mockApp, rest.Options{
		BaseURL: serve(t, api), RequestTimeout: time.Minute,
	})
	old, err := credential.Authorization(t.Context())
	if err != nil || !credential.Refused(old) {
		t.Fatalf("got %q, %v", old, err)
	}
	renewed, err := credential.Authorization(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	credential.Accepted(old)
	if credential.Refused(renewed) {
		t.Error("a token that was never accepted is renewed")
	}
	credential.Accepted(renewed)
	if !credential.Refused(renewed) {
		t.Error("a token that was accepted isn't renewed")
	}
}

// TestAppRenewalIsNotARetry has a refused token and a failed response, with one retry allowed.
func TestAppRenewalIsNotARetry(t *testing.T) {
	t.Parallel()
	api := mockapi.New(mockapi.Config{})
	client := New(Identity{App: &mockApp}, rest.Options{
		BaseURL: serve(t, api), RequestTimeout: time.Minute, MaxRetries: 1,
		Clock: &clock{now: time.Now()},
	})
	api.Fail(mockapi.WixPDF, mockapi.Status(401), mockapi.Status(500))
	readPDFs(t, client, 1)
}

func TestAppRetriesTheTokenRequestLikeARead(t *testing.T) {
	t.Parallel()
	api, client, _ := newAppMock(t, mockApp)
	api.Fail("token", mockapi.Status(503), mockapi.Drop)
	readPDFs(t, client, 1)
	if got := tokens(api); got != 3 {
		t.Errorf("%d requests", got)
	}
}

func TestAppErrorsAreCredentialErrorsWithoutSecrets(t *testing.T) {
	t.Parallel()
	echo := func(w http.ResponseWriter, r *http.Request) {
		var body struct {
			Secret string `json:"client_secret"`
		}
		_ = json.NewDecoder(r.Body).Decode(&body)
		mockapi.Error(400, body.Secret, "no "+body.Secret)(w, r)
	}
	for name, fault := range map[string]mockapi.Fault{
		"refused":      nil,
		"echoed":       echo,
		"no token":     mockapi.Respond(200, `{}`),
		"a line break": mockapi.Respond(200, `{"access_token":"a\nb"}`),
		"a space":      mockapi.Respond(200, `{"access_token":"Bearer abc"}`),
		"invisible":    mockapi.Respond(200, `{"access_token":"abc\u200b"}`),
		"a number":     mockapi.Respond(200, `{"access_token":7}`),
	} {
		app := mockApp
		app.Secret = "another-s3cr3t"
		api, client, _ := newAppMock(t, app)
		if fault != nil {
			api.Fail("token", fault)
		}
		err := readPDF(t, client)
		var credential *rest.CredentialError
		if !errors.As(err, &credential) || strings.Contains(err.Error(), app.Secret) {
			t.Errorf("%s: got %v", name, err)
		}
		if len(api.Requests()) != 1 {
			t.Errorf("%s: %d requests", name, len(api.Requests()))
		}
	}
}

// TestAppErrorsSayWhatWixSaid has the forms of OAuth and of Wix's other endpoints.
func TestAppErrorsSayWhatWixSaid(t *testing.T) {
	t.Parallel()
	own := mockapi.Respond(400, `{"message":"No","details":{"applicationError":{"code":"X"}}}`)
	for want, fault := range map[string]mockapi.Fault{
		"400 Bad Request, code invalid_client: Invalid app credentials": nil,
		"400 Bad Request, code X: No":                                   own,
	} {
		app := mockApp
		app.Secret = "another-s3cr3t"
		api, client, _ := newAppMock(t, app)
		if fault != nil {
			api.Fail("token", fault)
		}
		status, ok := errors.AsType[*rest.StatusError](readPDF(t, client))
		if !ok || status.Error() != want {
			t.Errorf("got %v, want %s", status, want)
		}
	}
}

func TestAnEchoedAppTokenIsRedacted(t *testing.T) {
	t.Parallel()
	api, client, _ := newAppMock(t, mockApp)
	var token string
	api.Fail(mockapi.WixPDF, func(w http.ResponseWriter, r *http.Request) {
		token = r.Header.Get("Authorization")
		mockapi.Error(400, "", "no "+token+mockApp.Secret)(w, r)
	})
	err := readPDF(t, client)
	if err == nil || token == "" || strings.Contains(err.Error(), token) ||
		strings.Contains(err.Error(), mockApp.Secret) {
		t.Errorf("got %v", err)
	}
}
