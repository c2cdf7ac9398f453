package mockapi

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// reply is a response without its body.
type reply struct {
	status int
	header http.Header
}

// call sends a request, and returns the response and its decoded body.
func call(
	t *testing.T,
	url, method, path, body string,
	header ...string,
) (reply, map[string]any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for pair := range slices.Chunk(header, 2) {
		request.Header.Set(pair[0], pair[1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var decoded map[string]any
	if len(data) > 0 {
		if err := json.Unmarshal(data, &decoded); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
	}
	return reply{response.StatusCode, response.Header}, decoded
}

func start(t *testing.T) (*Server, string) {
	t.Helper()
	api := New(Config{})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	return api, server.URL
}

// at returns the value at a path of keys in decoded JSON.
func at(value any, keys ...string) any {
	for _, key := range keys {
		object, _ := value.(map[string]any)
		value = object[key]
	}
	return value
}

// outcome returns a response's status, and the code or message of its error.
func outcome(r reply, body map[string]any) string {
	for _, path := range [][]string{
		{"error", "code"},
		{"details", "applicationError", "code"},
		{"message"},
	} {
		if text := at(body, path...); text != nil {
			return fmt.Sprint(r.status, " ", text)
		}
	}
	return fmt.Sprint(r.status)
}

// getLinq returns an attachment or a message of the first account.
func getLinq(t *testing.T, url, path string) map[string]any {
	t.Helper()
	_, body := call(t, url, "GET", LinqPath+"/v3/"+path, "",
		"Authorization", "Bearer "+DefaultLinqAPIKey)
	return body
}

// getWix returns a contact's attachment or, if path is empty, the list of its attachments.
func getWix(t *testing.T, url, path string) map[string]any {
	t.Helper()
	_, body := call(t, url, "GET", "/contacts/v4/attachments/"+WixContact+path, "",
		"Authorization", DefaultWixAPIKey, "wix-site-id", DefaultWixSiteID)
	return body
}

func TestRespondsAsDocumented(t *testing.T) {
	t.Parallel()
	_, url := start(t)
	const (
		linq     = LinqPath + "/v3/attachments/"
		messages = LinqPath + "/v3/messages/"
		bearer   = "Bearer " + DefaultLinqAPIKey
		bearer2  = "Bearer " + SecondLinqAPIKey

		wix     = "/contacts/v4/attachments/"
		image   = wix + WixContact + "/" + WixImage
		second  = wix + SecondWixContact + "/" + SecondWixPDF
		query   = "?contactId=" + WixContact + "&attachmentId=" + WixImage
		key     = DefaultWixAPIKey
		site    = DefaultWixSiteID
		invalid = "400 Request is not valid"
	)
	for name, test := range map[string]struct{ path, authorization, site, want string }{
		"Linq, no bearer":           {linq + LinqPhoto, DefaultLinqAPIKey, "", "401 2004"},
		"Linq, not a UUID":          {linq + "abc", bearer, "", "400 1003"},
		"Linq, another account's":   {linq + SecondLinqPDF, bearer, "", "404 2001"},
		"second account":            {linq + SecondLinqPDF, bearer2, "", "200"},
		"second account, another's": {linq + LinqPhoto, bearer2, "", "404 2001"},
		"message, no key":           {messages + LinqMessage, "", "", "401 2004"},
		"message, not a UUID":       {messages + "abc", bearer, "", "400 1003"},
		"message, unknown ID":       {messages + LinqPhoto, bearer, "", "404 2002"},

		"Wix, repeated in query":  {image + query, key, site, "200"},
		"Wix, no credential":      {image, "", "", "401 "},
		"Wix, key with bearer":    {image, "Bearer " + key, site, "401 "},
		"Wix, no site":            {image, key, "", "428 MISSING_METASITE_ID"},
		"Wix, unknown site":       {image, key, "x", "403 FORBIDDEN"},
		"Wix, no contact":         {wix + WixImage + "/" + WixImage, key, site, "404 CONTACT_NOT_FOUND"},
		"Wix, no attachment":      {image[:len(image)-1] + "0", key, site, "404 ATTACHMENT_NOT_FOUND"},
		"Wix, bad contact":        {wix + "x/" + WixImage, key, site, invalid},
		"Wix, bad attachment":     {wix + WixContact + "/x", key, site, invalid},
		"Wix, another site's":     {second, key, site, "404 CONTACT_NOT_FOUND"},
		"second site, first key":  {second, key, strings.ToUpper(SecondWixSiteID), "200"},
		"second site, second key": {second, SecondWixAPIKey, SecondWixSiteID, "200"},
		"second key, first site":  {second, SecondWixAPIKey, site, "403 FORBIDDEN"},
		"token, second site":      {second, DefaultWixAccessToken, SecondWixSiteID, "403 FORBIDDEN"},
	} {
		response, body := call(t, url, "GET", test.path, "",
			"Authorization", test.authorization, "wix-site-id", test.site)
		if got := outcome(response, body); got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
		id := cmp.Or(response.header.Get("X-Trace-ID"), response.header.Get("x-wix-request-id"))
		if body["error"] != nil && (body["success"] != false || body["trace_id"] != id) || id == "" {
			t.Errorf("%s: request ID %q, body %v", name, id, body)
		}
	}
}

func TestWixTokensRequireTheApp(t *testing.T) {
	t.Parallel()
	_, url := start(t)
	for _, app := range [][2]string{{"x", DefaultWixAppInstanceID}, {DefaultWixAppID, "x"}} {
		response, body := call(t, url, "POST", "/oauth2/token", marshal(map[string]string{
			"grant_type":    "client_credentials",
			"client_id":     app[0],
			"client_secret": DefaultWixAppSecret,
			"instance_id":   app[1],
		}))
		if response.status != 400 || body["error"] != "invalid_client" {
			t.Errorf("%v: %d %v", app, response.status, body)
		}
	}
}

func TestReadyAfterHidesURLsOfTheFirstReads(t *testing.T) {
	t.Parallel()
	api, url := start(t)
	api.ReadyAfter(2)
	linq := func() string {
		body := getLinq(t, url, "attachments/"+LinqPhoto)
		return fmt.Sprint(body["status"], " ", body["download_url"] != nil)
	}
	listed := func() any {
		list, _ := getWix(t, url, "")["attachments"].([]any)
		return at(list[1], "document", "url")
	}
	single := func() any {
		return at(getWix(t, url, "/"+WixPDF), "attachment", "document", "urlExpirationDate")
	}
	got := []any{linq(), linq(), linq(), listed(), single(), single()}
	want := []any{
		"pending false", "pending false", "complete true", nil, nil, "2046-07-01T00:00:00.000Z",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
