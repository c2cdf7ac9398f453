package rest

import (
	"encoding/base64"
	"encoding/hex"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

const (
	maxText   = 2048        // bytes that are kept of any one text of a server
	maxSource = 4 * maxText // bytes that are searched
	minSecret = 8           // bytes, because fewer can be a part of ordinary words
	maxPrefix = 32          // bytes, above which the beginning of a secret is redacted too
	maxRounds = 5           // of searching, each after another decoding
	hidden    = "\ufffc"    // stands for a secret until the text is shown

	// word ends before closing punctuation.
	word = `(?:(?:[^\s\x{fffc}]|\x{fffc}[\w.%-])\S*)?[^\s!"#$'()*,./:;<>?@[\]\\^{|}\x{fffc}]`
	// opaque is a word with a digit, or with a capital after a small letter.
	opaque = `[\w.~+/-]{3,}(?-i:\d|[a-z][A-Z])[\w.~+/=-]+`
	// value is a word, and what continues it like a query or, in the next line, like a signature.
	value = word + `(?:\S*(?:\s+[^\s&]*&` + word + `|` +
		`[\r\n]\s*(?:\S*=(?:` + word + `)?|` + opaque + `)))*`
	quoted = `"(?:[^\s"\\]|\\.)(?:[^"\\]|\\.)*"?|'[^\s'][^']*'`
	// name is the end of the name of a parameter that holds a secret.
	name = `(?:signature|token|secret|passw(?:or)?d|passphrase|credentials?|key[_-]pair[_-]id|` +
		`(?:api|access|private)[\s_-]?key(?:id)?|(?:^|[^a-z])(?:sign?|pwd|jwt|hmac|policy))\d*`
)

var (
	// A password can hold a slash, but a port holds only digits.
	userInfo = regexp.MustCompile(`://(?:[^\s/?#"'<>]+|[^\s/:@\[]*:\d*[^\s/?#@"'<>,\d][^\s@]*)@`)
	// parameters match a group, which is kept, and what looks like a secret after it.
	parameters = []*regexp.Regexp{
		// The query of a path. With an equals sign: any query, any fragment, path parameters.
		regexp.MustCompile(`(/[^\s?#]*(?:#[^\s?=]*)?\?)` + value + `|` +
			`([?#]|://[^\s?#;]*;)\S*=(?:` + value + `)?`),
		// Parameters without a URL, members of JSON and elements of XML.
		regexp.MustCompile(`(?i)(` + name + `(?:["']?\s*=|["']\s*:|>)\s*)` +
			`(?:(?:` + quoted + `)(?:&` + value + `)?|` + value + `)`),
		// Headers and their values.
		regexp.MustCompile(`(?i)(authorization["'\s+]*[:=]["'\s+]*` +
			`(?:bearer|basic|digest|token)[\s+]+)` + value + `|` +
			`((?:(?:authorization|` + name + `):\s*|\b(?:bearer|basic)[\s+:]+)["']?)` + opaque),
	}
	// escapes are those of URLs, HTML, JSON and Go, and characters that hide in a name.
	escapes = regexp.MustCompile(`%[\da-fA-F]{2}|&(?:\w{2,31}|#\d{1,7}|#[xX][\da-fA-F]{1,6});|` +
		`\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|[0-7]{3}|(?s:.))|\p{Cf}`)
	// unprintable are characters that a terminal could obey. Joiners are parts of words and emoji.
	unprintable = regexp.MustCompile(`[^\pL\pM\pN\pP\pS \x{200c}\x{200d}]`)
)

// redactor removes secrets from strings of servers and of errors.
type redactor struct {
	mu    sync.Mutex
	forms []string // of the secrets: as they are and encoded
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
		r.add(token)
	}
	if decoded := unescape(secret); decoded != secret {
		r.add(decoded)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(secret) < minSecret || slices.Contains(r.forms, secret) {
		return
	}
	r.forms = append(r.forms, secret, hex.EncodeToString([]byte(secret)))
	for before := range 3 { // bytes that are encoded before the secret, such as a user's name
		text := base64.StdEncoding.EncodeToString(append(make([]byte, before), secret...))
		text = text[(8*before+5)/6 : 8*(before+len(secret))/6] // what depends only on the secret
		r.forms = append(r.forms, text, strings.NewReplacer("+", "-", "/", "_").Replace(text))
	}
}

// clean returns text on one line, cut to maxText, without secrets, URL queries, and control
// characters. If a secret is encoded, the text is returned decoded.
func (r *redactor) clean(text string) string {
	shown := hide(text[:min(len(text), maxSource)], r.hideKnown)
	shown = hide(shown, hideUnknown)
	if len(text) > maxSource { // A secret that begins in the last half can be cut, and not found.
		shown = strings.ToValidUTF8(shown[:max(0, len(shown)-maxSource/2)], "")
	}
	shown = strings.Join(strings.Fields(strings.ToValidUTF8(shown, "\ufffd")), " ")
	shown = strings.ReplaceAll(unprintable.ReplaceAllString(shown, "\ufffd"), hidden, "(redacted)")
	if len(text) > maxSource || len(shown) > maxText {
		shown = strings.ToValidUTF8(shown[:min(len(shown), maxText)], "") + " (cut)"
	}
	return shown
}

// hide returns the text as it was after the last decoding in which search hid something.
func hide(text string, search func(string) string) string {
	shown := text
	for range maxRounds {
		found := search(text)
		if found != text {
			shown = found
		}
		if text = unescape(found); text == found {
			break
		}
	}
	return shown
}

func (r *redactor) hideKnown(text string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := 0; i < len(text); i++ {
		length := 0
		for _, form := range r.forms {
			length = max(length, match(text[i:], form))
		}
		if length > 0 {
			text = text[:i] + hidden + text[i+length:]
		}
	}
	return text
}

func hideUnknown(text string) string {
	text = userInfo.ReplaceAllString(text, "://"+hidden+"@")
	for _, pattern := range parameters {
		text = pattern.ReplaceAllString(text, "${1}${2}"+hidden)
	}
	return text
}

// match returns the length of the form at the beginning of the text, or 0. Case doesn't matter, nor
// does what breaks the form. A plus sign can stand for a blank, and get lost as easily.
func match(text, form string) int {
	end := 0
	for i, c := range []byte(form) {
		next := end
		for 0 < next && next < len(text) && text[next] != c && isBreak(text[next]) {
			next++
		}
		switch {
		case next < len(text) && unicode.ToLower(rune(text[next])) == unicode.ToLower(rune(c)):
			end = next + 1
		case c == '+', c == ' ':
		case i > maxPrefix:
			return end
		default:
			return 0
		}
	}
	return end
}

// isBreak reports whether c is white space or a part of what can be invisible.
func isBreak(c byte) bool { return c <= ' ' || c == '+' || c >= unicode.MaxASCII }

// unescape decodes each escape once.
func unescape(text string) string {
	return escapes.ReplaceAllStringFunc(text, func(escape string) string {
		decoded, err := strconv.Unquote(`"` + strings.Replace(escape, "%", `\x`, 1) + `"`)
		switch {
		case escape[0] == '&':
			return html.UnescapeString(escape)
		case escape[0] == '%' && decoded <= " ":
			return "+" // which doesn't end a query
		case escape[0] > unicode.MaxASCII:
			return ""
		case err != nil: // such as `\/`
			return escape[1:]
		}
		return decoded
	})
}
