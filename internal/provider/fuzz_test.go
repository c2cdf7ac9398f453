package provider

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// FuzzReadDiagnostic requires that every diagnostic is short and has no control character or
// secret.
func FuzzReadDiagnostic(f *testing.F) {
	for _, body := range []string{
		"", "{}", "<html>", `{"error":{"code":2004,"message":"no","doc_url":"https://x?a=b"}}`,
		`{"error":{"message":"\u001b[2J\r\n s3cr3t-k3y"}}`, `{"trace_id":"s3cr3t-k3y"}`, "\xff\xfe",
		`{"id":"s3cr3t-k3y"}`, `{"id":"\u009b31m"}`,
	} {
		for _, status := range []int{200, 204, 302, 400, 401, 404, 429, 500} {
			f.Add(status, body, "Retry-After", "1")
		}
	}
	f.Add(302, "", "Location", "https://s3cr3t-k3y.example/?sig=1")
	f.Add(503, "", "X-Trace-ID", "a s3cr3t-k3y")

	const key = "s3cr3t-k3y"
	f.Fuzz(func(t *testing.T, status int, body, header, value string) {
		if status < 200 || status > 599 {
			return
		}
		transport := httptest.NewServer(http.HandlerFunc(mockapi.Respond(status, body, header, value)))
		defer transport.Close()
		base, err := rest.ParseBaseURL(transport.URL)
		if err != nil {
			t.Fatal(err)
		}
		client := linq.New(key, rest.Options{BaseURL: base, RequestTimeout: 5 * time.Second})
		_, err = client.GetAttachment(t.Context(), linq.Request{AttachmentID: mockapi.LinqPhoto})
		if err == nil {
			return
		}
		reader := linqClient{connection: connection{api: linqAPI}}
		shown := explained(err, reader.attachmentSubject(linq.Request{AttachmentID: mockapi.LinqPhoto}))
		if strings.Contains(shown, key) {
			t.Errorf("shows the key: %q", shown)
		}
		if !utf8.ValidString(shown) || len(shown) > 16<<10 ||
			strings.ContainsFunc(shown, func(c rune) bool { return c < ' ' && c != '\n' }) {
			t.Errorf("isn't fit for a terminal: %q", shown)
		}
	})
}
