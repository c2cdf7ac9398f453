package mockapi

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// filesPath is the prefix of file paths, before the vendor's host and path.
const filesPath = "/files/"

// wixFileSize is the size of the mock's Wix files, because Wix's documents have no size.
const wixFileSize = 4096

var (
	// Submatches: the name of the field, the host and path, and the query.
	fileURL  = regexp.MustCompile(`("(?:download_)?url":\s*")https://([^"?]*)(\?[^"]*)?`)
	fileType = regexp.MustCompile(`"(?:content_type|mime_?[tT]ype)":\s*"([^"]*)`)
	fileSize = regexp.MustCompile(`"size_bytes":\s*(\d+)`)
)

// ServeFiles makes the server replace the vendors' URLs in its responses with its own, which serve
// files of the size in the document. A signed URL expires after the lifetime. Downloads don't count
// as requests, and never fail on demand.
func (s *Server) ServeFiles(lifetime time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.signatures = map[string]time.Time{}
	s.lifetime = lifetime
}

// SignURLs makes the server sign the URLs of all attachments that it has.
func (s *Server) SignURLs() {
	s.mu.Lock()
	defer s.mu.Unlock()
	sign := func(document string) string {
		return fileURL.ReplaceAllStringFunc(document, func(field string) string {
			if strings.Contains(field, "?") {
				return field
			}
			return field + "?signature=" + signaturePlaceholder
		})
	}
	for _, account := range s.linq {
		for id, document := range account.attachments {
			account.attachments[id] = sign(document)
		}
	}
	for _, site := range s.wix {
		for _, documents := range site {
			for i, document := range documents {
				documents[i] = sign(document)
			}
		}
	}
}

// attachment returns the document of an attachment, without URLs if the file isn't ready.
func (s *Server) attachment(r *http.Request, document string) string {
	id := documentID(document)
	s.mu.Lock()
	s.reads[id]++
	isPending := s.reads[id] <= s.pendingReads
	s.mu.Unlock()
	if isPending {
		return withoutURLs(document)
	}
	return s.render(r, document)
}

// withoutURLs returns the document of an attachment that the vendor is still processing.
func withoutURLs(document string) string {
	var fields map[string]any
	if err := json.Unmarshal([]byte(document), &fields); err != nil {
		panic(err)
	}
	delete(fields, "download_url")
	if fields["status"] != nil {
		fields["status"] = "pending"
	}
	for _, name := range []string{"image", "previewImage", "document"} {
		if media, ok := fields[name].(map[string]any); ok {
			delete(media, "url")
			delete(media, "urlExpirationDate")
		}
	}
	return marshal(fields)
}

// render returns the document with a new signature in each signed URL.
func (s *Server) render(r *http.Request, document string) string {
	signature := randomHex(16)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.signatures != nil {
		s.signatures[signature] = time.Now()
		document = fileURL.ReplaceAllString(document, "${1}http://"+r.Host+filesPath+"$2$3")
	}
	return strings.ReplaceAll(document, signaturePlaceholder, signature)
}

// file is what a URL serves.
type file struct {
	query       string // with the placeholder of the signature
	contentType string
	size        int64
}

// serveFile responds to a request for a file, and reports whether it did. Like the vendors' hosts,
// it requires no credentials, but checks the signature of a signed URL.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) bool {
	path, ok := strings.CutPrefix(r.URL.EscapedPath(), filesPath)
	if !ok {
		return false
	}
	s.mu.Lock()
	if s.signatures == nil {
		s.mu.Unlock()
		return false
	}
	found, ok := s.findFile(path)
	before, _, isSigned := strings.Cut(found.query, signaturePlaceholder)
	signature, hasPrefix := strings.CutPrefix("?"+r.URL.RawQuery, before)
	made, isKnown := s.signatures[signature]
	lifetime := s.lifetime
	s.mu.Unlock()
	switch {
	case !ok:
		http.NotFound(w, r)
	case isSigned && (!hasPrefix || !isKnown):
		http.Error(w, "The signature is missing or wrong.", http.StatusForbidden)
	case isSigned && time.Since(made) >= lifetime:
		http.Error(w, "The URL has expired.", http.StatusForbidden)
	default:
		w.Header().Set("Content-Type", found.contentType)
		w.Header().Set("Content-Length", fmt.Sprint(found.size))
		if r.Method != http.MethodHead {
			_, _ = io.CopyN(w, repeated('.'), found.size)
		}
	}
	return true
}

// findFile returns the file with this host and path.
func (s *Server) findFile(path string) (file, bool) {
	for _, document := range s.documents() {
		for _, match := range fileURL.FindAllStringSubmatch(document, -1) {
			if match[2] != path {
				continue
			}
			before, _, _ := strings.Cut(document, match[0])
			found := file{query: match[3], contentType: last(fileType, before), size: wixFileSize}
			if size, err := strconv.ParseInt(last(fileSize, before), 10, 64); err == nil {
				found.size = size
			}
			return found, true
		}
	}
	return file{}, false
}

// documents returns the documents of all attachments and messages.
func (s *Server) documents() []string {
	var all []string
	for _, account := range s.linq {
		all = slices.AppendSeq(all, maps.Values(account.attachments))
		all = slices.AppendSeq(all, maps.Values(account.messages))
	}
	for _, site := range s.wix {
		for _, documents := range site {
			all = append(all, documents...)
		}
	}
	return all
}

// last returns the submatch of the last match, or "".
func last(pattern *regexp.Regexp, text string) string {
	matches := pattern.FindAllStringSubmatch(text, -1)
	if len(matches) == 0 {
		return ""
	}
	return matches[len(matches)-1][1]
}
