package provider

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// fault is a row of the table. The API responds to the first requests with the faults, and then as
// documented.
type fault struct {
	name     string
	typeName string
	faults   []mockapi.Fault
	limit    string // timeout
	summary  string // "" if the read succeeds
	detail   string // a part of it
	waits    []time.Duration
}

// requests is the expected number: one for each fault, and a successful request.
func (f fault) requests() int {
	if f.summary == "" {
		return len(f.faults) + 1
	}
	return len(f.faults)
}

const (
	cantRead = "Unable to Read Linq Attachment"
	cantWix  = "Unable to Read Wix Contact Attachment"
	notFound = "Linq Attachment Not Found"
	exhaust  = afterFive
)

// The longest waits before the second and later attempts.
var backoffs = []time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second}

// faultTable returns all rows of TestFaults.
func faultTable() []fault {
	return slices.Concat(retriedFaults(), finalFaults(), pauses(), unexpectedResponses(),
		oddResponses(), wixFaults())
}

// TestFaults has the outcome of each fault, the number of requests, and the waits between them.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, test := range faultTable() {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			api, clock := newMock(t), &noWait{}
			api.Fail("", test.faults...)
			typeName, block := readableBlock(test.typeName)
			if test.limit != "" {
				block["timeout"] = test.limit
			}

			result := start(t, newTestServer(api.env(), clock)).read(t, nil, typeName, block)
			var got problem
			if len(result.problems) > 0 {
				got = result.problems[0]
			}
			if got.Summary != test.summary || !strings.Contains(got.Detail, test.detail) {
				t.Errorf("got %v", result.problems)
			}
			if strings.ContainsFunc(got.Detail, func(c rune) bool { return c < ' ' && c != '\n' }) ||
				strings.Contains(got.Detail, "s1gned") {
				t.Errorf("this reaches the user: %q", got.Detail)
			}
			if n := len(api.Requests()); n != test.requests() {
				t.Errorf("%d requests, want %d", n, test.requests())
			}
			if diff := cmp.Diff(test.waits, clock.waits, roughly); diff != "" {
				t.Errorf("waits: %s", diff)
			}
		})
	}
}

// TestLinqAttachmentsWaitIfAsked has an attachment that becomes ready at the second request.
func TestLinqAttachmentsWaitIfAsked(t *testing.T) {
	t.Parallel()
	for wait, requests := range map[bool]int{true: 2, false: 1} {
		api := newMock(t)
		api.Fail("", mockapi.Respond(http.StatusOK, `{"id":"`+mockapi.LinqPhoto+`"}`))
		result := read(t, api.env(), nil, linqAttachments.typeName, values{
			"attachment_ids": []any{mockapi.LinqPhoto}, "wait_until_ready": wait,
		})
		if n := len(api.Requests()); n != requests || len(result.problems) > 0 {
			t.Errorf("%t: %d requests, %v", wait, n, result.problems)
		}
	}
}

// roughly treats an empty list of waits as nil.
var roughly = cmp.FilterValues(func(a, b []time.Duration) bool { return len(a)+len(b) == 0 },
	cmp.Comparer(func(_, _ []time.Duration) bool { return true }))
