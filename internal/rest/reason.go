package rest

import (
	"cmp"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// readReason returns what the body of an error says in a form that isn't the API's own: that of
// OAuth (RFC 6749, section 5.2), problem details (RFC 9457), a gateway's "message" or "error", or
// the first line of plain text.
func readReason(body []byte) (code, message string) {
	var document struct {
		Description any `json:"error_description"`
		Message     any `json:"message"`
		Detail      any `json:"detail"`
		Title       any `json:"title"`
		Error       any `json:"error"`
	}
	if json.Unmarshal(body, &document) != nil {
		return "", firstLine(string(body))
	}
	code = trimmed(document.Error)
	message = cmp.Or(trimmed(document.Description), trimmed(document.Message),
		trimmed(document.Detail), trimmed(document.Title))
	if message == "" {
		return "", code
	}
	return code, message
}

// trimmed returns a string without the white space around it, or "" for any other JSON value.
func trimmed(value any) string {
	text, _ := value.(string)
	return strings.TrimSpace(text)
}

// firstLine returns "" for a page, broken JSON, or bytes that aren't UTF-8.
func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if !utf8.ValidString(line) || strings.IndexAny(line, "<{[") == 0 {
		return ""
	}
	return line
}
