package rest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strings"
	"testing"
)

// TestCleanFindsSecretsInEveryForm has forms in which a server can send a secret back.
func TestCleanFindsSecretsInEveryForm(t *testing.T) {
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
	in64 := func(encoding *base64.Encoding, before string) func(string) string {
		return func(secret string) string { return encoding.EncodeToString([]byte(before + secret)) }
	}
	inTwo := func(between string) func(string) string {
		return func(secret string) string {
			return secret[:len(secret)/2] + between + secret[len(secret)/2:]
		}
	}
	then := func(first, second func(string) string) func(string) string {
		return func(secret string) string { return second(first(secret)) }
	}
	secrets := []string{secret, `"~?secret12~?"`, `0p\aque\\"t&lt=ok%2fen`, "deadbeef0123"}
	for form, encode := range map[string]func(string) string{
		"plain":                strings.Clone,
		"upper case":           strings.ToUpper,
		"query":                url.QueryEscape,
		"percent":              each("%%%02x"),
		"percent twice":        each("%%25%02X"),
		"JSON":                 inJSON,
		"JSON twice":           then(inJSON, inJSON),
		"JSON escapes":         each(`\u%04x`),
		"percent in JSON":      each(`\u0025%02x`),
		"HTML":                 html.EscapeString,
		"HTML decimal":         each("&#%d;"),
		"HTML in percent":      then(each("&#x%X;"), url.QueryEscape),
		"a space":              inTwo(" "),
		"line breaks":          inTwo(strings.Repeat("\r\n\t", 20)),
		"an escaped break":     inTwo(`\r\n`),
		"a percent line break": inTwo("%0d%0A"),
		"an HTML line break":   inTwo("&#10;"),
		"zero-width space":     inTwo("\u200b"),
		"soft hyphen":          inTwo("\u00ad"),
		"combining mark":       inTwo("\u0301"),
		"zero-width in JSON":   inTwo(`\u200b`),
		"control":              inTwo("\x00\x1b"),
		"no UTF-8":             inTwo("\xff"),
		"base64":               in64(base64.StdEncoding, ""),
		"base64 after 1 byte":  in64(base64.RawStdEncoding, "\xff"),
		"base64 after a user":  in64(base64.URLEncoding, "me:xyz:"),
		"base64 in percent":    then(in64(base64.StdEncoding, "m"), each("%%%02x")),
		"base64 in lines":      then(in64(base64.StdEncoding, ""), inTwo("\r\n")),
	} {
		for _, secret := range secrets {
			r := newRedactor([]string{"another secret", secret})
			encoded, want := encode(secret), withheld
			if strings.Contains(encoded, secret) {
				want = "100 % <(redacted)>"
			}
			if got := r.clean("100 % <" + encoded + ">"); got != want {
				t.Errorf("%s: %q: got %q", form, encoded, got)
			}
		}
	}
}
