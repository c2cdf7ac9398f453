// Package mockapi mocks the APIs of Linq and Wix. Its [http.Handler] checks requests, responds with
// a few fixtures, and fails on demand.
//
// The package is written from the vendors' documentation and shares no code with the clients.
// Shared code could hide a misreading of an API.
package mockapi

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
)

// LinqPath is the path of Linq's base URL. Wix's base URL has no path.
const LinqPath = "/api/partner"

// Defaults for empty fields of a [Config].
//
//nolint:gosec // made up for the mock
const (
	DefaultLinqAPIKey = "linq-mock-key"
	DefaultWixAPIKey  = "IST.wix-mock-key"
	DefaultWixSiteID  = "7f3c3bb1-5c8b-4d8e-9a39-0a4f7ad9d3a1"

	DefaultWixAccessToken   = "OAUTH2.wix-mock-token"
	DefaultWixAppID         = "0d9ca5b4-6c5f-4f6c-8d86-b1e7f3a2c940"
	DefaultWixAppSecret     = "wix-mock-app-secret"
	DefaultWixAppInstanceID = "c5e2f1a8-93b7-4d06-b5f4-7e8a9c0d1b26"
)

// Config has the credentials that a [Server] accepts.
type Config struct {
	LinqAPIKey string
	WixAPIKey  string
	WixSiteID  string

	WixAccessToken   string
	WixAppID         string
	WixAppSecret     string
	WixAppInstanceID string
}

// api describes what all responses of an API have in common.
type api struct {
	prefix    string // of its paths
	requestID string // the header with the request ID; "" if there is none
	newID     func() string
	errors    map[int]apiError
	// writeError writes an error in the API's format.
	writeError func(w http.ResponseWriter, status int, code, message string)
}

// apiError is the code and message that an API documents for a status.
type apiError struct{ code, message string }

// apiOf returns the API that the request is for. Wix's other paths have no common prefix.
func apiOf(r *http.Request) api {
	for _, a := range []api{linqAPI, wixTokenAPI} {
		if strings.HasPrefix(r.URL.Path, a.prefix) {
			return a
		}
	}
	return wixAPI
}

// A Server mocks both APIs, with an account for each.
type Server struct {
	config Config
	mux    *http.ServeMux

	mu       sync.Mutex
	linq     map[string]string   // JSON documents by lowercase ID
	messages map[string]string   // likewise
	wix      map[string][]string // JSON documents in the API's order, by lowercase contact ID
	appToken string              // the newest token; "" if there is none
	faults   map[string][]Fault  // by lowercase ID, or anyID
	every    int                 // the n of FailEvery
	cycle    []Fault
	since    int // number of requests since FailEvery was called
	requests []Request

	signatures map[string]bool // signatures in responses; nil unless the server serves files
}

// A Request is a request that a [Server] received.
type Request struct {
	Method string
	Path   string // escaped, as sent
	Query  url.Values
	Header http.Header
}

// New returns a server with the fixtures.
func New(config Config) *Server {
	config.LinqAPIKey = cmp.Or(config.LinqAPIKey, DefaultLinqAPIKey)
	config.WixAPIKey = cmp.Or(config.WixAPIKey, DefaultWixAPIKey)
	config.WixSiteID = cmp.Or(config.WixSiteID, DefaultWixSiteID)
	config.WixAccessToken = cmp.Or(config.WixAccessToken, DefaultWixAccessToken)
	config.WixAppID = cmp.Or(config.WixAppID, DefaultWixAppID)
	config.WixAppSecret = cmp.Or(config.WixAppSecret, DefaultWixAppSecret)
	config.WixAppInstanceID = cmp.Or(config.WixAppInstanceID, DefaultWixAppInstanceID)
	s := &Server{
		config:   config,
		mux:      http.NewServeMux(),
		linq:     map[string]string{},
		messages: map[string]string{},
		wix:      map[string][]string{},
		faults:   map[string][]Fault{},
	}
	for _, document := range linqFixtures {
		s.PutLinq(document)
	}
	for _, document := range linqMessageFixtures {
		s.messages[documentID(document)] = document
	}
	for _, document := range wixFixtures {
		s.PutWix(WixContact, document)
	}
	s.wix[WixEmptyContact] = nil

	s.mux.HandleFunc("GET "+LinqPath+"/v3/attachments/{id}", s.linqAttachment)
	s.mux.HandleFunc("DELETE "+LinqPath+"/v3/attachments/{id}", s.linqAttachment)
	s.mux.HandleFunc("POST "+LinqPath+"/v3/attachments", s.linqPost)
	s.mux.HandleFunc("GET "+LinqPath+"/v3/messages/{id}", s.linqMessage)
	s.mux.HandleFunc("PUT "+LinqPath+"/uploads/{id}", s.linqUpload)
	s.mux.HandleFunc("GET /contacts/v4/attachments/{contactId}/{attachmentId}", s.wixGet)
	s.mux.HandleFunc("GET /contacts/v4/attachments/{contactId}", s.wixList)
	s.mux.HandleFunc("POST /oauth2/token", s.wixToken)
	s.mux.HandleFunc("/", Error(http.StatusNotFound, "", "No such endpoint"))
	return s
}

// Env returns the environment variables that make the provider read from the mock at this URL.
func Env(url string) map[string]string {
	return map[string]string{
		"LINQ_API_V3_API_KEY":  DefaultLinqAPIKey,
		"LINQ_API_V3_BASE_URL": url + LinqPath,
		"WIX_API_KEY":          DefaultWixAPIKey,
		"WIX_BASE_URL":         url,
		"WIX_SITE_ID":          DefaultWixSiteID,
	}
}

// PutLinq adds or replaces an attachment, which is a JSON object with its ID.
func (s *Server) PutLinq(document string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.linq[documentID(document)] = document
}

// PutWix adds an attachment, which is a JSON object with its ID, to a contact.
func (s *Server) PutWix(contactID, document string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	contactID = strings.ToLower(contactID)
	s.wix[contactID] = append(s.wix[contactID], document)
}

// Requests returns the requests so far, in order.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// ServeHTTP implements [http.Handler].
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.serveFile(w, r) {
		return
	}
	s.mu.Lock()
	s.requests = append(s.requests,
		Request{r.Method, r.URL.EscapedPath(), r.URL.Query(), r.Header.Clone()})
	s.mu.Unlock()

	vendor := apiOf(r)
	if vendor.requestID != "" {
		w.Header().Set(vendor.requestID, vendor.newID())
	}
	if fault := s.nextFault(r); fault != nil {
		fault(w, r)
		return
	}
	s.mux.ServeHTTP(w, r)
}

var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

func documentID(document string) string {
	var object struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal([]byte(document), &object); err != nil || object.ID == "" {
		panic("mockapi: document isn't a JSON object with an id: " + document)
	}
	return strings.ToLower(object.ID)
}

func writeJSON(w http.ResponseWriter, status int, document string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(document)) //nolint:gosec // the Host header in JSON isn't HTML
}

func marshal(value any) string {
	data, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(data)
}

func randomHex(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}
