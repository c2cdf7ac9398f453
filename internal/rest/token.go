package rest

import (
	"errors"
	"fmt"
	"unicode"
)

var errEmptyToken = errors.New("must not be empty. To leave it unset, remove it")

// CheckToken returns an error unless text consists of visible ASCII characters, as credentials and
// IDs do. The error follows the name of the checked setting in a sentence. It shows only the
// position of the first invalid character, never the text.
func CheckToken(text string) error {
	if text == "" {
		return errEmptyToken
	}
	place := 0
	for _, c := range text {
		place++
		if c < '!' || c > '~' {
			return fmt.Errorf("must have only visible ASCII characters, but character %d is %s",
				place, kindOf(c))
		}
	}
	return nil
}

// kindOf names an invisible character. It doesn't show others, which may be part of a secret.
func kindOf(c rune) string {
	switch {
	case c == '\n', c == '\r', c == '\u0085', c == '\u2028', c == '\u2029':
		return "a line break"
	case c == ' ':
		return "a space"
	case c == '\t':
		return "a tab"
	case unicode.IsSpace(c):
		return fmt.Sprintf("a space (%U)", c)
	case unicode.Is(unicode.Cf, c):
		return fmt.Sprintf("an invisible character (%U)", c)
	case unicode.IsControl(c):
		return fmt.Sprintf("a control character (%U)", c)
	}
	return "not ASCII"
}
