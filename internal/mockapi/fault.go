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

func (s *Server) nextFault(r *http.Request) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range []string{strings.ToLower(path.Base(r.URL.Path)), anyID} {
		if queue := s.faults[id]; len(queue) > 0 {
			s.faults[id] = queue[1:]
			return queue[0]
		}
	}
	return nil
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

// RateLimit answers 429 and asks for a pause of so many seconds.
func RateLimit(seconds int) Fault {
	return Error(http.StatusTooManyRequests, "1007",
		fmt.Sprintf("Rate limited. Try again in %d seconds.", seconds),
		"Retry-After", strconv.Itoa(seconds))
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
	panic(http.ErrAbortHandler)
}

// Stall sends the headers and nothing more until the client goes away.
func Stall(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", "1000")
	w.WriteHeader(http.StatusOK)
	w.(http.Flusher).Flush()
	<-r.Context().Done()
}

// ErrUnknownFault is the error of [ParseFaults].
var ErrUnknownFault = errors.New("not a fault")

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
			if err != nil || status < 400 || status > 599 {
				return nil, fmt.Errorf("%w: %q", ErrUnknownFault, word)
			}
			fault = Error(status, code, http.StatusText(status))
		}
		faults = append(faults, fault)
	}
	return faults, nil
}

// writeError answers in the shape that the documents of the API give: Linq's with a number as its
// code and the trace id of the header again, Wix's with an application error where there is a
// code.
func writeError(w http.ResponseWriter, r *http.Request, status int, code, message string) {
	if strings.HasPrefix(r.URL.Path, LinqPath+"/") {
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
