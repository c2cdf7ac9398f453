package provider

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

var retriedStatuses = regexp.MustCompile(`the statuses ((?:\d{3}, )+)and 5xx except (\d{3})\.`)

// TestRetriesPageListsTheRetriedStatuses has the API respond with every error status once.
func TestRetriesPageListsTheRetriedStatuses(t *testing.T) {
	t.Parallel()
	page := readRepository(t, "templates/guides/retries-and-rate-limits.md.tmpl")
	match := retriedStatuses.FindStringSubmatch(page)
	if match == nil {
		t.Fatal("the page doesn't list the statuses")
	}
	listed := regexp.MustCompile(`\d{3}`).FindAllString(match[1], -1)
	var want, got []int
	for status := http.StatusBadRequest; status < 600; status++ {
		name := strconv.Itoa(status)
		if slices.Contains(listed, name) || status >= 500 && name != match[2] {
			want = append(want, status)
		}
		api := newMock(t)
		api.Fail("", mockapi.Respond(status, ""))
		read(t, api.env(), nil, linqAttachment.typeName, readPhoto)
		if len(api.Requests()) > 1 {
			got = append(got, status)
		}
	}
	if diff := cmp.Diff(fmt.Sprint(want), fmt.Sprint(got)); diff != "" {
		t.Errorf("the page (-), and what is retried (+):\n%s", diff)
	}
}
