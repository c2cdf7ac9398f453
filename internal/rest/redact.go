package rest

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// maxText is the number of bytes that are kept of any one text of a server.
const maxText = 2048

var (
	// A query, or anything that looks like one: signed URLs carry their signature in it.
	signedQuery = regexp.MustCompile(`\?[^\s"'<>?]*=[^\s"'<>]*`)
	// The user info of a URL, such as a proxy's password.
	userInfo = regexp.MustCompile(`://[^/@\s"'<>]+@`)
)

// redactor makes texts that come from outside fit to be shown.
type redactor struct {
	secrets *strings.Replacer
}

func newRedactor(secrets []string) redactor {
	var forms []string
	for _, secret := range secrets {
		forms = append(forms,
			secret, strings.TrimSpace(secret), url.QueryEscape(secret), url.PathEscape(secret))
	}
	slices.SortFunc(forms, func(a, b string) int { return len(b) - len(a) })
	var pairs []string
	for _, form := range forms {
		if form != "" {
			pairs = append(pairs, form, "(redacted)")
		}
	}
	return redactor{secrets: strings.NewReplacer(pairs...)}
}

// clean returns text without secrets, the queries of URLs, control characters and what goes
// beyond maxText.
func (r redactor) clean(text string) string {
	text = r.secrets.Replace(text)
	text = signedQuery.ReplaceAllString(text, "?(redacted)")
	text = userInfo.ReplaceAllString(text, "://(redacted)@")
	text = strings.Map(func(c rune) rune {
		switch {
		case unicode.IsSpace(c):
			return ' '
		case !unicode.IsPrint(c):
			return unicode.ReplacementChar
		}
		return c
	}, text)
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "") + " (cut)"
	}
	return strings.TrimSpace(text)
}
