package rest

import (
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

const byteOrderMark = "\ufeff"

// decode decodes a JSON document. Keys match only in their exact case. Users see its errors.
func decode(body []byte, target any) error {
	err := json.Unmarshal(body, target, json.WithUnmarshalers(wholeNumbers),
		jsontext.AllowInvalidUTF8(true))
	var syntax *jsontext.SyntacticError
	var mismatch *json.SemanticError
	switch {
	case err == nil:
		return nil
	case strings.TrimSpace(string(body)) == "":
		return errors.New("it is empty")
	case errors.Is(err, jsontext.ErrDuplicateName) && errors.As(err, &syntax):
		return fmt.Errorf("it has the field %q twice", field(syntax.JSONPointer))
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("it ends in the middle of its JSON")
	case errors.As(err, &mismatch) && mismatch.JSONPointer != "":
		return fmt.Errorf("its field %q is %s", field(mismatch.JSONPointer), kind(mismatch))
	case errors.As(err, &mismatch):
		return fmt.Errorf("it is %s", kind(mismatch))
	case errors.As(err, &syntax):
		return fmt.Errorf("it isn't JSON (byte %d)", syntax.ByteOffset+1)
	}
	return fmt.Errorf("it can't be read: %w", err)
}

func field(pointer jsontext.Pointer) string {
	return strings.ReplaceAll(strings.TrimPrefix(string(pointer), "/"), "/", ".")
}

// kind names what was found instead of the documented type.
func kind(e *json.SemanticError) string {
	if e.JSONKind == '0' {
		return strings.TrimSpace("a number " + string(e.JSONValue))
	}
	return map[jsontext.Kind]string{
		'"': "a string", '{': "an object", '[': "a list", 't': "true", 'f': "false", 'n': "null",
	}[e.JSONKind]
}

// wholeNumbers decodes integers in any spelling, such as 1024.0 or 1.024E3.
var wholeNumbers = json.UnmarshalFromFunc(func(decoder *jsontext.Decoder, n *int64) error {
	if decoder.PeekKind() != '0' {
		return errors.ErrUnsupported // leave it to the library
	}
	value, err := decoder.ReadValue()
	if err != nil {
		return err
	}
	number, ok := parseWhole(string(value))
	if !ok {
		return &json.SemanticError{JSONKind: '0', JSONValue: value.Clone()}
	}
	*n = number
	return nil
})

// parseWhole parses a JSON number. In spellings other than digits, it must be below 2^53, so that
// a float64 holds it exactly.
func parseWhole(text string) (number int64, ok bool) {
	if number, err := strconv.ParseInt(text, 10, 64); err == nil {
		return number, true
	}
	value, err := strconv.ParseFloat(text, 64)
	return int64(value), err == nil && value == math.Trunc(value) && math.Abs(value) < 1<<53
}

// NilIfBlank sets blank strings to nil: APIs send "" for missing values.
func NilIfBlank(values ...**string) {
	for _, value := range values {
		if *value != nil && strings.TrimSpace(**value) == "" {
			*value = nil
		}
	}
}

// usableURL matches the beginning of URLs such as https://cdn.example.com/a, wix:image://v1/a, and
// /a, but not of //example.com/a and its variant /\example.com/a, which lead to another host.
var usableURL = regexp.MustCompile(`^(?i:https?://|wix:|/(?:[^/\\]|$))`)

// CheckURL sets a blank URL to nil. It returns an error for the field if the URL can't be passed on
// unchanged, or isn't safe to pass to a program such as curl, which reads file:///etc/passwd and
// takes -K/tmp/x for an option.
func CheckURL(field string, url **string) error {
	NilIfBlank(url)
	switch {
	case *url == nil:
		return nil
	case strings.ContainsFunc(**url, unicode.IsControl):
		return fmt.Errorf("its field %q has a control character", field)
	case strings.ContainsRune(**url, unicode.ReplacementChar): // decode replaces invalid bytes
		return fmt.Errorf("its field %q isn't valid Unicode", field)
	case !usableURL.MatchString(**url):
		return fmt.Errorf("its field %q isn't an http or https URL", field)
	}
	return nil
}
