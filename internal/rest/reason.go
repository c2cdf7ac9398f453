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
		Description jsonText `json:"error_description"`
		Message     jsonText `json:"message"`
		Detail      jsonText `json:"detail"`
		Title       jsonText `json:"title"`
		Error       jsonText `json:"error"`
	}
	if json.Unmarshal(body, &document) != nil {
		return "", firstLine(string(body))
	}
	message = string(
		cmp.Or(document.Description, document.Message, document.Detail, document.Title))
	if message == "" {
		return "", string(document.Error)
	}
	return string(document.Error), message
}

// jsonText is a string without the white space around it, or "" for any other JSON value.
type jsonText string

// UnmarshalJSON implements [json.Unmarshaler].
func (t *jsonText) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		*t = jsonText(strings.TrimSpace(text))
	}
	return nil
}

// firstLine returns "" for a page, broken JSON, or bytes that aren't UTF-8.
func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if !utf8.ValidString(line) || strings.IndexAny(line, "<{[") == 0 {
		return ""
	}
	return line
}
