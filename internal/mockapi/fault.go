package mockapi

import (
	"errors"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// Fault answers one request in place of the API.
type Fault func(w http.ResponseWriter, r *http.Request)

// anyID is the key of the faults that aren't bound to an id.
const anyID = ""

// Fail has the next requests for the id, the last element of the path, answered by these faults,
// one each and in this order. With an empty id they are for whatever comes.
func (s *Server) Fail(id string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id = strings.ToLower(id)
	s.faults[id] = append(s.faults[id], faults...)
}

// FailEvery has every nth request from now on answered by one of the faults, in turn, where none of
// [Server.Fail] is left for it.
func (s *Server) FailEvery(n int, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.every, s.cycle, s.since = n, faults, 0
}

func (s *Server) nextFault(r *http.Request) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range []string{strings.ToLower(path.Base(r.URL.Path)), anyID} {
		if queue := s.faults[id]; len(queue) > 0 {
			s.faults[id] = queue[1:]
			return queue[0]
		}
	}
	if len(s.cycle) == 0 {
		return nil
	}
	s.since++
	if s.since%s.every != 0 {
		return nil
	}
	return s.cycle[s.since/s.every%len(s.cycle)]
}

// Respond answers with the given status and body. The header is given as names and values in turn.
func Respond(status int, body string, header ...string) Fault {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// Error answers in the documented shape of the API that is asked. The header is given as names and
// values in turn.
func Error(status int, code, message string, header ...string) Fault {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		writeError(w, r, status, code, message)
	}
}

// Status answers with the status as the asked API does: Linq with the code and message of its
// error list, Wix with an empty document.
func Status(status int, header ...string) Fault {
	return func(w http.ResponseWriter, r *http.Request) {
		code, message := "", ""
		if isLinq(r) {
			code, message = linqErrors[status].code, linqErrors[status].message
		}
		Error(status, code, message, header...)(w, r)
	}
}

// RateLimit answers 429 and asks for a pause of so many seconds.
func RateLimit(seconds int) Fault {
	return Status(http.StatusTooManyRequests, "Retry-After", strconv.Itoa(seconds))
}

// linqErrors are the most common codes of Linq's list, by status.
var linqErrors = map[int]struct{ code, message string }{
	400: {"1001", "Bad request"},
	401: {"2004", "Unauthorized - missing or invalid authentication token"},
	403: {"2005", "Access denied"},
	404: {"2001", "Resource not found"},
	429: {"1007", "Rate limited. Try again later."},
	500: {"3006", "Internal server error"},
	503: {"4004", "Service unavailable"},
	504: {"3005", "Timed out"},
}

// Drop closes the connection without an answer.
func Drop(http.ResponseWriter, *http.Request) {
	panic(http.ErrAbortHandler)
}

// Truncate closes the connection in the middle of the body.
func Truncate(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", "1000")
	_, _ = w.Write([]byte(`{"id":"`))
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// Stall sends the headers and nothing more until the client goes away.
func Stall(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", "1000")
	w.WriteHeader(http.StatusOK)
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

// ErrUnknownFault is the error of [ParseFaults].
var ErrUnknownFault = errors.New("not one of drop, truncate, stall, html, and a status " +
	"from 300 to 599 with or without a code, as 503 and 404/2007")

// ParseFaults reads a comma-separated list: drop, truncate, stall, html, a status, or a status and
// the vendor's code as 404/2007.
func ParseFaults(text string) ([]Fault, error) {
	named := map[string]Fault{
		"drop":     Drop,
		"truncate": Truncate,
		"stall":    Stall,
		"html": Respond(http.StatusOK, "<!DOCTYPE html><title>Sign in</title>",
			"Content-Type", "text/html"),
		"429": RateLimit(1),
	}
	var faults []Fault
	for _, word := range strings.FieldsFunc(text, func(c rune) bool { return c == ',' }) {
		fault, ok := named[strings.TrimSpace(word)]
		if !ok {
			number, code, _ := strings.Cut(strings.TrimSpace(word), "/")
			status, err := strconv.Atoi(number)
			if err != nil || status < 300 || status > 599 {
				return nil, fmt.Errorf("%q is %w", word, ErrUnknownFault)
			}
			fault = Status(status)
			if code != "" {
				fault = Error(status, code, http.StatusText(status))
			}
		}
		faults = append(faults, fault)
	}
	return faults, nil
}

func isLinq(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, LinqPath+"/") }

// writeError answers in the shape that the documents of the API give: Linq's with a number as its
// code and the trace id of the header again, Wix's with an application error where there is a
// code.
func writeError(w http.ResponseWriter, r *http.Request, status int, code, message string) {
	if isLinq(r) {
		object := map[string]any{"status": status, "message": message}
		if number, err := strconv.Atoi(code); err == nil {
			object["code"] = number
			object["doc_url"] = fmt.Sprintf("https://docs.linqapp.com/error/codes/%cxxx/%d/",
				code[0], number)
		}
		if seconds, err := strconv.Atoi(w.Header().Get("Retry-After")); err == nil {
			object["retry_after"] = seconds
		}
		writeJSON(w, status, marshal(map[string]any{
			"success":  false,
			"error":    object,
			"trace_id": w.Header().Get("X-Trace-ID"),
		}))
		return
	}

	details := map[string]any{}
	if code != "" {
		details["applicationError"] = map[string]any{"code": code, "description": message}
	}
	writeJSON(w, status, marshal(map[string]any{"message": message, "details": details}))
}
