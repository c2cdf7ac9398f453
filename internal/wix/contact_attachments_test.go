package wix

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

const manyContact = "0aa1b2c3-0000-4000-8000-000000000001"

// fill gives a contact a number of attachments.
func fill(api *mockapi.Server, contactID string, from, to int) (ids []string) {
	for i := from; i < to; i++ {
		id := fmt.Sprintf("00000000-0000-4000-8000-%012d", i)
		api.PutWix(contactID, `{"id":"`+id+`","fileName":"f","mimeType":"m","attachmentType":"OTHER"}`)
		ids = append(ids, id)
	}
	return ids
}

func list(t *testing.T, client *Client, contactID string) ([]string, error) {
	t.Helper()
	attachments, err := client.ListContactAttachments(t.Context(), mockapi.DefaultWixSiteID, contactID)
	ids := []string{}
	for _, attachment := range attachments {
		ids = append(ids, attachment.ID)
	}
	return ids, err
}

func TestListContactAttachmentsReadsAllPages(t *testing.T) {
	t.Parallel()
	for count, pages := range map[int]int{1: 1, 99: 1, 100: 1, 101: 2, 200: 2, 450: 5} {
		api, client := newMock(t, mockapi.DefaultWixAPIKey)
		want := fill(api, manyContact, 0, count)
		got, err := list(t, client, strings.ToUpper(manyContact))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d: %s", count, diff)
		}
		if n := len(api.Requests()); n != pages {
			t.Errorf("%d: %d requests, want %d", count, n, pages)
		}
	}
}

// growing adds attachments to the contact before each request for the page at the offset.
func growing(
	api *mockapi.Server,
	offset string,
	times int,
) func(http.ResponseWriter, *http.Request) {
	added := 1000
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("paging.offset") == offset && times > 0 {
			times--
			added++
			fill(api, manyContact, added, added+1)
		}
		api.ServeHTTP(w, r)
	}
}

func TestListContactAttachmentsStartsAgainIfTheListChanges(t *testing.T) {
	t.Parallel()
	for changes, want := range map[int]struct {
		requests, count int
		err             error
	}{
		0: {3, 250, nil},
		1: {5, 251, nil},
		2: {7, 252, nil},
		3: {6, 0, ErrListChanged},
	} {
		api := mockapi.New(mockapi.Config{})
		fill(api, manyContact, 0, 250)
		client := newClientOf(t, http.HandlerFunc(growing(api, "100", changes)))
		got, err := list(t, client, manyContact)
		if !errors.Is(err, want.err) || len(got) != want.count {
			t.Errorf("%d changes: %d, %v", changes, len(got), err)
		}
		if n := len(api.Requests()); n != want.requests {
			t.Errorf("%d changes: %d requests", changes, n)
		}
	}
}

// page is a response with attachments of these numbers.
func page(total string, numbers ...int) string {
	var attachments []string
	for _, n := range numbers {
		attachments = append(attachments, fmt.Sprintf(`{"id":"%d"}`, n))
	}
	return `{"attachments":[` + strings.Join(attachments, ",") + `],"metadata":{` + total + `}}`
}

func TestListContactAttachmentsEndsWhateverThePagesSay(t *testing.T) {
	t.Parallel()
	numbers := func(from, to int) (all []int) {
		for n := from; n < to; n++ {
			all = append(all, n)
		}
		return all
	}
	hundred := numbers(0, 100)
	// five pages of fifty, whatever is said of their number, and then none
	fifties := func(metadata string) (pages []string) {
		for i := range 6 {
			pages = append(pages, page(metadata, numbers(i*50, min(i*50+50, 250))...))
		}
		return pages
	}
	for name, test := range map[string]struct {
		pages    []string // the last one repeatedly
		requests int
		count    int
		err      error
	}{
		"the same page for ever": {[]string{page(`"total":300`, hundred...)}, 6, 0, ErrListChanged},
		"the same page for ever, without a total": {
			[]string{page("", hundred...)}, 6, 0, ErrListChanged,
		},
		"an empty page before the end": {
			[]string{page(`"total":300`, hundred...), page(`"total":300`)}, 4, 0, ErrListChanged,
		},
		"a page without attachments before the end": {
			[]string{
				page(`"total":300`, hundred...), `{}`, page(`"total":300`, hundred...), `{}`,
				page(`"total":300`, hundred...), `{"metadata":{}}`,
			}, 6, 0, ErrListChanged,
		},
		"more than the total":             {[]string{page(`"total":1`, 1, 2)}, 3, 0, ErrListChanged},
		"attachments beside a total of 0": {[]string{page(`"total":0`, 1)}, 3, 0, ErrListChanged},
		"the same one twice":              {[]string{page(`"total":2`, 1, 1)}, 3, 0, ErrListChanged},
		"the same one in another case": {
			[]string{`{"attachments":[{"id":"a"},{"id":"A"}],"metadata":{"total":2}}`},
			3, 0, ErrListChanged,
		},
		"fifty a page, no total":   {fifties(""), 6, 250, nil},
		"fifty a page, null":       {fifties(`"total":null`), 6, 250, nil},
		"fifty a page, too many":   {fifties(`"total":0,"tooManyToCount":true`), 6, 250, nil},
		"fifty a page, the total":  {fifties(`"total":250`), 5, 250, nil},
		"fifty a page, a fraction": {fifties(`"total":250.0`), 5, 250, nil},
		"the total only at first": {
			[]string{page(`"total":3`, 1, 2), page("", 3)}, 2, 3, nil,
		},
		"the total only later": {
			[]string{page("", 1, 2), page(`"total":3`, 3)}, 2, 3, nil,
		},
		"no metadata":                   {[]string{`{"attachments":[{"id":"1"}]}`, `{}`}, 2, 1, nil},
		"an empty list without a total": {[]string{page("")}, 1, 0, nil},
		"no list, and a total of 0": {
			[]string{`{"attachments":null,"metadata":{"total":0}}`}, 1, 0, nil,
		},
		"no list later": {[]string{page("", 1), `{"metadata":{}}`}, 2, 1, nil},
	} {
		sent := 0
		client := newClientOf(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(test.pages[min(sent, len(test.pages)-1)]))
			sent++
		}))
		got, err := list(t, client, manyContact)
		if !errors.Is(err, test.err) || len(got) != test.count {
			t.Errorf("%s: %d, %v", name, len(got), err)
		}
		if sent != test.requests {
			t.Errorf("%s: %d requests", name, sent)
		}
	}
}

func TestListContactAttachmentsIsBounded(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		name     string // of each file
		count    int    // on each page
		requests int
		err      error
	}{
		"too many pages":       {"x", 1, maxPages, ErrTooManyPages},
		"too many attachments": {"x", 2500, maxAttachments/2500 + 1, ErrTooManyAttachments},
		"too large":            {strings.Repeat("x", 40<<10), 100, 9, rest.ErrTooLarge},
	} {
		sent, next := 0, 0
		client := newClientOf(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			sent++
			var attachments []string
			for range test.count {
				next++
				attachments = append(attachments, fmt.Sprintf(`{"id":"%d","fileName":%q}`, next, test.name))
			}
			_, _ = w.Write([]byte(`{"attachments":[` + strings.Join(attachments, ",") + `]}`))
		}))
		if _, err := list(t, client, manyContact); !errors.Is(err, test.err) || sent != test.requests {
			t.Errorf("%s: got %v after %d requests", name, err, sent)
		}
	}
}

func TestListContactAttachmentsRejectsUnexpectedResponses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ body, want string }{
		{`{}`, `it has no "attachments"`},
		{`{"metadata":{}}`, `it has no "attachments"`},
		{`{"attachments":null,"metadata":{"total":3}}`, `it has no "attachments"`},
		{`{"items":[{"id":"1"}],"metadata":{"total":1}}`, `it has no "attachments"`},
		{`{"Attachments":[{"id":"1"}],"metadata":{}}`, `it has no "attachments"`},
		{`{"metadata":{"total":0,"tooManyToCount":true}}`, `it has no "attachments"`},
		{`{"attachments":[{"id":"1"},{}],"metadata":{}}`, `number 2 of its "attachments" has no "id"`},
		{`{"attachments":[null],"metadata":{}}`, `number 1 of its "attachments" has no "id"`},
		{`{"attachments":{},"metadata":{}}`, `its field "attachments" is an object`},
		{`{"attachments":[],"metadata":{"total":1.5}}`, `its field "metadata.total" is a number 1.5`},
		{
			`{"attachments":[{"id":"1","document":{"url":"a\u0007"}}]}`,
			`its field "attachments.0.document.url" has a control character`,
		},
		{"[" + strings.Repeat(" ", maxPageSize) + "]", "it exceeds 4 MiB"},
	} {
		client := newClientOf(t, http.HandlerFunc(mockapi.Respond(http.StatusOK, test.body)))
		_, err := list(t, client, manyContact)
		var unexpected *rest.ResponseError
		if !errors.As(err, &unexpected) || unexpected.Reason != test.want {
			t.Errorf("%.60s: got %v", test.body, err)
		}
	}
}
