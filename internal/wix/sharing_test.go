package wix

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// newSlowOptions returns the handler's transport, and options with it.
func newSlowOptions(t *testing.T, handler http.Handler) (*mockapi.SlowTransport, rest.Options) {
	t.Helper()
	base, err := rest.ParseBaseURL(DefaultBaseURL)
	if err != nil {
		t.Fatal(err)
	}
	api := &mockapi.SlowTransport{Handler: handler}
	return api, rest.Options{
		BaseURL: base, RequestTimeout: time.Minute, MaxConcurrentRequests: 20, Transport: api,
	}
}

// echo responds to each request for an attachment or a list with the site and contact in it.
func echo(w http.ResponseWriter, r *http.Request) {
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	name := r.Header.Get("wix-site-id") + " " + parts[3]
	document := `{"id":"` + parts[len(parts)-1] + `","fileName":"` + name + `"}`
	if len(parts) == 4 {
		document = `[` + document + `]`
		mockapi.Respond(http.StatusOK, `{"attachments":`+document+`,"metadata":{"total":1}}`)(w, r)
		return
	}
	mockapi.Respond(http.StatusOK, `{"attachment":`+document+`}`)(w, r)
}

// TestReadsOfOtherSitesAndContactsAreNotShared reads the same ID of each at once.
func TestReadsOfOtherSitesAndContactsAreNotShared(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api, options := newSlowOptions(t, http.HandlerFunc(echo))
		client := New(Identity{Token: "key"}, options)
		var mu sync.Mutex
		got, want := map[string]string{}, map[string]string{}
		add := func(key string, attachment *ContactAttachment, err error) {
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
				return
			}
			got[key] = *attachment.FileName
		}
		var group sync.WaitGroup
		for _, site := range []string{"s1", "s2"} {
			for _, contact := range []string{"c1", "c2"} {
				key := site + " " + contact
				want["one of "+key], want["all of "+key] = key, key
				group.Go(func() {
					attachment, err := client.GetContactAttachment(t.Context(),
						Request{SiteID: site, ContactID: contact, AttachmentID: "a"})
					add("one of "+key, attachment, err)
				})
				group.Go(func() {
					all, err := client.ListContactAttachments(t.Context(), site, contact)
					add("all of "+key, append(all, nil)[0], err)
				})
			}
		}
		group.Wait()
		if diff := cmp.Diff(want, got); diff != "" || api.Requests.Load() != 8 {
			t.Errorf("%d requests: %s", api.Requests.Load(), diff)
		}
	})
}

// TestRequestsInFlightAreShared reads twenty times at once, in both cases of the IDs, and then
// again.
func TestRequestsInFlightAreShared(t *testing.T) {
	t.Parallel()
	one := Request{SiteID: "s", ContactID: "c", AttachmentID: "a"}
	fresh := one
	fresh.Fresh = true
	for name, test := range map[string]struct {
		get  func(context.Context, *Client, func(string) string) error
		want int64
	}{
		"one": {func(ctx context.Context, c *Client, spell func(string) string) error {
			_, err := c.GetContactAttachment(ctx, one.spelled(spell))
			return err
		}, 1},
		"one, fresh": {func(ctx context.Context, c *Client, spell func(string) string) error {
			_, err := c.GetContactAttachment(ctx, fresh.spelled(spell))
			return err
		}, 20},
		"all": {func(ctx context.Context, c *Client, spell func(string) string) error {
			_, err := c.ListContactAttachments(ctx, spell("s"), spell("c"))
			return err
		}, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			api, options := newSlowOptions(t, http.HandlerFunc(echo))
			client := New(Identity{Token: "key"}, options)
			var group sync.WaitGroup
			for i := range 20 {
				spell := []func(string) string{strings.ToLower, strings.ToUpper}[i%2]
				group.Go(func() {
					if err := test.get(t.Context(), client, spell); err != nil {
						t.Error(err)
					}
				})
			}
			group.Wait()
			if err := test.get(t.Context(), client, strings.ToLower); err != nil {
				t.Error(err)
			}
			if n := api.Requests.Load(); n != test.want+1 {
				t.Errorf("%s: %d requests", name, n)
			}
		})
	}
}

func (r Request) spelled(spell func(string) string) Request {
	r.SiteID, r.ContactID = spell(r.SiteID), spell(r.ContactID)
	r.AttachmentID = spell(r.AttachmentID)
	return r
}

// TestARefusedTokenIsNotHandedOutAgain has a call in flight that is about to return the token.
func TestARefusedTokenIsNotHandedOutAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, options := newSlowOptions(t, mockapi.New(mockapi.Config{}))
		credential := newAppCredential(mockApp, options)
		old, err := credential.Authorization(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			_, _ = credential.create.Do(t.Context(), 0, func(context.Context) (string, error) {
				time.Sleep(time.Minute)
				return old, nil
			})
		}()
		synctest.Wait()
		credential.Refused(old)
		if renewed, err := credential.Authorization(t.Context()); err != nil || renewed == old {
			t.Errorf("got %q again, %v", renewed, err)
		}
		time.Sleep(time.Minute)
	})
}
