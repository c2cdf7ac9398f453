package wix

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// newMock returns a mock and a client of it that doesn't retry.
func newMock(t *testing.T, key string) (*mockapi.Server, *Client) {
	t.Helper()
	api := mockapi.New(mockapi.Config{})
	base := serve(t, api)
	return api, New(Identity{Token: key}, rest.Options{BaseURL: base, RequestTimeout: time.Minute})
}

// newClientOf returns a client of the handler with the mock's key, which doesn't retry.
func newClientOf(t *testing.T, handler http.Handler) *Client {
	t.Helper()
	return New(Identity{Token: mockapi.DefaultWixAPIKey},
		rest.Options{BaseURL: serve(t, handler), RequestTimeout: time.Minute})
}

func serve(t *testing.T, handler http.Handler) *url.URL {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	base, err := rest.ParseBaseURL(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return base
}

var image = Request{
	SiteID: mockapi.DefaultWixSiteID, ContactID: mockapi.WixContact, AttachmentID: mockapi.WixImage,
}

func TestGetContactAttachmentReadsEveryField(t *testing.T) {
	t.Parallel()
	api, client := newMock(t, mockapi.DefaultWixAPIKey)
	const expires = "2024-05-01T10:00:00Z"
	for id, want := range map[string]ContactAttachment{
		mockapi.WixImage: {
			ID:             mockapi.WixImage,
			FileName:       new("a.png"),
			MimeType:       new("image/png"),
			AttachmentType: new("IMAGE"),
			Image: &Media{
				ID:                new("11062b_abc~mv2.png"),
				URL:               new("https://static.wixstatic.com/media/11062b_abc~mv2.png"),
				Height:            new(int64(1080)),
				Width:             new(int64(1920)),
				AltText:           new("A red bicycle"),
				URLExpirationDate: new(expires),
			},
			PreviewImage: &Media{
				ID: new("11062b_abc~mv2.png"),
				URL: new("https://static.wixstatic.com/media/11062b_abc~mv2.png" +
					"/v1/fit/w_178,h_100/file.png"),
				Height: new(int64(100)),
				Width:  new(int64(178)),
			},
		},
		mockapi.WixVideo: {
			ID:             mockapi.WixVideo,
			FileName:       new("tour.mp4"),
			MimeType:       new("video/mp4"),
			AttachmentType: new("OTHER"),
			Document: &Media{
				ID:  new("11062b_tour.mp4"),
				URL: new("https://video.wixstatic.com/video/11062b_tour.mp4"),
			},
		},
		mockapi.WixNull: {
			ID:             mockapi.WixNull,
			FileName:       new("old.gif"),
			MimeType:       new("image/gif"),
			AttachmentType: new("IMAGE"),
			Image:          &Media{},
		},
	} {
		request := image
		request.AttachmentID = id
		got, err := client.GetContactAttachment(t.Context(), request.spelled(strings.ToUpper))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, *got); diff != "" {
			t.Error(diff)
		}
	}
	if request := api.Requests()[0]; len(request.Query) != 0 {
		t.Errorf("the request has a query: %v", request.Query)
	}
}

func TestDownloadIsTheImagesOrTheDocuments(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		attachment ContactAttachment
		url, date  *string
	}{
		"image": {
			ContactAttachment{Image: &Media{URL: new("u"), URLExpirationDate: new("d")}},
			new("u"), new("d"),
		},
		"document": {
			ContactAttachment{Document: &Media{URL: new("u"), URLExpirationDate: new("d")}},
			new("u"), new("d"),
		},
		"image without a URL": {ContactAttachment{Image: &Media{URLExpirationDate: new("d")}}, nil, nil},
		"document beside an image without a URL": {
			ContactAttachment{Image: &Media{}, Document: &Media{URL: new("u")}}, new("u"), nil,
		},
		"image beside a document": {
			ContactAttachment{Image: &Media{URL: new("u")}, Document: &Media{URL: new("v")}},
			new("u"), nil,
		},
		"neither": {ContactAttachment{PreviewImage: &Media{URL: new("u")}}, nil, nil},
	} {
		url, date := test.attachment.Download()
		if !cmp.Equal(url, test.url) || !cmp.Equal(date, test.date) {
			t.Errorf("%s: got %v, %v", name, url, date)
		}
	}
}

func TestGetContactAttachmentRejectsUnexpectedResponses(t *testing.T) {
	t.Parallel()
	api, client := newMock(t, mockapi.DefaultWixAPIKey)
	for _, test := range []struct{ body, want string }{
		{`{}`, `it has no "attachment"`},
		{`{"attachment":null}`, `it has no "attachment"`},
		{`{"message":"Denied","details":{}}`, "it reports an error: Denied"},
		{`{"attachment":{}}`, `its "attachment" has no "id"`},
		{`{"attachment":{"id":"` + mockapi.WixPDF + `"}}`, `instead of "` + mockapi.WixImage + `"`},
		{`{"attachment":{"image":{"height":"7"}}}`, `"attachment.image.height" is a string`},
		{`{"Attachment":{"id":"` + mockapi.WixImage + `"}}`, `it has no "attachment"`},
		{
			`{"attachment":{"id":"` + mockapi.WixImage + `","previewImage":{"url":"a\u0000"}}}`,
			`"attachment.previewImage.url" has a control character`,
		},
	} {
		api.Fail(mockapi.WixImage, mockapi.Respond(http.StatusOK, test.body))
		_, err := client.GetContactAttachment(t.Context(), image)
		var response *rest.ResponseError
		if !errors.As(err, &response) || !strings.Contains(response.Reason, test.want) {
			t.Errorf("%s: got %v", test.body, err)
		}
	}
}

// TestGetContactAttachmentTreatsBlankAsAbsent returns blank URLs and dates.
func TestGetContactAttachmentTreatsBlankAsAbsent(t *testing.T) {
	t.Parallel()
	api, client := newMock(t, mockapi.DefaultWixAPIKey)
	api.Fail("", mockapi.Respond(http.StatusOK, `{"attachment":{"id":"`+mockapi.WixImage+`",
	  "fileName":"",
	  "image":{"id":"","url":"","urlExpirationDate":"","altText":"","height":1080.0},
	  "previewImage":{"url":" ","urlExpirationDate":" "},
	  "document":{"url":"https://a.example/f","urlExpirationDate":""}}}`))
	got, err := client.GetContactAttachment(t.Context(), image)
	if err != nil {
		t.Fatal(err)
	}
	want := ContactAttachment{
		ID:           mockapi.WixImage,
		FileName:     new(""),
		Image:        &Media{ID: new(""), AltText: new(""), Height: new(int64(1080))},
		PreviewImage: &Media{},
		Document:     &Media{URL: new("https://a.example/f")},
	}
	if diff := cmp.Diff(want, *got); diff != "" {
		t.Error(diff)
	}
}

func TestGetContactAttachmentReadsErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		body string
		want rest.StatusError
	}{
		"application error": {
			`{"message":"No","details":{"applicationError":{"code":"FORBIDDEN","description":"d"}}}`,
			rest.StatusError{Code: "FORBIDDEN", Message: "No"},
		},
		"description alone, code a number": {
			`{"message":"","details":{"applicationError":{"code":-12,"description":"d"}}}`,
			rest.StatusError{Code: "-12", Message: "d"},
		},
		"violations": {
			`{"message":"Bad","details":{"validationError":{"fieldViolations":[
			  {"field":"a","description":"is wrong"},{"field":"b","description":"too"}]}}}`,
			rest.StatusError{Message: "Bad (a: is wrong; b: too)"},
		},
		"neither":   {`{"message":"","details":{}}`, rest.StatusError{}},
		"empty":     {``, rest.StatusError{}},
		"web page":  {`<html>`, rest.StatusError{HTML: true}},
		"odd types": {`{"message":"m","details":[]}`, rest.StatusError{Message: "m"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api, client := newMock(t, mockapi.DefaultWixAPIKey)
			api.Fail("", mockapi.Respond(http.StatusForbidden, test.body))
			_, err := client.GetContactAttachment(t.Context(), image)
			var got *rest.StatusError
			if !errors.As(err, &got) {
				t.Fatalf("got %v", err)
			}
			if got.RequestID == "" {
				t.Error("the request id is lost")
			}
			test.want.StatusCode = http.StatusForbidden
			test.want.RequestID = got.RequestID
			test.want.RetryAfter = -1
			if diff := cmp.Diff(test.want, *got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestGetContactAttachmentSendsKeyAndSite(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		key, site string
		status    int
	}{
		"wrong key":    {"wrong", mockapi.DefaultWixSiteID, http.StatusUnauthorized},
		"bearer":       {"Bearer " + mockapi.DefaultWixAPIKey, "s", http.StatusUnauthorized},
		"no site":      {mockapi.DefaultWixAPIKey, "", http.StatusPreconditionRequired},
		"another site": {mockapi.DefaultWixAPIKey, "another", http.StatusForbidden},
	} {
		api, client := newMock(t, test.key)
		request := image
		request.SiteID = test.site
		_, err := client.GetContactAttachment(t.Context(), request)
		var got *rest.StatusError
		if !errors.As(err, &got) || got.StatusCode != test.status {
			t.Errorf("%s: got %v", name, err)
		}
		header := api.Requests()[0].Header
		if sent := header.Get("Authorization"); sent != test.key {
			t.Errorf("%s: sent %q", name, sent)
		}
		if _, sent := header["Wix-Site-Id"]; sent != (test.site != "") {
			t.Errorf("%s: sent a site: %t", name, sent)
		}
	}
}

// FuzzDecode requires that no response makes the client panic, and that accepted ones have an ID.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{"attachment":{"id":"1","image":{"height":5}}}`, `{"attachment":null}`, `[]`, `{"`, "\xff",
		`{"message":"m","details":{"validationError":{"fieldViolations":[{}]}}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var response getAttachmentResponse
		if json.Unmarshal(data, &response) == nil && response.check("1") == nil {
			response.Attachment.Download()
			if response.Attachment.ID != "1" {
				t.Errorf("accepted ID %q", response.Attachment.ID)
			}
		}
		readError(&rest.StatusError{}, nil, data)
	})
}
