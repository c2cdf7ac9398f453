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
	"slices"
	"strings"
	"sync"
	"time"
)

// LinqPath is the path of Linq's base URL. Wix's base URL has no path.
const LinqPath = "/api/partner"

// The credentials for the first account of each API. A [Config] can replace some.
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

// The credentials of the second account of each API. The first Wix API key is valid for both sites.
//
//nolint:gosec // made up for the mock
const (
	SecondLinqAPIKey = "linq-mock-key-2"
	SecondWixAPIKey  = "IST.wix-mock-key-2"
	SecondWixSiteID  = "e0b6d4f1-27ac-4a95-8f3b-5d1c9e7a2064"
)

// Config replaces credentials for the first account of each API. Empty fields have defaults.
type Config struct {
	LinqAPIKey string
	WixAPIKey  string
	WixSiteID  string
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

// linqAccount has JSON documents by lowercase ID.
type linqAccount struct{ attachments, messages map[string]string }

// wixSite has the JSON documents of each contact in the API's order, by lowercase contact ID.
type wixSite map[string][]string

// A Server mocks both APIs, with two accounts for each.
type Server struct {
	config Config
	mux    *http.ServeMux

	mu       sync.Mutex
	linq     map[string]linqAccount // by API key
	wix      map[string]wixSite     // by lowercase site ID
	appToken string                 // the newest token; "" if there is none
	faults   map[string][]Fault     // by lowercase ID, or anyID
	every    int                    // the n of FailEvery
	cycle    []Fault
	since    int // number of requests since FailEvery was called
	requests []Request

	pendingReads int            // the n of ReadyAfter
	reads        map[string]int // number of reads, by lowercase attachment ID

	signatures map[string]time.Time // when each was made; nil unless the server serves files
	lifetime   time.Duration        // of a signed URL
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
	s := &Server{
		config: config,
		mux:    http.NewServeMux(),
		linq: map[string]linqAccount{
			config.LinqAPIKey: {byID(linqFixtures), byID(linqMessageFixtures)},
			SecondLinqAPIKey:  {byID(secondLinqFixtures), nil},
		},
		wix: map[string]wixSite{
			strings.ToLower(config.WixSiteID): {
				WixContact:      slices.Clone(wixFixtures),
				WixEmptyContact: nil,
			},
			SecondWixSiteID: {SecondWixContact: slices.Clone(secondWixFixtures)},
		},
		faults: map[string][]Fault{},
		reads:  map[string]int{},
	}

	s.mux.HandleFunc("GET "+LinqPath+"/v3/attachments/{id}", s.linqAttachment)
	s.mux.HandleFunc("GET "+LinqPath+"/v3/messages/{id}", s.linqMessage)
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

// PutLinq adds or replaces an attachment of the first account, which is a JSON object with its ID.
func (s *Server) PutLinq(document string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.linq[s.config.LinqAPIKey].attachments[documentID(document)] = document
}

// PutWix adds an attachment, which is a JSON object with its ID, to a contact of the first site.
func (s *Server) PutWix(contactID, document string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	site, contactID := s.wix[strings.ToLower(s.config.WixSiteID)], strings.ToLower(contactID)
	site[contactID] = append(site[contactID], document)
}

// Delete deletes the attachment with this ID, which doesn't count as a request.
func (s *Server) Delete(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id = strings.ToLower(id)
	for _, account := range s.linq {
		delete(account.attachments, id)
	}
	for _, site := range s.wix {
		for contact, documents := range site {
			site[contact] = slices.DeleteFunc(documents, func(document string) bool {
				return documentID(document) == id
			})
		}
	}
}

// ReadyAfter makes the first n reads of each attachment return no URL, as if the vendor were still
// processing the file.
func (s *Server) ReadyAfter(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pendingReads = n
	clear(s.reads)
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

func byID(documents []string) map[string]string {
	found := map[string]string{}
	for _, document := range documents {
		found[documentID(document)] = document
	}
	return found
}

func writeJSON(w http.ResponseWriter, status int, document string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(document))
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
