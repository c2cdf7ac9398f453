package rest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

const document = `{"id":"550e8400-e29b-41d4-a716-446655440000","filename":"photo.jpg",` +
	`"content_type":"image/jpeg","size_bytes":1024000,"status":"complete",` +
	`"download_url":"https://cdn.linqapp.com/attachments/photo.jpg",` +
	`"created_at":"2024-01-15T10:30:00Z"}`

type documented struct {
	ID          string  `json:"id"`
	Filename    *string `json:"filename"`
	ContentType *string `json:"content_type"`
	SizeBytes   *int64  `json:"size_bytes"`
	Status      *string `json:"status"`
	DownloadURL *string `json:"download_url"`
	CreatedAt   *string `json:"created_at"`
}

func BenchmarkDecode(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := decode([]byte(document), new(documented)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDo reads over loopback, from a server in the same process.
func BenchmarkDo(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(document))
	}))
	defer server.Close()
	base, err := ParseBaseURL(server.URL)
	if err != nil {
		b.Fatal(err)
	}
	client := New(Options{
		BaseURL:               base,
		RequestTimeout:        time.Minute,
		MaxConcurrentRequests: 16,
		ReadError:             func(*StatusError, http.Header, []byte) {},
	})
	b.ReportAllocs()
	for b.Loop() {
		_, _, err := Do(b.Context(), client, Request{Path: []string{"v3", "attachments", "id"}},
			func(*documented) error { return nil })
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkClean redacts the strings of a server that take the longest, and an ordinary message.
func BenchmarkClean(b *testing.B) {
	r := newRedactor([]string{strings.Repeat("a", 1000) + "b", strings.Repeat("\\%", 500)})
	for name, text := range map[string]string{
		"message":  "Attachment 550e8400-e29b-41d4-a716-446655440000 not found",
		"escapes":  strings.Repeat("%25", 1<<16),
		"prefixes": strings.Repeat("a", 1<<17),
		"queries":  strings.Repeat("?a=\n", 1<<15),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				r.clean(text)
			}
		})
	}
}
