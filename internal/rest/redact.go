package rest

import (
	"encoding/base64"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

const (
	maxText   = 2048        // maximum number of bytes shown of one text
	maxSource = 4 * maxText // bytes that are searched
	minSecret = 8           // characters, because fewer can be a part of ordinary words
	maxForm   = 32          // letters and digits that are enough to recognize a secret
	maxRounds = 5           // of decoding
	redacted  = "(redacted)"
	withheld  = "(withheld, because it contains an encoded credential or URL)"
)

var (
	// userInfo matches ://me:password@ in https://me:password@example.com/.
	userInfo = regexp.MustCompile(`://[^\s/?#"<>]+@`)
	// query matches ://example.com/a?b=1 in https://example.com/a?b=1.
	query = regexp.MustCompile(`(://[^\s?"<>]*\?)[^\s"<>]+`)
	// parameter matches X-Amz-Signature=1f, access_token="1f", and sig=1f, but not design=1.
	parameter = regexp.MustCompile(`(?i)((?:signature|token|secret|password|credential|api_?key|` +
		`(?:^|[^a-z])sign?)=["']?)[^\s&"'<>,;]+`)
	// escapes matches percent-encoding such as %2F and JSON escapes such as \u002f, \/, and \n.
	escapes = regexp.MustCompile(`%[\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\.`)
	// unprintable matches characters that a terminal could obey, such as \x1b. Joiners are parts of
	// words and emoji.
	unprintable = regexp.MustCompile(`[^\pL\pM\pN\pP\pS \x{200c}\x{200d}]`)
)

// redactor removes secrets from strings of servers and of errors.
type redactor struct {
	mu      sync.Mutex
	secrets []string // the longest first
	forms   []string // of the secrets and of their base64, as squeeze returns them
}

func newRedactor(secrets []string) *redactor {
	r := &redactor{}
	for _, secret := range secrets {
		r.add(secret)
	}
	return r
}

// add adds a secret, which may be the value of an Authorization header.
func (r *redactor) add(secret string) {
	if scheme, token, ok := strings.Cut(secret, " "); ok && strings.EqualFold(scheme, "Bearer") {
		secret = token
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(secret) < minSecret || slices.Contains(r.secrets, secret) {
		return
	}
	r.secrets = append(r.secrets, secret)
	slices.SortFunc(r.secrets, func(a, b string) int { return len(b) - len(a) })
	r.addForm(squeeze(secret))
	r.addForm(squeeze(unescape(secret)))
	for before := range 3 { // bytes that are encoded before the secret, such as a user's name
		text := base64.StdEncoding.EncodeToString(append(make([]byte, before), secret...))
		// These characters depend only on the secret.
		r.addForm(squeeze(text[(8*before+5)/6 : 8*(before+len(secret))/6]))
	}
}

// addForm adds the beginning and the end of a long form, because the rest can be cut off.
func (r *redactor) addForm(form string) {
	if len(form) >= minSecret {
		r.forms = append(r.forms, form[:min(len(form), maxForm)], form[max(0, len(form)-maxForm):])
	}
}

// clean returns text on one line, cut between words, without secrets, URL queries, and control
// characters. If one of them is there only in another encoding, clean withholds the whole text.
func (r *redactor) clean(text string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	source := cut(text, maxSource)
	shown := r.replaceSecrets(source)
	decoded := shown
	for range maxRounds {
		if r.replaceSecrets(decoded) != decoded || r.hasEncodedSecret(decoded) {
			return withheld
		}
		encoded := decoded
		if decoded = unescape(encoded); decoded == encoded {
			break
		}
	}
	shown = strings.Join(strings.Fields(strings.ToValidUTF8(shown, "\ufffd")), " ")
	shown = unprintable.ReplaceAllString(shown, "\ufffd")
	line := cut(shown, maxText)
	if len(source) < len(text) || len(line) < len(shown) {
		line += " (cut)"
	}
	return line
}

// replaceSecrets replaces secrets, and parts of URLs that can be secret. A second call changes
// nothing.
func (r *redactor) replaceSecrets(text string) string {
	for _, secret := range r.secrets {
		text = strings.ReplaceAll(text, secret, redacted)
	}
	text = userInfo.ReplaceAllString(text, "://"+redacted+"@")
	text = query.ReplaceAllString(text, "${1}"+redacted)
	return parameter.ReplaceAllString(text, "${1}"+redacted)
}

// hasEncodedSecret reports whether a secret is in text, in any case and broken by anything but
// letters and digits.
func (r *redactor) hasEncodedSecret(text string) bool {
	squeezed := squeeze(text)
	return slices.ContainsFunc(r.forms, func(form string) bool {
		return strings.Contains(squeezed, form)
	})
}

// squeeze returns the ASCII letters and digits of text in lower case.
func squeeze(text string) string {
	return strings.Map(func(c rune) rune {
		if c = unicode.ToLower(c); 'a' <= c && c <= 'z' || '0' <= c && c <= '9' {
			return c
		}
		return -1
	}, text)
}

// unescape decodes each escape of URLs, JSON, and HTML once.
func unescape(text string) string {
	return html.UnescapeString(escapes.ReplaceAllStringFunc(text, func(escape string) string {
		decoded, err := strconv.Unquote(`"` + strings.Replace(escape, "%", `\x`, 1) + `"`)
		if err != nil { // such as \/
			return escape[1:]
		}
		return decoded
	}))
}

// cut returns the words within the first bytes of text.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return text[:max(0, strings.LastIndexFunc(text[:most], unicode.IsSpace))]
}
