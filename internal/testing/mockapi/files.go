package mockapi

import (
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// filesPath is the prefix of file paths, before the vendor's host and path.
const filesPath = "/files/"

var (
	// Submatches: the name of the field, the host and path, and the query.
	fileURL  = regexp.MustCompile(`("(?:download_)?url":\s*")https://([^"?]*)(\?[^"]*)?`)
	fileType = regexp.MustCompile(`"(?:content_type|mime_?[tT]ype)":\s*"([^"]*)`)
)

// ServeFiles makes the server replace the vendors' URLs in its responses with its own, which serve
// a few bytes. Downloads don't count as requests, and never fail on demand.
func (s *Server) ServeFiles() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.signatures = map[string]bool{}
}

// render returns the document with a new signature in each signed URL.
func (s *Server) render(r *http.Request, document string) string {
	signature := randomHex(16)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.signatures != nil {
		s.signatures[signature] = true
		document = fileURL.ReplaceAllString(document, "${1}http://"+r.Host+filesPath+"$2$3")
	}
	return strings.ReplaceAll(document, signaturePlaceholder, signature)
}

// serveFile responds to a request for a file, and reports whether it did. Like the vendors' hosts,
// it requires no credentials, but checks the signature of a signed URL.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	path, ok := strings.CutPrefix(r.URL.EscapedPath(), filesPath)
	if !ok || s.signatures == nil {
		return false
	}
	query, contentType, ok := s.findFile(path)
	before, _, signed := strings.Cut(query, signaturePlaceholder)
	signature, matches := strings.CutPrefix("?"+r.URL.RawQuery, before)
	switch {
	case !ok:
		http.NotFound(w, r)
	case signed && (!matches || !s.signatures[signature]):
		http.Error(w, "The signature is missing or wrong.", http.StatusForbidden)
	default:
		w.Header().Set("Content-Type", contentType)
		_, _ = io.WriteString(w, "These bytes come from the mock.\n")
	}
	return true
}

// findFile returns the query and content type of the file with this host and path.
func (s *Server) findFile(path string) (query, contentType string, ok bool) {
	documents := slices.Collect(maps.Values(s.linq))
	documents = slices.AppendSeq(documents, maps.Values(s.messages))
	for _, own := range s.wix {
		documents = append(documents, own...)
	}
	for _, document := range documents {
		for _, match := range fileURL.FindAllStringSubmatch(document, -1) {
			if match[2] == path {
				before, _, _ := strings.Cut(document, match[0])
				types := append([][]string{{"", ""}}, fileType.FindAllStringSubmatch(before, -1)...)
				return match[3], types[len(types)-1][1], true
			}
		}
	}
	return "", "", false
}
