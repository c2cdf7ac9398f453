package provider

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

func times(n int, f mockapi.Fault) []mockapi.Fault {
	var faults []mockapi.Fault
	for range n {
		faults = append(faults, f)
	}
	return faults
}

// cut is an error whose body ends too early.
func cut(status int, header ...string) mockapi.Fault {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000")
		mockapi.Respond(status, `{"error":`, header...)(w, r)
	}
}

func body(text string) []mockapi.Fault {
	return []mockapi.Fault{mockapi.Respond(http.StatusOK, text)}
}

// fail is an error with a message and without a code.
func fail(status int, header ...string) mockapi.Fault {
	return mockapi.Error(status, "", "told", header...)
}

// retriedFaults are tried again, until they have been five times.
func retriedFaults() []fault {
	var table []fault
	for name, retried := range map[string]mockapi.Fault{
		"dropped connection": mockapi.Drop,
		"reset connection":   mockapi.Reset,
		"truncated body":     mockapi.Truncate,
		"no HTTP":            mockapi.Garbage,
		"huge header":        mockapi.HugeHeader,
		"408":                fail(408),
		"425":                fail(425),
		"429":                fail(429),
		"500":                fail(500),
		"502":                fail(502),
		"503":                fail(503),
		"504":                fail(504),
		"529":                fail(529),
		"502 as a web page": mockapi.Respond(502, "<html>Bad Gateway</html>",
			"Content-Type", "text/html"),
		"500 without a body":             mockapi.Respond(500, ""),
		"404/2007":                       mockapi.Error(404, "2007", "told"),
		"404/2007 with the code as text": mockapi.Respond(404, `{"error":{"code":"2007"}}`),
		"409 that should be tried again": fail(409, "x-should-retry", "true"),
		"404 that should be tried again": fail(404, "x-should-retry", "true"),
	} {
		table = append(table,
			fault{name: name + ", once", faults: times(1, retried), waits: backoffs[:1]},
			fault{name: name + ", four times", faults: times(4, retried), waits: backoffs},
		)
		summary := cantRead
		if strings.HasPrefix(name, "404/2007") {
			summary = "Linq Attachment Not Ready"
		} else if strings.HasPrefix(name, "404") {
			summary = notFound
		}
		table = append(table, fault{
			name: name + ", five times", faults: times(5, retried), waits: backoffs,
			summary: summary, detail: exhaust,
		})
	}
	return table
}

// finalFaults aren't tried again.
func finalFaults() []fault {
	var table []fault
	for _, status := range []int{
		400, 401, 402, 403, 404, 405, 406, 409, 410, 418, 422, 428, 451, 501,
	} {
		summary := cantRead
		if status == 404 {
			summary = notFound
		}
		table = append(table, fault{
			name: fmt.Sprint(status), faults: times(1, fail(status)),
			summary: summary, detail: fmt.Sprintf("Status: %d", status),
		})
	}
	for _, status := range []int{429, 503, 500} {
		table = append(table, fault{
			name:   fmt.Sprintf("%d that shouldn't be tried again", status),
			faults: times(1, fail(status, "x-should-retry", "false")), summary: cantRead,
			detail: fmt.Sprintf("Status: %d", status),
		})
	}
	for _, status := range []int{300, 301, 302, 303, 304, 307, 308} {
		table = append(table, fault{
			name: fmt.Sprintf("redirect %d", status),
			faults: times(1, mockapi.Respond(status, "", "Location",
				"https://evil.example:8443/a?X-Amz-Signature=s1gned")),
			summary: cantRead, detail: `a redirect to "evil.example:8443", which isn't followed`,
		})
	}
	return append(table,
		fault{
			name: "redirect to nowhere", faults: times(1, mockapi.Respond(302, "")), summary: cantRead,
			detail: "a redirect that names no host.",
		},
		fault{
			name: "redirect to what is no URL", summary: cantRead,
			faults: times(1, mockapi.Respond(302, "", "Location", "https://x.example/%zz/s1gned")),
			detail: "a redirect that names no host.",
		},
		fault{
			name: "400 with the code of a file that isn't ready", summary: cantRead,
			faults: times(1, mockapi.Error(400, "2007", "told")), detail: "Code: 2007",
		},
	)
}

// pauses are waited for as long as the API asks and the time limit allows.
func pauses() []fault {
	var table []fault
	for value, wait := range map[string]time.Duration{
		"7": 7 * time.Second, "0": 0, "0.5": 500 * time.Millisecond, "-3": 0,
		"nonsense": time.Second, "": time.Second, "NaN": time.Second,
		"Fri, 01 May 1998 12:00:30 GMT": 0,
	} {
		table = append(table, fault{
			name: fmt.Sprintf("Retry-After: %q", value), faults: times(1, fail(429, "Retry-After", value)),
			waits: []time.Duration{wait},
		})
	}
	return append(table,
		fault{
			name:   "Retry-After-Ms wins",
			faults: times(1, fail(503, "Retry-After-Ms", "250", "Retry-After", "9")),
			waits:  []time.Duration{250 * time.Millisecond},
		},
		fault{
			name: "Retry-After beyond the time limit", faults: times(1, fail(429, "Retry-After", "120")),
			limit: "1m", summary: cantRead,
			detail: "After 1 attempt, the next would have had to wait for 2m0s, which is more than the " +
				"read's time limit of 1m0s leaves. Raise timeouts.read of the block.",
		},
		fault{
			name: "Retry-After of an age", faults: times(1, fail(503, "Retry-After", "1e300")),
			summary: cantRead, detail: "the next would have had to wait for 8760h0m0s",
		},
		fault{
			name: "backoff beyond the time limit", faults: times(2, fail(500)), limit: "2s",
			summary: cantRead, waits: backoffs[:1], detail: "Message: told",
		},
		fault{
			name: "time limit while it hangs", faults: times(1, mockapi.Hang), limit: "50ms",
			summary: cantRead,
			detail:  "Linq gave no answer for " + photo + " in time.",
		},
		fault{
			name: "429 with its body cut", faults: times(1, cut(429, "Retry-After", "20")),
			waits: []time.Duration{20 * time.Second},
		},
		fault{
			name: "429 with its pause in the body", waits: []time.Duration{45 * time.Second},
			faults: times(1, mockapi.Respond(429, `{"error":{"code":1007,"retry_after":45}}`)),
		},
	)
}

// wrongAnswers are successes that aren't what they should be.
func wrongAnswers() []fault {
	var table []fault
	for name, test := range map[string]struct {
		faults []mockapi.Fault
		detail string
	}{
		"empty":               {body(""), "but its body is empty."},
		"204":                 {times(1, mockapi.Respond(204, "")), "but its body is empty."},
		"one byte":            {body("x"), "but its body is no JSON"},
		"one digit":           {body("7"), "but its body holds a JSON number."},
		"null":                {body("null"), `but it has no "id".`},
		"an object":           {body("{}"), `but it has no "id".`},
		"no success":          {body(`{"success":false}`), `but it has no "id".`},
		"a list":              {body("[]"), "but its body holds a JSON array."},
		"a web page":          {body("<html>"), "The answer is a web page, not an API's."},
		"cut JSON":            {body(`{"id":"` + mockapi.LinqPhoto), "unexpected end of JSON input"},
		"two documents":       {body(`{}{}`), "but its body is no JSON"},
		"another id":          {body(`{"id":"` + mockapi.LinqPDF + `"}`), "but it is attachment"},
		"a number for an id":  {body(`{"id":1}`), `but its field "id" holds a number.`},
		"a text for a number": {body(`{"id":"x","size_bytes":"1"}`), `"size_bytes" holds a string.`},
		"a float":             {body(`{"id":"x","size_bytes":1.5}`), `"size_bytes" holds a number 1.5.`},
		"too large a number": {
			body(`{"id":"x","size_bytes":9223372036854775808}`),
			`"size_bytes" holds a number 9223372036854775808.`,
		},
		"a number for a text": {body(`{"id":"x","filename":7}`), `"filename" holds a number.`},
		"an object for a text": {
			body(`{"id":"x","download_url":{}}`), `"download_url" holds a object.`,
		},
		"deep nesting": {
			body(`{"x":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "}"),
			"exceeded max depth",
		},
		"a gigabyte":  {times(1, mockapi.Endless(1<<30)), "has more than 1048576 bytes."},
		"a gzip bomb": {times(1, mockapi.GzipBomb(1<<24)), "has more than 1048576 bytes."},
		"terminal escapes": {
			body("\x1b]0;owned\x07{"), "but its body is no JSON: invalid character '\\x1b'",
		},
	} {
		table = append(table, fault{
			name: name, faults: test.faults, summary: cantRead, detail: test.detail,
		})
	}
	return table
}

// oddAnswers are cut, coded or long, or say what must not be shown.
func oddAnswers() []fault {
	return []fault{
		{name: "no fault"}, // what the others are held against
		{
			name: "an error of more than a megabyte", waits: backoffs[:1],
			faults: times(1, mockapi.Respond(503, strings.Repeat("x", 2<<20))),
		},
		{
			name: "401 with its body cut", faults: times(1, cut(401)), summary: cantRead,
			detail: "Linq refused the credential",
		},
		{
			name: "no gzip", faults: times(1, mockapi.Respond(200, "x", "Content-Encoding", "gzip")),
			waits: backoffs[:1],
		},
		{
			name: "a message with escapes and a signed URL", summary: cantRead,
			faults: times(1, mockapi.Error(400, "1003", "\x1b[2Jno\r\n https://x.example/f?sig=s1gned")),
			detail: "Message: \ufffd[2Jno https://x.example/f?(redacted)",
		},
		{
			name: "a message with the key", summary: cantRead,
			faults: times(1, mockapi.Error(400, "1003", "bad "+mockapi.DefaultLinqAPIKey+"!")),
			detail: "Message: bad (redacted)!",
		},
	}
}

// wixFaults are where Wix differs from Linq.
func wixFaults() []fault {
	return []fault{
		{
			name: "wix, time limit while it hangs", typeName: wixContactAttachmentType,
			faults: times(1, mockapi.Hang),
			limit:  "50ms", summary: cantWix, detail: "The read's time limit of 50ms ran out",
		},
		{
			name: "wix, no attachment", typeName: wixContactAttachmentType,
			faults: body("{}"), summary: cantWix,
			detail: `but it has no "attachment".`,
		},
		{
			name: "wix, an empty attachment", typeName: wixContactAttachmentType,
			faults:  body(`{"attachment":{}}`),
			summary: cantWix, detail: `but its "attachment" has no "id".`,
		},
		{
			name: "wix, wrong type deep down", typeName: wixContactAttachmentType,
			summary: cantWix,
			faults:  body(`{"attachment":{"image":{"width":"wide"}}}`),
			detail:  `but its field "attachment.image.width" holds a string.`,
		},
		{
			name: "wix, 429 without a hint", typeName: wixContactAttachmentType,
			faults: times(2, fail(429)),
			waits:  backoffs[:2],
		},
		{
			name: "wix, x-should-retry is Linq's", typeName: wixContactAttachmentType,
			faults: times(1, fail(409, "x-should-retry", "true")), summary: cantWix, detail: "409",
		},
		{
			name: "wix, 404/2007 is Linq's", typeName: wixContactAttachmentType,
			faults:  times(1, mockapi.Error(404, "2007", "told")),
			summary: "Wix Contact Attachment Not Found", detail: "Code: 2007",
		},
	}
}
