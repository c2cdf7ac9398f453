package mockapi

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// Source: "Get attachment metadata", "Get a message by ID", and "Error codes" of Linq's API
// reference.

const linqTraceID = "X-Trace-ID" // a header

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
	writeJSON(w, status, marshal(map[string]any{
		"success":  false,
		"error":    object,
		"trace_id": w.Header().Get(linqTraceID),
	}))
}

func (s *Server) linqAttachment(w http.ResponseWriter, r *http.Request) {
	account, id, ok := s.linqAccess(w, r, "attachmentId")
	if !ok {
		return
	}
	s.mu.Lock()
	document, ok := account.attachments[id]
	s.mu.Unlock()
	if !ok {
		Status(http.StatusNotFound)(w, r)
		return
	}
	writeJSON(w, http.StatusOK, s.attachment(r, document))
}

// linqAccess returns the account and the lowercase ID that a request is for. If the request is
// wrong, it responds with an error and returns false.
func (s *Server) linqAccess(
	w http.ResponseWriter,
	r *http.Request,
	parameter string,
) (account linqAccount, id string, ok bool) {
	id = strings.ToLower(r.PathValue("id"))
	key, isBearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	account, ok = s.linq[key]
	switch {
	case !isBearer || !ok:
		Status(http.StatusUnauthorized)(w, r)
	case !uuid.MatchString(id):
		linqError(w, http.StatusBadRequest, "1003", parameter+" must be a valid UUID")
	default:
		return account, id, true
	}
	return account, id, false
}

func (s *Server) linqMessage(w http.ResponseWriter, r *http.Request) {
	account, id, ok := s.linqAccess(w, r, "messageId")
	if !ok {
		return
	}
	s.mu.Lock()
	document, ok := account.messages[id]
	s.mu.Unlock()
	if !ok {
		linqError(w, http.StatusNotFound, "2002", "Message not found")
		return
	}
	writeJSON(w, http.StatusOK, s.render(r, document))
}
