package rest

import (
	"encoding/json"
	"testing"
)

func TestScalarAcceptsStringsAndNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Scalar{
		`"NOT_FOUND"`: "NOT_FOUND", `2004`: "2004", `"2004"`: "2004", `-1`: "-1",
		`2007.0`: "2007", `2.007E3`: "2007", `6.5`: "6.5", `"2007.0"`: "2007.0",
		`null`: "", `true`: "", `{"a":1}`: "", `[1]`: "",
	} {
		var got Scalar
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s: got %q, %v", text, got, err)
		}
	}
}
