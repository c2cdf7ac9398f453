package mockapi

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestFilesAreServed(t *testing.T) {
	t.Parallel()
	api, url := start(t)
	api.ServeFiles(time.Hour)
	api.PutLinq(`{"id":"` + LinqPending + `","content_type":"image/png",
		"size_bytes":7,"download_url":"https://cdn.linqapp.com/a%20%C3%A4.png"}`)
	linq := func(id string) string {
		return fmt.Sprint(getLinq(t, url, "attachments/"+id)["download_url"])
	}
	wix := func(id, kind string) string {
		return fmt.Sprint(at(getWix(t, url, "/"+id), "attachment", kind, "url"))
	}
	parts, _ := getLinq(t, url, "messages/"+LinqMessage)["parts"].([]any)
	part := func(i int) string { return fmt.Sprint(at(parts[i], "url")) }
	photo, signed, pdf := linq(LinqPhoto), linq(LinqSigned), wix(WixPDF, "document")
	if want := url + "/files/cdn.linqapp.com/attachments/" + LinqPhoto + "/photo.jpg"; photo != want {
		t.Errorf("got %s, want %s", photo, want)
	}
	unsigned, _, _ := strings.Cut(signed, "?")
	requests := len(api.Requests())
	for file, want := range map[string]string{
		linq(LinqPending):             "200 image/png 7",
		part(1):                       "200 image/jpeg 1024000",
		part(3):                       "200 application/pdf 48213",
		pdf:                           "200 application/pdf 4096",
		wix(WixImage, "image"):        "200 image/png 4096",
		wix(WixImage, "previewImage"): "200 image/png 4096",
		signed:                        "200 image/png 204800",
		signed + "0":                  "403 text/plain; charset=utf-8 35",
		strings.ReplaceAll(signed, "=900", "=99"): "403 text/plain; charset=utf-8 35",
		unsigned:    "403 text/plain; charset=utf-8 35",
		photo:       "200 image/jpeg 1024000",
		photo + "x": "404 text/plain; charset=utf-8 19",
	} {
		if got := head(t, file); got != want {
			t.Errorf("%s: got %s, want %s", file, got, want)
		}
	}
	if got := len(api.Requests()) - requests - 3; got != 0 {
		t.Errorf("%d downloads count as requests", got)
	}
	body := get(t, linq(LinqSigned))
	if len(body) != 204800 {
		t.Errorf("got %d bytes", len(body))
	}
	api.Delete(LinqPhoto)
	api.Delete(strings.ToUpper(WixPDF))
	for _, file := range []string{photo, pdf} {
		if got := head(t, file); !strings.HasPrefix(got, "404 ") {
			t.Errorf("%s, after it was deleted: %s", file, got)
		}
	}
}

func TestSignedURLsExpire(t *testing.T) {
	t.Parallel()
	api, url := start(t)
	api.ServeFiles(0)
	api.SignURLs()
	for _, id := range []string{LinqPhoto, LinqSigned} {
		file := fmt.Sprint(getLinq(t, url, "attachments/"+id)["download_url"])
		if got := get(t, file); got != "The URL has expired.\n" {
			t.Errorf("%s: got %s", id, got)
		}
	}
}

// get returns the body of the response.
func get(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Get(url) //nolint:gosec,noctx // a URL of the mock
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// head returns the status, the content type, and the size of a URL.
func head(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Head(url) //nolint:gosec,noctx // a URL of the mock
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	return fmt.Sprint(response.StatusCode, " ", response.Header.Get("Content-Type"), " ",
		response.ContentLength)
}
