// Package mockapi stands in for Linq's and Wix's APIs: one [http.Handler] that checks requests and
// answers them as the vendors' documents say, from a few fixtures, with faults on demand.
//
// It is written from those documents and shares nothing with this project's clients, so that a
// misreading can't hide on both sides.
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

// LinqPath is the path of Linq's base URL; that of Wix is empty.
const LinqPath = "/api/partner"

// What a [Server] accepts where its [Config] leaves a field empty.
//
//nolint:gosec // these are made up, and accepted by nobody else
const (
	DefaultLinqAPIKey = "linq-mock-key"
	DefaultWixAPIKey  = "IST.wix-mock-key"
	DefaultWixSiteID  = "7f3c3bb1-5c8b-4d8e-9a39-0a4f7ad9d3a1"

	DefaultWixAccessToken   = "OAUTH2.wix-mock-token"
	DefaultWixAppID         = "0d9ca5b4-6c5f-4f6c-8d86-b1e7f3a2c940"
	DefaultWixAppSecret     = "wix-mock-app-secret"
	DefaultWixAppInstanceID = "c5e2f1a8-93b7-4d06-b5f4-7e8a9c0d1b26"
)

// Config names the credentials that are accepted.
type Config struct {
	LinqAPIKey string
	WixAPIKey  string
	WixSiteID  string

	WixAccessToken   string
	WixAppID         string
	WixAppSecret     string
	WixAppInstanceID string
}

// api is what the answers of one API have in common, whatever was asked.
type api struct {
	prefix    string        // of its paths
	requestID string        // the header with the id of an answer; "" where there is none
	newID     func() string // makes such an id
	errors    map[int]apiError
	// writeError answers in the shape of the API's error document.
	writeError func(w http.ResponseWriter, status int, code, message string)
}

// apiError is what an API says with a status, where its documents tell.
type apiError struct{ code, message string }

// apiOf returns the API that is asked: Wix's paths have no prefix in common.
func apiOf(r *http.Request) api {
	for _, a := range []api{linqAPI} {
		if strings.HasPrefix(r.URL.Path, a.prefix) {
			return a
		}
	}
	return wixAPI
}

// Server is the APIs with an account each. Every server has state of its own.
type Server struct {
	config Config
	mux    *http.ServeMux

	mu       sync.Mutex
	linq     map[string]string   // a JSON document by lower-case id
	wix      map[string][]string // JSON documents by lower-case contact id, in the API's order
	appToken string              // the one that was given last; "" where there is none
	faults   map[string][]Fault  // by lower-case id, or anyID
	every    int                 // which requests the cycle is for
	cycle    []Fault
	since    int // the requests since it began
	requests []Request

	signatures map[string]bool // that were given out; nil unless the server serves files
}

// Request is what a server keeps of a request that it has received.
type Request struct {
	Method string
	Path   string // escaped, as sent
	Query  url.Values
	Header http.Header
}

// New returns a server that has the fixtures.
func New(config Config) *Server {
	config.LinqAPIKey = cmp.Or(config.LinqAPIKey, DefaultLinqAPIKey)
	config.WixAPIKey = cmp.Or(config.WixAPIKey, DefaultWixAPIKey)
	config.WixSiteID = cmp.Or(config.WixSiteID, DefaultWixSiteID)
	config.WixAccessToken = cmp.Or(config.WixAccessToken, DefaultWixAccessToken)
	config.WixAppID = cmp.Or(config.WixAppID, DefaultWixAppID)
	config.WixAppSecret = cmp.Or(config.WixAppSecret, DefaultWixAppSecret)
	config.WixAppInstanceID = cmp.Or(config.WixAppInstanceID, DefaultWixAppInstanceID)
	s := &Server{
		config: config,
		mux:    http.NewServeMux(),
		linq:   map[string]string{},
		wix:    map[string][]string{},
		faults: map[string][]Fault{},
	}
	for _, document := range linqFixtures {
		s.PutLinq(document)
	}
	for _, document := range wixFixtures {
		s.PutWix(WixContact, document)
	}
	s.wix[WixEmptyContact] = nil

	s.mux.HandleFunc("GET "+LinqPath+"/v3/attachments/{id}", s.linqAttachment)
	s.mux.HandleFunc("DELETE "+LinqPath+"/v3/attachments/{id}", s.linqAttachment)
	s.mux.HandleFunc("POST "+LinqPath+"/v3/attachments", s.linqPost)
	s.mux.HandleFunc("PUT "+LinqPath+"/uploads/{id}", s.linqUpload)
	s.mux.HandleFunc("GET /contacts/v4/attachments/{contactId}/{attachmentId}", s.wixGet)
	s.mux.HandleFunc("GET /contacts/v4/attachments/{contactId}", s.wixList)
	s.mux.HandleFunc("POST /oauth2/token", s.wixToken)
	s.mux.HandleFunc("/", Error(http.StatusNotFound, "", "No such endpoint"))
	return s
}

// Env is what has a provider read with an API key from a server at this URL, which has no path.
func Env(url string) map[string]string {
	return map[string]string{
		"LINQ_API_V3_API_KEY":  DefaultLinqAPIKey,
		"LINQ_API_V3_BASE_URL": url + LinqPath,
		"WIX_API_KEY":          DefaultWixAPIKey,
		"WIX_BASE_URL":         url,
		"WIX_SITE_ID":          DefaultWixSiteID,
	}
}

// PutLinq adds or replaces the attachment that document, a JSON object with an id, describes.
func (s *Server) PutLinq(document string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.linq[documentID(document)] = document
}

// PutWix adds the attachment that document, a JSON object with an id, describes to a contact.
func (s *Server) PutWix(contactID, document string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	contactID = strings.ToLower(contactID)
	s.wix[contactID] = append(s.wix[contactID], document)
}

// Requests returns what has been received so far, in order.
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

	asked := apiOf(r)
	if asked.requestID != "" {
		w.Header().Set(asked.requestID, asked.newID())
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
		panic("mockapi: a document that is no JSON object with an id: " + document)
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
