package provider

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"unicode"

	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

var (
	readPhoto   = values{"attachment_id": mockapi.LinqPhoto}
	readMessage = values{"message_id": mockapi.LinqMessage}
	readImage   = values{"contact_id": mockapi.WixContact, "attachment_id": mockapi.WixImage}

	// readable has arguments that match a fixture of the mock, for each type. The tests in this file
	// hold for all types.
	readable = map[string]values{
		linqAttachment.typeName:        readPhoto,
		linqAttachments.typeName:       {"attachment_ids": []any{mockapi.LinqPhoto}},
		linqMessage.typeName:           readMessage,
		wixContactAttachment.typeName:  readImage,
		wixContactAttachments.typeName: {"contact_id": mockapi.WixContact},
	}
)

// readableBlock returns the type and arguments that find something. The default is linq_attachment.
func readableBlock(typeName string) (string, values) {
	if typeName == "" {
		typeName = linqAttachment.typeName
	}
	return typeName, maps.Clone(readable[typeName])
}

func TestEveryTypeHasARow(t *testing.T) {
	t.Parallel()
	for name := range schemas(t) {
		typeName := strings.TrimPrefix(name, "ephemeral ")
		if readable[typeName] == nil && typeName != "attachments" {
			t.Errorf("add %s to readable in types_test.go, with arguments that match a fixture in "+
				"internal/testing/mockapi/fixtures.go", typeName)
		}
	}
}

// TestEveryTypeGivesAdvice requires what happened, what to do, and the facts for each status that
// an API explains.
func TestEveryTypeGivesAdvice(t *testing.T) {
	t.Parallel()
	for typeName, block := range readable {
		for _, status := range []int{
			http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound,
		} {
			if status == http.StatusNotFound && typeName == linqAttachments.typeName {
				continue // a missing attachment isn't an error
			}
			t.Run(fmt.Sprintf("%s/%d", typeName, status), func(t *testing.T) {
				t.Parallel()
				api := newMock(t)
				api.Fail("", mockapi.Error(status, "1", "no"))
				result := read(t, api.env(), nil, typeName, block)
				if len(result.problems) != 1 {
					t.Fatalf("got %v", result.problems)
				}
				paragraphs := strings.Split(result.problems[0].Detail, "\n\n")
				last := len(paragraphs) - 1
				if last < 2 || !strings.HasSuffix(paragraphs[last-1], ".") {
					t.Errorf("got %q", paragraphs)
				}
			})
		}
	}
}

// TestEveryTypeChecksItsIDs sets each ID to something else.
func TestEveryTypeChecksItsIDs(t *testing.T) {
	t.Parallel()
	for typeName, s := range dataSourceSchemas(t) {
		for name, attribute := range s.Attributes {
			value, where := any("x"), `AttributeName("`+name+`")`
			switch {
			case attribute.IsComputed():
				continue
			case strings.HasSuffix(name, "_ids"):
				value, where = []any{"x"}, where+".ElementKeyInt(0)"
			case name == "site_id":
				where = "" // which can be a key in the wrong place
			case !strings.HasSuffix(name, "_id"):
				continue
			}
			result := read(t, newMock(t).env(), nil, typeName, with(readable[typeName], name, value))
			if len(result.problems) != 1 || result.problems[0].Path != where ||
				!strings.HasPrefix(result.problems[0].Summary, "Invalid ") {
				t.Errorf("%s.%s needs a validator such as validateID: got %v",
					typeName, name, result.problems)
			}
		}
	}
}

// TestEveryTypeReplacesControlCharacters adds a control character to each string of a response but
// IDs and URLs, which must stay the same.
func TestEveryTypeReplacesControlCharacters(t *testing.T) {
	t.Parallel()
	for typeName, block := range readable {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			api := newMock(t)
			state(t, api, typeName, block)
			request := api.Requests()[0]
			api.FailEvery(1, mockapi.Respond(http.StatusOK, withEscapes(t, api.url, request)))
			got, err := json.Marshal(state(t, api, typeName, block))
			if err != nil {
				t.Fatal(err)
			}
			var strings []string
			collectStrings(t, got, &strings)
			replaced := 0
			for _, text := range strings {
				if unicode.IsControl(rune(text[len(text)-1])) {
					t.Errorf("%q isn't fit for a terminal: models must be encoded with encode", text)
				}
				if slices.Contains([]rune(text), unicode.ReplacementChar) {
					replaced++
				}
			}
			if replaced == 0 {
				t.Errorf("nothing was replaced in %s", got)
			}
		})
	}
}

// withEscapes returns the mock's response to the request, with an escape character at the end of
// each string that isn't an ID, a URL, or a type.
func withEscapes(t *testing.T, url string, request mockapi.Request) string {
	t.Helper()
	again, err := http.NewRequestWithContext(
		t.Context(), request.Method, url+request.Path+"?"+request.Query.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	again.Header = request.Header.Clone()
	again.Header.Del("Accept-Encoding")
	response, err := http.DefaultClient.Do(again)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var document any
	if err := json.NewDecoder(response.Body).Decode(&document); err != nil {
		t.Fatal(err)
	}
	changed, err := json.Marshal(escaped(document))
	if err != nil {
		t.Fatal(err)
	}
	return string(changed)
}

func escaped(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for name, member := range value {
			if name != "id" && name != "type" && !isURL(name) {
				value[name] = escaped(member)
			}
		}
	case []any:
		for i := range value {
			value[i] = escaped(value[i])
		}
	case string:
		return value + "\x1b"
	}
	return value
}

// collectStrings adds the strings of a JSON document that aren't empty.
func collectStrings(t *testing.T, document []byte, into *[]string) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(string(document)))
	for {
		token, err := decoder.Token()
		if err != nil {
			return
		}
		if text, ok := token.(string); ok && text != "" {
			*into = append(*into, text)
		}
	}
}

// TestEveryTypeSharesRequestsInFlight reads the same thing twice at once and then once more. Data
// sources share what is in flight. Ephemeral resources share nothing.
func TestEveryTypeSharesRequestsInFlight(t *testing.T) {
	t.Parallel()
	for name := range schemas(t) {
		typeName, isEphemeral := strings.CutPrefix(name, "ephemeral ")
		if typeName == "attachments" {
			continue
		}
		want := int64(2)
		if isEphemeral {
			want = 3
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := &mockapi.SlowTransport{Handler: mockapi.New(mockapi.Config{})}
				s := serveSlow(t, api)
				fetch := func() {
					var problems []problem
					if isEphemeral {
						problems = toProblems(t, nil, s.open(t, typeName, readable[typeName]).Diagnostics)
					} else {
						problems = s.readOnly(t, typeName, readable[typeName]).problems
					}
					if len(problems) > 0 {
						t.Error(problems)
					}
				}
				var group sync.WaitGroup
				group.Go(fetch)
				group.Go(fetch)
				group.Wait()
				fetch()
				if got := api.Requests.Load(); got != want {
					t.Errorf("%d requests, want %d: data sources must use rest.Sharing, and read functions "+
						"must pass call.fresh on", got, want)
				}
			})
		})
	}
}

// serveSlow returns a configured provider that sends its requests by the transport.
func serveSlow(t *testing.T, transport http.RoundTripper) *session {
	t.Helper()
	env := mockapi.Env("https://api.example")
	return start(t, newServer(&attachmentsProvider{dependencies: dependencies{
		getenv: func(name string) string { return env[name] }, transport: transport,
	}})).mustConfigure(t, nil)
}

// TestEveryTypeCanBecomeEphemeral converts the schema of each data source.
func TestEveryTypeCanBecomeEphemeral(t *testing.T) {
	t.Parallel()
	for typeName, s := range dataSourceSchemas(t) {
		converted := ephemeralschema.Schema{Attributes: ephemeralAttributes(s.Attributes)}
		if diags := converted.ValidateImplementation(t.Context()); diags.HasError() {
			t.Errorf("%s: %v", typeName, diags)
		}
		want := s.Type().TerraformType(t.Context())
		if got := converted.Type().TerraformType(t.Context()); !got.Equal(want) {
			t.Errorf("%s: got %s, want %s", typeName, got, want)
		}
	}
}

func dataSourceSchemas(t *testing.T) map[string]datasourceschema.Schema {
	t.Helper()
	found := map[string]datasourceschema.Schema{}
	for name, s := range schemas(t) {
		if s, ok := s.schema.(datasourceschema.Schema); ok {
			found[name] = s
		}
	}
	return found
}
