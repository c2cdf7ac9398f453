package rest

import (
	"strings"
	"testing"
)

func TestCheckTokenAcceptsVisibleASCII(t *testing.T) {
	t.Parallel()
	var visible strings.Builder
	for c := rune(0); c <= 0x10FFFF; c++ {
		isVisible := c > ' ' && c <= '~'
		if isVisible {
			visible.WriteRune(c)
		}
		if err := CheckToken(string(c)); (err == nil) != isVisible {
			t.Fatalf("%U: got %v", c, err)
		}
	}
	if err := CheckToken(visible.String()); err != nil {
		t.Error(err)
	}
}

func TestCheckTokenNamesThePlaceOfTheFirstOtherCharacter(t *testing.T) {
	t.Parallel()
	const only = "must have only visible ASCII characters, but character "
	for text, want := range map[string]string{
		"":                    "must not be empty. To leave it unset, remove it",
		"s3cr3t\n":            only + "7 is a line break",
		"s3cr3t\r\nx":         only + "7 is a line break",
		"s3cr3t\u2028":        only + "7 is a line break",
		" s3cr3t\n":           only + "1 is a space",
		"s3 cr3t":             only + "3 is a space",
		"s3\tcr3t":            only + "3 is a tab",
		"s3\u00a0cr3t":        only + "3 is a space (U+00A0)",
		"s3\u3000cr3t":        only + "3 is a space (U+3000)",
		"s3\u200bcr3t":        only + "3 is an invisible character (U+200B)",
		"\ufeffs3cr3t":        only + "1 is an invisible character (U+FEFF)",
		"s3\u00adcr3t":        only + "3 is an invisible character (U+00AD)",
		"s3cr3t\x00":          only + "7 is a control character (U+0000)",
		"s3cr3t\x7f":          only + "7 is a control character (U+007F)",
		"s3\u00e9\u200bcr3t":  only + "3 is not ASCII",
		"s3\U0001f511\ncr3t":  only + "3 is not ASCII",
		"s3\xff\xfecr3t":      only + "3 is not ASCII",
		"\u0431s3cr3t\u200b ": only + "1 is not ASCII",
	} {
		err := CheckToken(text)
		if err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}
