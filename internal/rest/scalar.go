package rest

import (
	"encoding/json"
	"strconv"
)

// Scalar is a JSON string or number, as text. APIs that document one sometimes send the other. Any
// other value is "".
type Scalar string

// UnmarshalJSON implements [json.Unmarshaler].
func (s *Scalar) UnmarshalJSON(data []byte) error {
	var text string
	var number json.Number
	if json.Unmarshal(data, &text) == nil {
		*s = Scalar(text)
	} else if json.Unmarshal(data, &number) == nil {
		*s = Scalar(number)
		if whole, ok := parseWhole(string(number)); ok {
			*s = Scalar(strconv.FormatInt(whole, 10))
		}
	}
	return nil
}
