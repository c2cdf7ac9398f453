package mockapi

import (
	"errors"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// A Fault responds to one request instead of the API.
type Fault func(w http.ResponseWriter, r *http.Request)

// anyID is the key of faults for requests with any ID.
const anyID = ""

// Fail queues faults for the next requests whose path ends with this ID, one for each request. If
// the ID is empty, the faults are for any requests.
func (s *Server) Fail(id string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id = strings.ToLower(id)
	s.faults[id] = append(s.faults[id], faults...)
}

// FailEvery makes every nth request fail, with each of the faults in turn. Faults of [Server.Fail]
// come first.
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

// Respond returns a fault that sends the status and body. The header alternates names and values.
func Respond(status int, body string, header ...string) Fault {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// Error returns a fault that sends an error in the API's documented format. The header alternates
// names and values.
func Error(status int, code, message string, header ...string) Fault {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		apiOf(r).writeError(w, status, code, message)
	}
}

// Status returns a fault that sends an error with the code and message that the API documents for
// the status, if any.
func Status(status int, header ...string) Fault {
	return func(w http.ResponseWriter, r *http.Request) {
		documented := apiOf(r).errors[status]
		Error(status, documented.code, documented.message, header...)(w, r)
	}
}

// RateLimit returns a fault that sends the status 429 and a Retry-After header.
func RateLimit(seconds int) Fault {
	return Status(http.StatusTooManyRequests, "Retry-After", strconv.Itoa(seconds))
}

// Drop closes the connection without a response.
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

// Stall sends only the headers, and waits until the client disconnects.
func Stall(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", "1000")
	w.WriteHeader(http.StatusOK)
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

// ErrUnknownFault is the error that [ParseFaults] returns.
var ErrUnknownFault = errors.New("not one of drop, truncate, stall, html, and a status " +
	"from 300 to 599 with or without a code, as 503 and 404/2007")

// ParseFaults parses a comma-separated list of drop, truncate, stall, html, statuses, and statuses
// with the vendor's code, such as 404/2007.
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
