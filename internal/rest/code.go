package rest

import (
	"encoding/json"
	"strconv"
)

// Code is an API's own error code. APIs that document a string sometimes send a number, and vice
// versa. Both are accepted; anything else is "".
type Code string

// UnmarshalJSON implements [json.Unmarshaler].
func (c *Code) UnmarshalJSON(data []byte) error {
	var text string
	var number json.Number
	if json.Unmarshal(data, &text) == nil {
		*c = Code(text)
	} else if json.Unmarshal(data, &number) == nil {
		*c = Code(number)
		if whole, ok := parseWhole(string(number)); ok {
			*c = Code(strconv.FormatInt(whole, 10))
		}
	}
	return nil
}
