package mockapi

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestFilesAreServed(t *testing.T) {
	t.Parallel()
	api, url := start(t)
	api.ServeFiles()
	api.PutLinq(`{"id":"` + LinqPending + `","content_type":"image/png",
		"download_url":"https://cdn.linqapp.com/a%20%C3%A4.png"}`)
	linq := func(id string) string {
		_, body := call(t, url, "GET", LinqPath+"/v3/attachments/"+id, "",
			"Authorization", "Bearer "+DefaultLinqAPIKey)
		return fmt.Sprint(body["download_url"])
	}
	wix := func(id, kind string) string {
		_, body := call(t, url, "GET", "/contacts/v4/attachments/"+WixContact+"/"+id, "",
			"Authorization", DefaultWixAPIKey, "wix-site-id", DefaultWixSiteID)
		return fmt.Sprint(at(body, "attachment", kind, "url"))
	}
	part := func(i int) string {
		_, body := call(t, url, "GET", LinqPath+"/v3/messages/"+LinqMessage, "",
			"Authorization", "Bearer "+DefaultLinqAPIKey)
		return fmt.Sprint(at(body["parts"].([]any)[i], "url"))
	}
	photo, signed := linq(LinqPhoto), linq(LinqSigned)
	if want := url + "/files/cdn.linqapp.com/attachments/" + LinqPhoto + "/photo.jpg"; photo != want {
		t.Errorf("got %s, want %s", photo, want)
	}
	unsigned, _, _ := strings.Cut(signed, "?")
	requests := len(api.Requests())
	for file, want := range map[string]string{
		linq(LinqPending):             "200 image/png",
		part(1):                       "200 image/jpeg",
		part(3):                       "200 application/pdf",
		wix(WixPDF, "document"):       "200 application/pdf",
		wix(WixImage, "image"):        "200 image/png",
		wix(WixImage, "previewImage"): "200 image/png",
		signed:                        "200 image/png",
		signed + "0":                  "403 text/plain; charset=utf-8",
		strings.ReplaceAll(signed, "=900", "=99"): "403 text/plain; charset=utf-8",
		unsigned:    "403 text/plain; charset=utf-8",
		photo:       "200 image/jpeg",
		photo + "x": "404 text/plain; charset=utf-8",
	} {
		if got := head(t, file); got != want {
			t.Errorf("%s: got %s, want %s", file, got, want)
		}
	}
	if got := len(api.Requests()) - requests - 6; got != 0 {
		t.Errorf("%d downloads count as requests", got)
	}
	call(t, url, "DELETE", LinqPath+"/v3/attachments/"+LinqPhoto, "",
		"Authorization", "Bearer "+DefaultLinqAPIKey)
	if got := head(t, photo); !strings.HasPrefix(got, "404 ") {
		t.Errorf("after it was deleted: %s", got)
	}
}

// head returns the status and the content type of a URL.
func head(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Head(url) //nolint:gosec,noctx // a URL of the mock
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	return fmt.Sprint(response.StatusCode, " ", response.Header.Get("Content-Type"))
}
