package mockapi

import (
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

func TestLinqRespondsAsDocumented(t *testing.T) {
	t.Parallel()
	_, url := start(t)
	const bearer = "Bearer " + DefaultLinqAPIKey
	unknown := strings.Replace(LinqPhoto, "5", "6", 1)
	for name, test := range map[string]struct {
		id, authorization string
		status            int
		key               []string
		want              any
	}{
		"found":       {LinqPhoto, bearer, 200, []string{"filename"}, "photo.jpg"},
		"upper case":  {strings.ToUpper(LinqPhoto), bearer, 200, []string{"id"}, LinqPhoto},
		"no key":      {LinqPhoto, "", 401, []string{"error", "code"}, 2004.0},
		"no bearer":   {LinqPhoto, DefaultLinqAPIKey, 401, []string{"error", "status"}, 401.0},
		"not a UUID":  {"abc", bearer, 400, []string{"success"}, false},
		"unknown ID":  {unknown, bearer, 404, []string{"error", "code"}, 2001.0},
		"absent":      {LinqNoStatus, bearer, 200, []string{"status"}, nil},
		"large size":  {LinqVideo, bearer, 200, []string{"size_bytes"}, 5368709120.0},
		"pending URL": {LinqPending, bearer, 200, []string{"download_url"}, nil},
	} {
		response, body := call(t, url, "GET", LinqPath+"/v3/attachments/"+test.id, "",
			"Authorization", test.authorization)
		if response.status != test.status || at(body, test.key...) != test.want {
			t.Errorf("%s: %d %v", name, response.status, body)
		}
		trace := response.header.Get("X-Trace-ID")
		if len(trace) != 32 || (test.status != 200 && body["trace_id"] != trace) {
			t.Errorf("%s: trace ID %q, body %v", name, trace, body)
		}
	}
}

func TestLinqMessagesRespondAsDocumented(t *testing.T) {
	t.Parallel()
	_, url := start(t)
	const bearer = "Bearer " + DefaultLinqAPIKey
	for name, test := range map[string]struct {
		id, authorization string
		status            int
		key               []string
		want              any
	}{
		"found":      {strings.ToUpper(LinqMessage), bearer, 200, []string{"id"}, LinqMessage},
		"is_from_me": {LinqMessageNullParts, bearer, 200, []string{"is_from_me"}, true},
		"no key":     {LinqMessage, "", 401, []string{"error", "code"}, 2004.0},
		"not a UUID": {"abc", bearer, 400, []string{"error", "code"}, 1003.0},
		"unknown ID": {LinqPhoto, bearer, 404, []string{"error", "code"}, 2002.0},
	} {
		response, body := call(t, url, "GET", LinqPath+"/v3/messages/"+test.id, "",
			"Authorization", test.authorization)
		if response.status != test.status || at(body, test.key...) != test.want {
			t.Errorf("%s: %d %v", name, response.status, body)
		}
	}
}

func TestWixRespondsAsDocumented(t *testing.T) {
	t.Parallel()
	_, url := start(t)
	key, site := DefaultWixAPIKey, DefaultWixSiteID
	code := []string{"details", "applicationError", "code"}
	for name, test := range map[string]struct {
		path, key, site string
		status          int
		at              []string
		want            any
	}{
		"found": {
			WixContact + "/" + WixImage, key, site, 200,
			[]string{"attachment", "image", "height"},
			1080.0,
		},
		"repeated in query": {
			WixContact + "/" + WixImage + "?contactId=" + WixContact + "&attachmentId=" + WixImage,
			key, site, 200,
			[]string{"attachment", "id"},
			WixImage,
		},
		"null": {WixContact + "/" + WixNull, key, site, 200, []string{"attachment", "document"}, nil},
		"key with bearer": {
			WixContact + "/" + WixImage, "Bearer " + key, site, 401, []string{"message"}, "",
		},
		"no site":       {WixContact + "/" + WixImage, key, "", 428, code, "MISSING_METASITE_ID"},
		"another site":  {WixContact + "/" + WixImage, key, "x", 403, code, "FORBIDDEN"},
		"no contact":    {WixImage + "/" + WixImage, key, site, 404, code, "CONTACT_NOT_FOUND"},
		"no attachment": {WixContact + "/" + WixContact, key, site, 404, code, "ATTACHMENT_NOT_FOUND"},
		"bad contact": {
			"x/" + WixImage, key, site, 400, []string{"message"}, "Request is not valid",
		},
		"bad attachment": {
			WixContact + "/x", key, site, 400, []string{"message"}, "Request is not valid",
		},
	} {
		response, body := call(t, url, "GET", "/contacts/v4/attachments/"+test.path, "",
			"Authorization", test.key, "wix-site-id", test.site)
		if response.status != test.status || at(body, test.at...) != test.want {
			t.Errorf("%s: %d %v", name, response.status, body)
		}
		if response.header.Get("x-wix-request-id") == "" {
			t.Errorf("%s: no request ID", name)
		}
	}
}

func TestEachCredentialReadsItsAccounts(t *testing.T) {
	t.Parallel()
	_, url := start(t)
	linq := func(key, id string) int {
		response, _ := call(t, url, "GET", LinqPath+"/v3/attachments/"+id, "",
			"Authorization", "Bearer "+key)
		return response.status
	}
	wix := func(key, site string) int {
		response, _ := call(t, url, "GET",
			"/contacts/v4/attachments/"+SecondWixContact+"/"+SecondWixPDF, "",
			"Authorization", key, "wix-site-id", site)
		return response.status
	}
	got := []int{
		linq(DefaultLinqAPIKey, SecondLinqPDF),
		linq(SecondLinqAPIKey, SecondLinqPDF),
		linq(SecondLinqAPIKey, LinqPhoto),
		wix(DefaultWixAPIKey, DefaultWixSiteID),
		wix(DefaultWixAPIKey, strings.ToUpper(SecondWixSiteID)),
		wix(SecondWixAPIKey, SecondWixSiteID),
		wix(SecondWixAPIKey, DefaultWixSiteID),
		wix(DefaultWixAccessToken, SecondWixSiteID),
	}
	if want := []int{404, 200, 404, 404, 200, 200, 403, 403}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestReadyAfterHidesURLsOfTheFirstReads(t *testing.T) {
	t.Parallel()
	api, url := start(t)
	api.ReadyAfter(2)
	linq := func() string {
		_, body := call(t, url, "GET", LinqPath+"/v3/attachments/"+LinqPhoto, "",
			"Authorization", "Bearer "+DefaultLinqAPIKey)
		return fmt.Sprint(body["status"], " ", body["download_url"] != nil)
	}
	wix := func(path string) map[string]any {
		_, body := call(t, url, "GET", "/contacts/v4/attachments/"+WixContact+path, "",
			"Authorization", DefaultWixAPIKey, "wix-site-id", DefaultWixSiteID)
		return body
	}
	listed := func() any {
		list, _ := wix("")["attachments"].([]any)
		return at(list[1], "document", "url")
	}
	single := func() any { return at(wix("/"+WixPDF), "attachment", "document", "urlExpirationDate") }
	got := []any{linq(), linq(), linq(), listed(), single(), single()}
	want := []any{
		"pending false", "pending false", "complete true", nil, nil, "2046-07-01T00:00:00.000Z",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
