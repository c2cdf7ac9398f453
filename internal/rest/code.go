package rest

import (
	"bytes"
	"encoding/json"
)

// Code is an API's own error code. Vendors that document a string send a number at times, and the
// reverse: both are read, and anything else is "".
type Code string

// UnmarshalJSON implements [json.Unmarshaler].
func (c *Code) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		*c = Code(text)
	} else if bytes.IndexByte([]byte("-0123456789"), data[0]) >= 0 {
		*c = Code(data)
	}
	return nil
}
