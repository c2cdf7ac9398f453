package linq

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// newMock returns a mock and a client of it that doesn't retry.
func newMock(t *testing.T) (*mockapi.Server, *Client) {
	t.Helper()
	api := mockapi.New(mockapi.Config{})
	client := New(mockapi.DefaultLinqAPIKey,
		rest.Options{BaseURL: serve(t, api), RequestTimeout: 10 * time.Second})
	return api, client
}

// serve returns the base URL of a handler.
func serve(t *testing.T, handler http.Handler) *url.URL {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	base, err := rest.ParseBaseURL(server.URL + mockapi.LinqPath)
	if err != nil {
		t.Fatal(err)
	}
	return base
}

func TestGetAttachmentReadsEveryField(t *testing.T) {
	t.Parallel()
	api, client := newMock(t)
	for id, want := range map[string]Attachment{
		mockapi.LinqVideo: {
			ID:          mockapi.LinqVideo,
			Filename:    new("walkthrough.mov"),
			ContentType: new("video/quicktime"),
			SizeBytes:   new(int64(5368709120)),
			Status:      new("complete"),
			DownloadURL: new("https://cdn.linqapp.com/attachments/" + mockapi.LinqVideo +
				"/walkthrough.mov"),
			CreatedAt: new("2025-11-02T08:00:00.5Z"),
		},
		mockapi.LinqNull: {
			ID:          mockapi.LinqNull,
			Filename:    new("contact.vcf"),
			ContentType: new("text/vcard"),
			SizeBytes:   new(int64(0)),
			CreatedAt:   new("2026-06-01T12:00:03Z"),
		},
	} {
		got, err := client.GetAttachment(t.Context(), Request{AttachmentID: strings.ToUpper(id)})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, *got, cmpopts.IgnoreUnexported(Attachment{})); diff != "" {
			t.Error(diff)
		}
	}
	if request := api.Requests()[0]; len(request.Query) != 0 {
		t.Errorf("the request has a query: %v", request.Query)
	}
}

func TestGetAttachmentRejectsUnexpectedResponses(t *testing.T) {
	t.Parallel()
	api, client := newMock(t)
	for _, test := range []struct{ body, want string }{
		{`{}`, `it has no "id"`},
		{`{"success":false}`, `it has no "id"`},
		{
			`{"success":false,"error":{"code":2005,"message":"Access denied"}}`,
			"it reports an error, code 2005: Access denied",
		},
		{`{"id":"` + mockapi.LinqVideo + `"}`, `instead of "` + mockapi.LinqPhoto + `"`},
		{`{"id":17}`, `field "id" is a number`},
		{`{"attachment":{"id":"` + "x" + `"}}`, `it has no "id"`},
		{`{"id":"x","size_bytes":1e99}`, `field "size_bytes" is a number 1e99`},
		{`{"id":"x","size_bytes":9223372036854775808}`, `is a number 9223372036854775808`},
	} {
		api.Fail(mockapi.LinqPhoto, mockapi.Respond(http.StatusOK, test.body))
		_, err := client.GetAttachment(t.Context(), Request{AttachmentID: mockapi.LinqPhoto})
		var response *rest.ResponseError
		if !errors.As(err, &response) || !strings.Contains(response.Reason, test.want) {
			t.Errorf("%s: got %v", test.body, err)
		}
	}
}

func TestGetAttachmentReadsErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault mockapi.Fault
		want  rest.StatusError
	}{
		"documented": {
			mockapi.Error(http.StatusInternalServerError, "3006", "Internal server error"),
			rest.StatusError{
				StatusCode: 500, Code: "3006", Message: "Internal server error",
				DocURL: "https://docs.linqapp.com/error/codes/3xxx/3006/", Retryable: true,
			},
		},
		"code as text, trace id in the body alone": {
			func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Del("X-Trace-ID")
				w.WriteHeader(http.StatusBadRequest)
				_, _ = w.Write([]byte(`{"error":{"code":"1003","message":"no"},"trace_id":"t1"}`))
			},
			rest.StatusError{StatusCode: 400, Code: "1003", Message: "no", RequestID: "t1"},
		},
		"not found": {
			mockapi.Error(http.StatusNotFound, "2003", "gone"),
			rest.StatusError{
				StatusCode: 404, Code: "2003", Message: "gone", Kind: rest.ErrNotFound,
				DocURL: "https://docs.linqapp.com/error/codes/2xxx/2003/",
			},
		},
		"not ready": {
			mockapi.Error(http.StatusNotFound, "2007", "wait"),
			rest.StatusError{
				StatusCode: 404, Code: "2007", Message: "wait", Kind: ErrNotReady, Retryable: true,
				DocURL: "https://docs.linqapp.com/error/codes/2xxx/2007/",
			},
		},
		"2007 with another status": {
			mockapi.Error(http.StatusBadRequest, "2007", "no"),
			rest.StatusError{
				StatusCode: 400, Code: "2007", Message: "no",
				DocURL: "https://docs.linqapp.com/error/codes/2xxx/2007/",
			},
		},
		"not retryable": {
			mockapi.Respond(http.StatusInternalServerError, "", "x-should-retry", "false"),
			rest.StatusError{StatusCode: 500},
		},
		"retryable": {
			mockapi.Respond(http.StatusConflict, "", "x-should-retry", "true"),
			rest.StatusError{StatusCode: 409, Retryable: true},
		},
		"web page": {
			mockapi.Respond(http.StatusBadGateway, "<html>", "Content-Type", "text/html"),
			rest.StatusError{StatusCode: 502, HTML: true, Retryable: true},
		},
		"empty": {
			mockapi.Respond(http.StatusForbidden, ""),
			rest.StatusError{StatusCode: 403},
		},
		"wrong types": {
			mockapi.Respond(http.StatusForbidden, `{"error":{"message":7,"code":2005}}`),
			rest.StatusError{StatusCode: 403, Code: "2005"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api, client := newMock(t)
			api.Fail("", test.fault)
			_, err := client.GetAttachment(t.Context(), Request{AttachmentID: mockapi.LinqPhoto})
			var got *rest.StatusError
			if !errors.As(err, &got) || (test.want.Kind != nil && !errors.Is(err, test.want.Kind)) {
				t.Fatalf("got %v", err)
			}
			if got.RequestID == "" {
				t.Error("the trace id is lost")
			}
			if test.want.RequestID == "" {
				test.want.RequestID = got.RequestID
			}
			test.want.RetryAfter = -1
			if diff := cmp.Diff(test.want, *got, cmp.Comparer(sameError)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestGetAttachmentReadsHowLongToPause(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		header []string
		want   time.Duration
	}{
		"the body":              {nil, 1500 * time.Millisecond},
		"the header beats it":   {[]string{"Retry-After", "7"}, 7 * time.Second},
		"but not with 0":        {[]string{"Retry-After", "0"}, 1500 * time.Millisecond},
		"a header of no number": {[]string{"Retry-After", "soon"}, 1500 * time.Millisecond},
	} {
		api, client := newMock(t)
		api.Fail("", mockapi.Respond(http.StatusTooManyRequests,
			`{"error":{"retry_after":1.5}}`, test.header...))
		_, err := client.GetAttachment(t.Context(), Request{AttachmentID: mockapi.LinqPhoto})
		var got *rest.StatusError
		if !errors.As(err, &got) || got.RetryAfter != test.want {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func sameError(a, b error) bool { return errors.Is(a, b) }

func TestGetAttachmentEscapesTheID(t *testing.T) {
	t.Parallel()
	api, client := newMock(t)
	_, err := client.GetAttachment(t.Context(), Request{AttachmentID: "../chats/abc?x=1"})
	if err == nil {
		t.Error("no error")
	}
	want := mockapi.LinqPath + "/v3/attachments/..%2Fchats%2Fabc%3Fx=1"
	if got := api.Requests()[0].Path; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestGetAttachmentTreatsBlankAsAbsent(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		`""`: "", `" "`: "", `null`: "", `"/relative"`: "/relative", `"https://a/\u0000"`: "error",
	} {
		api, client := newMock(t)
		api.Fail("", mockapi.Respond(http.StatusOK, `{"id":"`+mockapi.LinqPhoto+`","created_at":"",`+
			`"filename":"","download_url":`+url+"}"))
		got, err := client.GetAttachment(t.Context(), Request{AttachmentID: mockapi.LinqPhoto})
		switch {
		case err != nil || want == "error":
			if want != "error" || !strings.Contains(fmt.Sprint(err), `"download_url"`) {
				t.Errorf("%s: %v", url, err)
			}
		case got.CreatedAt != nil || *got.Filename != "" || (got.DownloadURL == nil) != (want == ""):
			t.Errorf("%s: %+v", url, got)
		}
	}
}

func TestNewAcceptsABaseURLWithItsVersion(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		DefaultBaseURL:               DefaultBaseURL,
		DefaultBaseURL + "/v3":       DefaultBaseURL,
		DefaultBaseURL + "/v3/":      DefaultBaseURL,
		"https://proxy.example/v3":   "https://proxy.example",
		"https://proxy.example/l/v3": "https://proxy.example/l",
		"https://proxy.example/xv3":  "https://proxy.example/xv3",
		"https://p.example/a%2Fb/v3": "https://p.example/a%2Fb",
	} {
		base, err := rest.ParseBaseURL(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := trimVersion(base).String(); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

// FuzzDecode requires that no response makes the client panic, and that accepted ones have an ID.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{"id":"1","size_bytes":5,"status":null}`, `{}`, `[]`, `null`, `{"id":`, "\xff",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var a Attachment
		if json.Unmarshal(data, &a) == nil && a.check("1") == nil && a.ID != "1" {
			t.Errorf("accepted ID %q", a.ID)
		}
		readError(&rest.StatusError{StatusCode: http.StatusNotFound}, http.Header{}, data)
	})
}
