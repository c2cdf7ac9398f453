package mockapi

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Source: "Get Attachment", "List Attachments", and "About Errors" in Wix's API reference.

const wixMaxPage = 100

var wixAPI = api{
	requestID:  "x-wix-request-id",
	newID:      func() string { return "1700000000." + randomHex(8) },
	writeError: wixError,
}

// wixGet ignores the query, in which Wix's JavaScript SDK repeats the IDs of the path.
func (s *Server) wixGet(w http.ResponseWriter, r *http.Request) {
	attachmentID := strings.ToLower(r.PathValue("attachmentId"))
	documents, ok := s.wixContact(w, r)
	if !ok {
		return
	}
	if !uuid.MatchString(attachmentID) {
		writeViolation(w, "attachmentId")
		return
	}
	for _, document := range documents {
		if documentID(document) == attachmentID {
			writeJSON(w, http.StatusOK, `{"attachment":`+s.attachment(r, document)+`}`)
			return
		}
	}
	wixError(w, http.StatusNotFound, "ATTACHMENT_NOT_FOUND", "Attachment not found")
}

func (s *Server) wixList(w http.ResponseWriter, r *http.Request) {
	documents, ok := s.wixContact(w, r)
	if !ok {
		return
	}
	limit, ok := pagingNumber(w, r, "paging.limit", wixMaxPage, 1, wixMaxPage)
	if !ok {
		return
	}
	offset, ok := pagingNumber(w, r, "paging.offset", 0, 0, 1<<31-1)
	if !ok {
		return
	}

	first := min(offset, len(documents))
	last := min(first+limit, len(documents))
	page := []json.RawMessage{}
	for _, document := range documents[first:last] {
		page = append(page, json.RawMessage(s.attachment(r, document)))
	}
	writeJSON(w, http.StatusOK, marshal(map[string]any{
		"attachments": page,
		"metadata": map[string]any{
			"count":          len(page),
			"offset":         offset,
			"total":          len(documents),
			"tooManyToCount": false,
		},
	}))
}

// wixContact checks what is common to all requests, and returns the contact's attachments.
func (s *Server) wixContact(w http.ResponseWriter, r *http.Request) ([]string, bool) {
	contactID := strings.ToLower(r.PathValue("contactId"))
	site := strings.ToLower(r.Header.Get("wix-site-id"))
	sites, implied := s.wixAccess(r.Header.Get("Authorization"))
	switch {
	case sites == nil:
		Status(http.StatusUnauthorized)(w, r)
	case site == "" && implied == "":
		wixError(w, http.StatusPreconditionRequired, "MISSING_METASITE_ID",
			"No metasite id in the request")
	case site != "" && !slices.Contains(sites, site):
		wixError(w, http.StatusForbidden, "FORBIDDEN", "Permission denied")
	case !uuid.MatchString(contactID):
		writeViolation(w, "contactId")
	default:
		s.mu.Lock()
		defer s.mu.Unlock()
		documents, ok := s.wix[cmp.Or(site, implied)][contactID]
		if !ok {
			wixError(w, http.StatusNotFound, "CONTACT_NOT_FOUND", "Contact not found")
		}
		return append([]string(nil), documents...), ok
	}
	return nil, false
}

// wixAccess returns the lowercase IDs of the sites that a credential is valid for, and of the site
// that it implies. An API key implies none, and has no "Bearer".
func (s *Server) wixAccess(authorization string) (sites []string, implied string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	token := strings.TrimPrefix(authorization, "Bearer ")
	own := strings.ToLower(s.config.WixSiteID)
	switch {
	case authorization == s.config.WixAPIKey:
		return []string{own, SecondWixSiteID}, ""
	case authorization == SecondWixAPIKey:
		return []string{SecondWixSiteID}, ""
	case token == DefaultWixAccessToken, s.appToken != "" && token == s.appToken:
		return []string{own}, own
	}
	return nil, ""
}

// wixTokenAPI has the errors of OAuth (RFC 6749, section 5.2), as "Create Access Token" documents.
var wixTokenAPI = api{
	prefix:     "/oauth2/",
	requestID:  wixAPI.requestID,
	newID:      wixAPI.newID,
	writeError: oauthError,
}

func oauthError(w http.ResponseWriter, status int, code, description string) {
	writeJSON(w, status, marshal(map[string]any{"error": code, "error_description": description}))
}

// wixToken creates access tokens, as "Create Access Token" documents. A new token revokes the
// previous token.
func (s *Server) wixToken(w http.ResponseWriter, r *http.Request) {
	var body struct {
		GrantType  string `json:"grant_type"`
		ID         string `json:"client_id"`
		Secret     string `json:"client_secret"`
		InstanceID string `json:"instance_id"`
	}
	err := json.NewDecoder(r.Body).Decode(&body)
	switch {
	case err != nil:
		oauthError(w, http.StatusBadRequest, "invalid_request", "The body must be JSON")
	case body.GrantType != "client_credentials":
		oauthError(w, http.StatusBadRequest, "unsupported_grant_type",
			"grant_type must be client_credentials")
	case body.ID != DefaultWixAppID || body.Secret != DefaultWixAppSecret ||
		body.InstanceID != DefaultWixAppInstanceID:
		oauthError(w, http.StatusBadRequest, "invalid_client", "Invalid app credentials")
	default:
		token := "OAUTH2." + randomHex(16)
		s.mu.Lock()
		s.appToken = token
		s.mu.Unlock()
		writeJSON(w, http.StatusOK, marshal(map[string]any{
			"access_token": token, "token_type": "Bearer", "expires_in": 14400,
		}))
	}
}

// RevokeWixTokens revokes the app's token.
func (s *Server) RevokeWixTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.appToken = ""
}

func pagingNumber(
	w http.ResponseWriter,
	r *http.Request,
	name string,
	missing, least, most int,
) (int, bool) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return missing, true
	}
	number, err := strconv.Atoi(text)
	if err != nil || number < least || number > most {
		writeViolation(w, name)
		return 0, false
	}
	return number, true
}

func writeViolation(w http.ResponseWriter, field string) {
	writeJSON(w, http.StatusBadRequest, marshal(map[string]any{
		"message": "Request is not valid",
		"details": map[string]any{"validationError": map[string]any{"fieldViolations": []any{
			map[string]any{
				"field":        field,
				"description":  "has a wrong form",
				"violatedRule": "FORMAT",
			},
		}}},
	}))
}

// wixError writes an error document, with an application error if there is a code.
func wixError(w http.ResponseWriter, status int, code, message string) {
	details := map[string]any{}
	if code != "" {
		details["applicationError"] = map[string]any{"code": code, "description": message}
	}
	writeJSON(w, status, marshal(map[string]any{"message": message, "details": details}))
}
