package rest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestCleanRedactsSecretsInEveryForm wraps each form in characters that must stay.
func TestCleanRedactsSecretsInEveryForm(t *testing.T) {
	t.Parallel()
	each := func(format string) func(string) string {
		return func(secret string) string {
			var b strings.Builder
			for _, c := range []byte(secret) {
				fmt.Fprintf(&b, format, c)
			}
			return b.String()
		}
	}
	inJSON := func(secret string) string {
		text, _ := json.Marshal(secret)
		return strings.ReplaceAll(string(text[1:len(text)-1]), "/", `\/`)
	}
	inTwo := func(between string) func(string) string {
		return func(secret string) string {
			return secret[:len(secret)/2] + between + secret[len(secret)/2:]
		}
	}
	then := func(first, second func(string) string) func(string) string {
		return func(secret string) string { return second(first(secret)) }
	}
	redactors := map[string]*redactor{}
	for _, secret := range []string{
		secret, `"~?secret~?" `, `a\nb\\"c&lt=d%2fe`, "deadbeef0123", "ntoken12", "us3r pa+ss",
	} {
		redactors[secret] = newRedactor([]string{"another secret", secret})
	}
	for form, encode := range map[string]func(string) string{
		"plain":                    strings.Clone,
		"upper case":               strings.ToUpper,
		"lower case":               strings.ToLower,
		"query":                    url.QueryEscape,
		"path":                     url.PathEscape,
		"percent in lower case":    each("%%%02x"),
		"percent in upper case":    each("%%%02X"),
		"percent twice":            each("%%25%02x"),
		"percent four times":       each("%%252525%02x"),
		"percent of percent":       then(each("%%%02x"), each("%%%02x")),
		"JSON":                     inJSON,
		"JSON twice":               then(inJSON, inJSON),
		"JSON three times":         then(inJSON, then(inJSON, inJSON)),
		"JSON escapes":             each(`\u%04x`),
		"JSON escapes twice":       each(`\\u%04X`),
		"percent in JSON":          each(`\u0025%02x`),
		"Go":                       strconv.Quote,
		"Go escapes":               each(`\x%02x`),
		"octal escapes":            each(`\%03o`),
		"HTML":                     html.EscapeString,
		"HTML twice":               then(html.EscapeString, html.EscapeString),
		"HTML decimal":             each("&#%d;"),
		"HTML decimal three times": each("&amp;amp;#%d;"),
		"HTML hexadecimal":         each("&#x%X;"),
		"HTML in percent":          then(html.EscapeString, url.QueryEscape),
		"HTML in JSON":             then(html.EscapeString, inJSON),
		"a space":                  inTwo(" "),
		"no-break space":           inTwo("\u00a0"),
		"a line break":             inTwo("\r\n\t"),
		"many line breaks":         inTwo(strings.Repeat("\n ", 50)),
		"backslash and line break": inTwo("\\\n"),
		"an escaped line break":    inTwo(`\r\n`),
		"a twice escaped one":      inTwo(`\\n`),
		"a percent line break":     inTwo("%0d%0A"),
		"an HTML line break":       inTwo("&#10;"),
		"plus":                     inTwo("+"),
		"zero-width space":         inTwo("\u200b"),
		"zero-width joiner":        inTwo("\u200d"),
		"byte order mark":          inTwo("\ufeff"),
		"soft hyphen":              inTwo("\u00ad"),
		"variation selector":       inTwo("\ufe0f"),
		"Hangul filler":            inTwo("\u3164"),
		"combining mark":           inTwo("\u0301"),
		"bidi override":            inTwo("\u202e"),
		"control":                  inTwo("\x00\x1b"),
		"no UTF-8":                 inTwo("\xff"),
		"zero-width in JSON":       inTwo(`\u200b`),
		"zero-width in percent":    inTwo("%e2%80%8b"),
		"zero-width in HTML":       inTwo("&ZeroWidthSpace;"),
		"hexadecimal":              each("%02X"),
		"base64":                   encodeWith(base64.StdEncoding, ""),
		"base64 after 1 byte":      encodeWith(base64.StdEncoding, "\xff"),
		"base64 after 2 bytes":     encodeWith(base64.StdEncoding, "\x00\xff"),
		"base64 raw":               encodeWith(base64.RawStdEncoding, "\x00\xff"),
		"base64 of URLs":           encodeWith(base64.URLEncoding, ""),
		"base64 of URLs, raw":      encodeWith(base64.RawURLEncoding, "\xff"),
		"base64 in percent":        then(encodeWith(base64.StdEncoding, ""), url.QueryEscape),
		"base64 in lines":          then(encodeWith(base64.StdEncoding, ""), inTwo("\r\n")),
	} {
		for secret, r := range redactors {
			for _, around := range [][2]string{{"<", ">"}, {"100 % ", "%"}, {`"`, `"`}, {"&", ";"}} {
				text := around[0] + encode(secret) + around[1]
				got := r.clean(text)
				before, after, found := strings.Cut(got, "(redacted)")
				left := strings.TrimPrefix(before, around[0]) + strings.TrimSuffix(after, around[1])
				// Of base64, the padding stays, and what holds only a part of a character.
				if left = strings.ReplaceAll(left, "%3D", ""); !found || len(strings.Trim(left, "+= ")) > 4 {
					t.Errorf("%s: %q: got %q", form, text, got)
				}
			}
		}
	}
}

func encodeWith(encoding *base64.Encoding, before string) func(string) string {
	return func(secret string) string { return encoding.EncodeToString([]byte(before + secret)) }
}

// FuzzCleanFindsTheSecret encodes and breaks each character of the secret in its own way. What is
// left must not hold the secret, however often it is decoded.
func FuzzCleanFindsTheSecret(f *testing.F) {
	for how := range encodings {
		f.Add("<", ">", []byte{byte(how)})
		f.Add(`\`, "%", []byte{0, byte(how), byte(how) + 32, byte(how) + 64})
	}
	f.Add(`\u`, ";", []byte{3, 33, 65, 97, 129, 161, 193, 225})
	r := newRedactor([]string{secret})
	f.Fuzz(func(t *testing.T, before, after string, how []byte) {
		var b strings.Builder
		for i, c := range []byte(secret) {
			var code byte
			if len(how) > 0 {
				code = how[i%len(how)]
			}
			form := encodings[int(code%32)%len(encodings)](c)
			for range code / 32 % 4 { // again and again, in the way of what it is sent in
				form = again[int(code/32)%len(again)](form)
			}
			b.WriteString(form)
		}
		if holdsSecret(before) || holdsSecret(after) || holdsSecret(before+" "+after) {
			return
		}
		text := before + " " + b.String() + " " + after
		if got := r.clean(text); holdsSecret(got) {
			t.Errorf("%q: shows the secret: %q", text, got)
		}
	})
}

var encodings = []func(byte) string{
	func(c byte) string { return string(c) },
	func(c byte) string { return strings.ToUpper(string(c)) },
	func(c byte) string { return fmt.Sprintf("%%%02x", c) },
	func(c byte) string { return fmt.Sprintf("%%%02X", c) },
	func(c byte) string { return fmt.Sprintf(`\u%04x`, c) },
	func(c byte) string { return fmt.Sprintf(`\x%02x`, c) },
	func(c byte) string { return fmt.Sprintf("&#%d;", c) },
	func(c byte) string { return fmt.Sprintf("&#x%x;", c) },
	func(c byte) string { return string(c) + "\r\n" },
	func(c byte) string { return string(c) + "\u00ad\ufe0f" },
	func(c byte) string { return string(c) + `\n` },
	func(c byte) string { return string(c) + "%e2%80%8b" },
	func(c byte) string { return string(c) + `\u200d` },
	func(c byte) string { return string(c) + "&nbsp;" },
	func(c byte) string { return string(c) + "\x00\xff" },
}

var again = []func(string) string{
	func(text string) string { return strings.ReplaceAll(text, "%", "%25") },
	func(text string) string { return strings.ReplaceAll(text, `\`, `\\`) },
	html.EscapeString,
	func(text string) string { return strings.ReplaceAll(text, "%", `\u0025`) },
}

var (
	escape = regexp.MustCompile(`(?i)%[0-9a-f]{2}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\.`)
	// What can be a query, a parameter or a header, or isn't printable.
	notPlain = regexp.MustCompile(`(?i)[?#=:@>\x{fffc}]|bearer|basic|` +
		`[^\pL\pM\pN\pP\pS \x{200c}\x{200d}]`)
)

// holdsSecret decodes more often than clean does.
func holdsSecret(text string) bool {
	for range 8 {
		squeezed := strings.ToLower(strings.Map(func(c rune) rune {
			if c >= unicode.MaxASCII || c <= ' ' || c == '+' {
				return -1
			}
			return c
		}, text))
		if strings.Contains(squeezed, strings.ReplaceAll(secret, "+", "")) {
			return true
		}
		text = html.UnescapeString(escape.ReplaceAllStringFunc(text, func(found string) string {
			if code, err := strconv.ParseInt(strings.TrimLeft(found, `%\uUxX`), 16, 32); err == nil {
				return string(rune(code))
			}
			if strings.IndexByte("nrtbf", found[1]) >= 0 {
				return " "
			}
			return found[1:]
		}))
	}
	return false
}

// FuzzCleanKeepsText holds that a text stays as it is without anything that can be a secret.
func FuzzCleanKeepsText(f *testing.F) {
	for _, seed := range []string{
		"", "fine", "a, b; c. (d) [e] {f}", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "100 %",
		"\U0001f469\u200d\U0001f467 \u2764\ufe0f", `C:\new`, "R&D", "s3cr3t/toke", "the secret",
	} {
		f.Add(seed)
	}
	r := newRedactor([]string{secret, "test"})
	f.Fuzz(func(t *testing.T, text string) {
		decoded := html.UnescapeString(text)
		if len(text) > maxText || holdsSecret(text) || !utf8.ValidString(text) ||
			strings.Join(strings.Fields(text), " ") != text ||
			notPlain.MatchString(text) || notPlain.MatchString(decoded) || escape.MatchString(decoded) {
			return
		}
		if got := r.clean(text); got != text {
			t.Errorf("%q: got %q", text, got)
		}
	})
}
