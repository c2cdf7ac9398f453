package rest

import (
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

const byteOrderMark = "\ufeff"

// maxNumber is the maximum number of characters in an integer. The time to parse a number grows
// with the square of its length: 4 MiB take half a minute.
const maxNumber = 1000

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

// parseWhole parses a JSON number.
func parseWhole(text string) (number int64, ok bool) {
	if len(text) > maxNumber {
		return 0, false
	}
	// This precision is enough for all digits, so that no number is rounded to an integer.
	value, _, err := big.ParseFloat(text, 10, uint(64+4*len(text)), big.ToNearestEven)
	mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
	if err != nil || value.Sign() == 0 && strings.ContainsAny(mantissa, "123456789") {
		return 0, false // too small even for a big.Float
	}
	number, accuracy := value.Int64()
	return number, accuracy == big.Exact
}

// NilIfBlank sets blank strings to nil: APIs send "" for missing values.
func NilIfBlank(values ...**string) {
	for _, value := range values {
		if *value != nil && strings.TrimSpace(**value) == "" {
			*value = nil
		}
	}
}

// CheckURL sets a blank URL to nil, and returns an error for the field if the URL has a control
// character, which can't be replaced without changing the URL.
func CheckURL(field string, url **string) error {
	NilIfBlank(url)
	if *url != nil && strings.ContainsFunc(**url, unicode.IsControl) {
		return fmt.Errorf("its field %q has a control character", field)
	}
	return nil
}
