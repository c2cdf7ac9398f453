package rest

import (
	"encoding/json"
	"testing"
)

func TestCodeTakesTextsAndNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Code{
		`"NOT_FOUND"`: "NOT_FOUND", `2004`: "2004", `"2004"`: "2004", `-1`: "-1",
		`null`: "", `true`: "", `{"a":1}`: "", `[1]`: "",
	} {
		var got Code
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s: got %q, %v", text, got, err)
		}
	}
}
