package rest

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// maxText is the number of bytes that are kept of any one text of a server.
const maxText = 2048

var (
	// A query or a fragment, or anything that looks like one: signed URLs carry their signature in it.
	signedQuery = regexp.MustCompile(`([?#])[^\s"'<>?#]*=[^\s"'<>]*`)
	// The user info of a URL, such as a proxy's password.
	userInfo = regexp.MustCompile(`://[^/\s"'<>]+@`)
)

// minSecret is the number of bytes below which a text is no secret, but a part of other words.
const minSecret = 4

// redactor makes texts that come from outside fit to be shown.
type redactor struct {
	mu       sync.RWMutex
	secrets  map[string]bool
	replacer *strings.Replacer
}

func newRedactor(secrets []string) *redactor {
	r := &redactor{secrets: map[string]bool{}, replacer: strings.NewReplacer()}
	for _, secret := range secrets {
		r.add(secret)
	}
	return r
}

// add makes the redactor know another secret, which may be the value of an Authorization header.
func (r *redactor) add(secret string) {
	if scheme, token, ok := strings.Cut(secret, " "); ok && strings.EqualFold(scheme, "Bearer") {
		r.add(token)
	}
	r.mu.RLock()
	known := r.secrets[secret]
	r.mu.RUnlock()
	if known {
		return
	}

	r.mu.Lock()
	defer r.mu.Unlock()
	r.secrets[secret] = true
	var forms []string
	for secret := range r.secrets {
		forms = append(forms,
			secret, strings.TrimSpace(secret), strings.Trim(strconv.Quote(secret), `"`),
			url.QueryEscape(secret), url.PathEscape(secret),
			base64.StdEncoding.EncodeToString([]byte(secret)),
			base64.URLEncoding.EncodeToString([]byte(secret)))
	}
	slices.SortFunc(forms, func(a, b string) int { return len(b) - len(a) })
	var pairs []string
	for _, form := range forms {
		if len(form) >= minSecret {
			pairs = append(pairs, form, "(redacted)")
		}
	}
	r.replacer = strings.NewReplacer(pairs...)
}

// clean returns text on one line, without secrets, the queries of URLs, control characters and what
// goes beyond maxText.
func (r *redactor) clean(text string) string {
	r.mu.RLock()
	text = r.replacer.Replace(text)
	r.mu.RUnlock()
	text = signedQuery.ReplaceAllString(text, "$1(redacted)")
	text = userInfo.ReplaceAllString(text, "://(redacted)@")
	text = strings.Join(strings.Fields(text), " ")
	text = strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return unicode.ReplacementChar
		}
		return c
	}, text)
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "") + " (cut)"
	}
	return text
}
