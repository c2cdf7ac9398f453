package rest

import (
	"encoding/json"
	"testing"
)

func TestCodeAcceptsStringsAndNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Code{
		`"NOT_FOUND"`: "NOT_FOUND", `2004`: "2004", `"2004"`: "2004", `-1`: "-1",
		`2007.0`: "2007", `2.007E3`: "2007", `6.5`: "6.5", `"2007.0"`: "2007.0",
		`null`: "", `true`: "", `{"a":1}`: "", `[1]`: "",
	} {
		var got Code
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s: got %q, %v", text, got, err)
		}
	}
}
