package mockapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Source: "Get attachment metadata", "Get a message by ID", and "Error codes" of Linq's API
// reference.

const linqTraceID = "X-Trace-ID" // a header

// linqRefused are content types that Linq refuses.
var linqRefused = []string{"audio/flac", "audio/ogg"}

var linqAPI = api{
	prefix:     LinqPath + "/",
	requestID:  linqTraceID,
	newID:      func() string { return randomHex(16) },
	errors:     linqErrors,
	writeError: linqError,
}

// linqErrors are the most common codes of Linq's list, by status.
var linqErrors = map[int]apiError{
	400: {"1001", "Bad request"},
	401: {"2004", "Unauthorized - missing or invalid authentication token"},
	403: {"2005", "Access denied"},
	404: {"2001", "Resource not found"},
	429: {"1007", "Rate limited. Try again later."},
	500: {"3006", "Internal server error"},
	503: {"4004", "Service unavailable"},
	504: {"3005", "Timed out"},
}

// linqError writes an error document. Its code is a number, and it repeats the trace ID.
func linqError(w http.ResponseWriter, status int, code, message string) {
	object := map[string]any{"status": status, "message": message}
	if number, err := strconv.Atoi(code); err == nil {
		object["code"] = number
		object["doc_url"] = fmt.Sprintf("https://docs.linqapp.com/error/codes/%cxxx/%d/",
			code[0], number)
	}
	if seconds, err := strconv.Atoi(w.Header().Get("Retry-After")); err == nil {
		object["retry_after"] = seconds
	}
	writeJSON(w, status, marshal(map[string]any{
		"success":  false,
		"error":    object,
		"trace_id": w.Header().Get(linqTraceID),
	}))
}

// linqAttachment returns or deletes an attachment.
func (s *Server) linqAttachment(w http.ResponseWriter, r *http.Request) {
	id, ok := s.linqID(w, r, "attachmentId")
	if !ok {
		return
	}
	s.mu.Lock()
	document, ok := s.linq[id]
	if r.Method == http.MethodDelete {
		delete(s.linq, id)
	}
	s.mu.Unlock()
	switch {
	case !ok:
		Status(http.StatusNotFound)(w, r)
	case r.Method == http.MethodDelete:
		w.WriteHeader(http.StatusNoContent)
	default:
		writeJSON(w, http.StatusOK, s.render(r, document))
	}
}

// linqID returns the lowercase ID in the path of an authorized request. If there is none, it
// responds with an error and returns false.
func (s *Server) linqID(w http.ResponseWriter, r *http.Request, parameter string) (string, bool) {
	id := strings.ToLower(r.PathValue("id"))
	if !s.linqAuthorized(w, r) {
		return "", false
	}
	if !uuid.MatchString(id) {
		linqError(w, http.StatusBadRequest, "1003", parameter+" must be a valid UUID")
		return "", false
	}
	return id, true
}

func (s *Server) linqMessage(w http.ResponseWriter, r *http.Request) {
	id, ok := s.linqID(w, r, "messageId")
	if !ok {
		return
	}
	s.mu.Lock()
	document, ok := s.messages[id]
	s.mu.Unlock()
	if !ok {
		linqError(w, http.StatusNotFound, "2002", "Message not found")
		return
	}
	writeJSON(w, http.StatusOK, s.render(r, document))
}

// linqPost creates an attachment, which is pending until its bytes are sent to upload_url.
func (s *Server) linqPost(w http.ResponseWriter, r *http.Request) {
	if !s.linqAuthorized(w, r) {
		return
	}
	var body struct {
		Filename    string `json:"filename"`
		ContentType string `json:"content_type"`
		SizeBytes   int64  `json:"size_bytes"`
	}
	err := json.NewDecoder(r.Body).Decode(&body)
	if err != nil || body.Filename == "" || body.ContentType == "" || body.SizeBytes <= 0 {
		linqError(w, http.StatusBadRequest, "1001",
			"filename, content_type and size_bytes are required")
		return
	}
	if body.SizeBytes > 100<<20 || slices.Contains(linqRefused, body.ContentType) {
		linqError(w, http.StatusBadRequest, "1001", "The file is too large or of a wrong type")
		return
	}

	raw := randomHex(16)
	id := strings.Join([]string{raw[:8], raw[8:12], raw[12:16], raw[16:20], raw[20:]}, "-")
	s.PutLinq(marshal(map[string]any{
		"id":           id,
		"filename":     body.Filename,
		"content_type": body.ContentType,
		"size_bytes":   body.SizeBytes,
		"status":       "pending",
		"created_at":   time.Now().UTC().Format(time.RFC3339),
	}))
	writeJSON(w, http.StatusOK, s.render(r, marshal(map[string]any{
		"attachment_id":    id,
		"upload_url":       "http://" + r.Host + LinqPath + "/uploads/" + id,
		"http_method":      http.MethodPut,
		"required_headers": map[string]string{"Content-Type": body.ContentType},
		"expires_at":       time.Now().UTC().Add(15 * time.Minute).Format(time.RFC3339),
		"download_url":     linqDownloadURL(id, body.Filename),
	})))
}

func (s *Server) linqUpload(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := strings.ToLower(r.PathValue("id"))
	document := map[string]any{}
	if err := json.Unmarshal([]byte(s.linq[id]), &document); err != nil {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	filename, _ := document["filename"].(string)
	document["status"] = "complete"
	document["download_url"] = linqDownloadURL(id, filename)
	s.linq[id] = marshal(document)
}

func linqDownloadURL(id, filename string) string {
	name := strings.ReplaceAll(url.PathEscape(filename), "&", "%26") // which JSON would escape
	return "https://cdn.linqapp.com/attachments/" + id + "/" + name
}

func (s *Server) linqAuthorized(w http.ResponseWriter, r *http.Request) bool {
	if r.Header.Get("Authorization") == "Bearer "+s.config.LinqAPIKey {
		return true
	}
	Status(http.StatusUnauthorized)(w, r)
	return false
}
