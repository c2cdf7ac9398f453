package linq

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

func TestGetMessageReadsEveryField(t *testing.T) {
	t.Parallel()
	api, client := newMock(t)
	want := &Message{
		ID:        mockapi.LinqMessage,
		ChatID:    new("94c6bf33-31d9-40e3-a0e9-f94250ecedb9"),
		CreatedAt: new("2024-01-15T10:30:05Z"),
		IsFromMe:  new(false),
		MediaParts: []MediaPart{
			{new(mockapi.LinqPhoto), new("photo.jpg"), new("image/jpeg"), new(int64(1024000))},
			{
				new(mockapi.LinqPDF), new("Rechnung März 2026.pdf"), new("application/pdf"),
				new(int64(48213)),
			},
		},
	}
	got, err := client.GetMessage(t.Context(), strings.ToUpper(mockapi.LinqMessage))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	request := api.Requests()[0]
	if request.Path != mockapi.LinqPath+"/v3/messages/"+strings.ToUpper(mockapi.LinqMessage) ||
		len(request.Query) != 0 {
		t.Errorf("sent %+v", request)
	}
}

func TestGetMessageSkipsPartsWithoutAnAttachment(t *testing.T) {
	t.Parallel()
	for parts, want := range map[string]string{
		`null`: "",
		`[]`:   "",
		`[{"type":"media","id":"1"},{"type":"media"},{"type":"media","id":null},{"type":"media","id":" "},
			{"type":"media","id":"2"}]`: "1 2",
		`[{"type":"text","id":1,"filename":[]},{"type":"new","id":{}},{"type":7,"id":"3"},{"id":"4"},
			{"type":"MEDIA","id":"5"},{},null,{"type":"media","id":"6","size_bytes":1e3}]`: "6",
	} {
		api, client := newMock(t)
		api.Fail("", mockapi.Respond(http.StatusOK, `{"id":"`+mockapi.LinqMessage+`","parts":`+parts+"}"))
		message, err := client.GetMessage(t.Context(), mockapi.LinqMessage)
		if err != nil {
			t.Errorf("%s: %v", parts, err)
			continue
		}
		var ids []string
		for _, attachment := range message.MediaParts {
			ids = append(ids, *attachment.ID)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s: got %s", parts, got)
		}
	}
}

// TestGetMessageReadsTheLargestMessages has 100 parts, whose reactions have 20,000 bytes.
func TestGetMessageReadsTheLargestMessages(t *testing.T) {
	t.Parallel()
	api, client := newMock(t)
	part := `{"type":"media","id":"1","reactions":["` + strings.Repeat("x", 20_000) + `"]},`
	body := func(parts int) string {
		return `{"id":"` + mockapi.LinqMessage + `","parts":[` + strings.Repeat(part, parts) + `{}]}`
	}
	api.Fail("", mockapi.Respond(http.StatusOK, body(100)), mockapi.Respond(http.StatusOK, body(210)))
	message, err := client.GetMessage(t.Context(), mockapi.LinqMessage)
	if err != nil || len(message.MediaParts) != 100 {
		t.Errorf("got %v", err)
	}
	_, err = client.GetMessage(t.Context(), mockapi.LinqMessage)
	large, ok := errors.AsType[*rest.SizeError](err)
	if !ok || large.Error() != "it exceeds 4 MiB" {
		t.Errorf("got %v", err)
	}
}

func TestGetMessageRejectsUnexpectedResponses(t *testing.T) {
	t.Parallel()
	api, client := newMock(t)
	for _, test := range []struct{ body, want string }{
		{`{}`, `it has no "id"`},
		{`{"message":{"id":"x"}}`, `it has no "id"`},
		{`{"id":"x"}`, `it describes message "x" instead of "` + mockapi.LinqMessage + `"`},
		{`{"parts":{}}`, `its field "parts" is an object`},
		{`{"parts":["media"]}`, `its field "parts.0" is a string`},
		{`{"parts":[{},{"type":"media","id":5}]}`, `its field "parts.1.id" is a number`},
		{`{"parts":[{"type":"media","size_bytes":1.5}]}`, `"parts.0.size_bytes" is a number 1.5`},
		{`{"parts":[{"type":"new","a":1,"a":2}]}`, `it has the field "parts.0.a" twice`},
		{`{"parts":[{"type":"media","id":"`, `it ends in the middle of its JSON`},
	} {
		api.Fail("", mockapi.Respond(http.StatusOK, test.body))
		_, err := client.GetMessage(t.Context(), mockapi.LinqMessage)
		response, ok := errors.AsType[*rest.ResponseError](err)
		if !ok || !strings.Contains(response.Reason, test.want) {
			t.Errorf("%s: got %v", test.body, err)
		}
	}
}

func TestGetMessageFindsNothing(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"2001", "2002", "2003", "2007"} {
		api, client := newMock(t)
		api.Fail("", mockapi.Error(http.StatusNotFound, code, "no"))
		_, err := client.GetMessage(t.Context(), mockapi.LinqMessage)
		if !errors.Is(err, rest.ErrNotFound) || errors.Is(err, ErrNotReady) {
			t.Errorf("%s: got %v", code, err)
		}
	}
}

// TestGetMessageSharesRequestsInFlight reads twice at once, and then again.
func TestGetMessageSharesRequestsInFlight(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api, client := newSlowMock(t)
		get := func(id string) {
			if _, err := client.GetMessage(t.Context(), id); err != nil {
				t.Error(err)
			}
		}
		var group sync.WaitGroup
		group.Go(func() { get(mockapi.LinqMessage) })
		group.Go(func() { get(strings.ToUpper(mockapi.LinqMessage)) })
		group.Wait()
		get(mockapi.LinqMessage)
		if n := api.Requests.Load(); n != 2 {
			t.Errorf("%d requests", n)
		}
	})
}

// FuzzMessage requires that no response makes the client panic, and that attachments have IDs.
func FuzzMessage(f *testing.F) {
	for _, seed := range []string{
		`{"id":"1","parts":[{"type":"media","id":"2","size_bytes":5},{"type":"text","id":3},null]}`,
		`{"id":"1","parts":null}`, `{"parts":[{"type":"media"`, `[]`, "\xff",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var m Message
		if json.Unmarshal(data, &m) != nil || m.check("1") != nil {
			return
		}
		for _, attachment := range m.MediaParts {
			if attachment.ID == nil || strings.TrimSpace(*attachment.ID) == "" {
				t.Errorf("accepted %+v", attachment)
			}
		}
	})
}
