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

// fill gives a contact so many attachments.
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

func TestListContactAttachmentsOfNoneIsEmpty(t *testing.T) {
	t.Parallel()
	api, client := newMock(t, mockapi.DefaultWixAPIKey)
	if got, err := list(t, client, mockapi.WixEmptyContact); err != nil || len(got) != 0 {
		t.Errorf("got %v, %v", got, err)
	}
	if n := len(api.Requests()); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// growing adds attachments to the contact before each of the pages that begin at the offset.
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

func TestListContactAttachmentsBeginsAgainWhereTheListChanges(t *testing.T) {
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

// page is a handler's answer with attachments of these numbers.
func page(total string, numbers ...int) string {
	var attachments []string
	for _, n := range numbers {
		attachments = append(attachments, fmt.Sprintf(`{"id":"%d"}`, n))
	}
	return `{"attachments":[` + strings.Join(attachments, ",") + `],"metadata":{` + total + `}}`
}

func TestListContactAttachmentsEndsWhateverThePagesSay(t *testing.T) {
	t.Parallel()
	hundred := make([]int, 100)
	for i := range hundred {
		hundred[i] = i
	}
	for name, test := range map[string]struct {
		pages    []string // the last one again and again
		requests int
		count    int
		err      error
	}{
		"the same page for ever": {[]string{page(`"total":300`, hundred...)}, 6, 0, ErrListChanged},
		"an empty page before the end": {
			[]string{page(`"total":300`, hundred...), page(`"total":300`)}, 4, 0, ErrListChanged,
		},
		"more than the total": {[]string{page(`"total":1`, 1, 2)}, 3, 0, ErrListChanged},
		"the same one twice":  {[]string{page(`"total":2`, 1, 1)}, 3, 0, ErrListChanged},
		"the same one in another case": {
			[]string{`{"attachments":[{"id":"a"},{"id":"A"}],"metadata":{"total":2}}`},
			3, 0, ErrListChanged,
		},
		"too many to count": {
			[]string{
				page(`"total":0,"tooManyToCount":true`, hundred...),
				page(`"tooManyToCount":true`, 100),
			}, 2, 101, nil,
		},
		"no total":                {[]string{page(``, hundred...), page(``)}, 2, 100, nil},
		"pages of less than 100":  {[]string{page(`"total":3`, 1, 2), page(`"total":3`, 3)}, 2, 3, nil},
		"null in place of a list": {[]string{`{"attachments":null,"metadata":{"total":0}}`}, 1, 0, nil},
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

func TestListContactAttachmentsRefusesWrongAnswers(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{}`:                 `it has no "metadata"`,
		`{"attachments":[]}`: `it has no "metadata"`,
		`{"attachments":[{"id":"1"},{}],"metadata":{}}`: `number 2 of its "attachments" has no "id"`,
		`{"attachments":[null],"metadata":{}}`:          `number 1 of its "attachments" has no "id"`,
		`{"attachments":{},"metadata":{}}`:              `its field "attachments" holds a object`,
	} {
		client := newClientOf(t, http.HandlerFunc(mockapi.Respond(http.StatusOK, body)))
		_, err := list(t, client, manyContact)
		var answer *rest.AnswerError
		if !errors.As(err, &answer) || answer.Reason != want {
			t.Errorf("%s: got %v", body, err)
		}
	}
}
