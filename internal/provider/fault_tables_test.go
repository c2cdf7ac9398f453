package provider

import (
	"fmt"
	"net/http"
	"slices"
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

// cut is an error with a truncated body.
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

// retriedFaults are retried, up to five attempts.
func retriedFaults() []fault {
	var table []fault
	for name, retried := range map[string]mockapi.Fault{
		"dropped connection": mockapi.Drop,
		"reset connection":   mockapi.Reset,
		"truncated body":     mockapi.Truncate,
		"no HTTP":            mockapi.Garbage,
		"huge header":        mockapi.HugeHeader,
		"408":                fail(408),
		"409":                fail(409),
		"425":                fail(425),
		"500":                fail(500),
		"502":                fail(502),
		"503":                fail(503),
		"504":                fail(504),
		"529":                fail(529),
		"101":                mockapi.Respond(101, ""),
		"502 as an HTML page": mockapi.Respond(502, "<html>Bad Gateway</html>",
			"Content-Type", "text/html"),
		"500 without a body":             mockapi.Respond(500, ""),
		"404/2007":                       mockapi.Error(404, "2007", "told"),
		"404/2007 with the code as text": mockapi.Respond(404, `{"error":{"code":"2007"}}`),
		"400 with x-should-retry":        fail(400, "x-should-retry", "true"),
		"404 with x-should-retry":        fail(404, "x-should-retry", "true"),
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

// finalFaults aren't retried.
func finalFaults() []fault {
	var table []fault
	for _, status := range []int{
		400, 401, 402, 403, 404, 405, 406, 410, 418, 422, 428, 451, 501,
	} {
		summary := cantRead
		if status == 404 || status == 410 {
			summary = notFound
		}
		table = append(table, fault{
			name: fmt.Sprint(status), faults: times(1, fail(status)),
			summary: summary, detail: fmt.Sprintf("Status: %d", status),
		})
	}
	for _, status := range []int{409, 429, 503, 500} {
		table = append(table, fault{
			name:   fmt.Sprintf("%d with x-should-retry", status),
			faults: times(1, fail(status, "x-should-retry", "false")), summary: cantRead,
			detail: fmt.Sprintf("Status: %d", status),
		})
	}
	for _, status := range []int{301, 302, 303, 307, 308} {
		table = append(table, fault{
			name: fmt.Sprintf("redirect %d", status),
			faults: times(1, mockapi.Respond(status, "", "Location",
				"https://evil.example:8443/a?X-Amz-Signature=s1gned")),
			summary: cantRead, detail: ` to "evil.example:8443". The provider doesn't follow redirects`,
		})
	}
	return append(table,
		fault{
			name: "redirect to nowhere", faults: times(1, mockapi.Respond(302, "")), summary: cantRead,
			detail: "without a target.",
		},
		fault{
			name: "redirect to an invalid URL", summary: cantRead,
			faults: times(1, mockapi.Respond(302, "", "Location", "https://x.example/%zz/s1gned")),
			detail: "without a target.",
		},
		fault{
			name: "400 with the code of a file that isn't ready", summary: cantRead,
			faults: times(1, mockapi.Error(400, "2007", "told")), detail: "Code: 2007",
		},
	)
}

// pauses last as long as the API asks, within the time limit. A 429 doesn't count as a retry.
func pauses() []fault {
	table := []fault{
		{
			name: "429 more often than there are retries", faults: times(7, fail(429)),
			waits: append(slices.Clone(backoffs), 16*time.Second, 30*time.Second, 30*time.Second),
		},
		{
			name: "429 until the time limit", faults: times(4, fail(429)), limit: "10s", summary: cantRead,
			waits:  backoffs[:3],
			detail: "Gave up after 4 attempts: the time limit of 10s (timeout) leaves no time for another.",
		},
	}
	for value, wait := range map[string]time.Duration{
		"7": 7 * time.Second,
		// No retry waits less than its backoff.
		"0": time.Second, "1.5": time.Second, "-3": time.Second, "nonsense": time.Second,
		"": time.Second, "NaN": time.Second, "Fri, 01 May 1998 12:00:30 GMT": time.Second,
	} {
		table = append(table, fault{
			name: fmt.Sprintf("Retry-After: %q", value), faults: times(1, fail(503, "Retry-After", value)),
			waits: []time.Duration{wait},
		})
	}
	return append(table,
		fault{
			name: "Retry-After beyond the time limit", faults: times(1, fail(429, "Retry-After", "120")),
			limit: "1m", summary: cantRead,
			detail: "Gave up after 1 attempt: the time limit of 1m (timeout) leaves no time for another.",
		},
		fault{
			name:    "Retry-After of an age",
			faults:  times(1, fail(503, "Retry-After", "99999999999999999999")),
			summary: cantRead,
			detail: "Gave up after 1 attempt: the default time limit of 5m (timeout) leaves no time " +
				"for another.",
		},
		fault{
			name: "backoff beyond the time limit", faults: times(2, fail(500)), limit: "2s",
			summary: cantRead, waits: backoffs[:1], detail: "Message: told",
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

// unexpectedResponses are successes that aren't as documented.
func unexpectedResponses() []fault {
	var table []fault
	for name, test := range map[string]struct {
		faults []mockapi.Fault
		detail string
	}{
		"300":         {times(1, mockapi.Respond(300, "")), ": its status is neither"},
		"304":         {times(1, mockapi.Respond(304, "")), ": its status is neither"},
		"empty":       {body(""), ": it is empty."},
		"204":         {times(1, mockapi.Respond(204, "")), ": it is empty."},
		"one byte":    {body("x"), ": it isn't JSON"},
		"one digit":   {body("7"), ": it is a number."},
		"null":        {body("null"), `: it has no "id".`},
		"an object":   {body("{}"), `: it has no "id".`},
		"no success":  {body(`{"success":false}`), `: it has no "id".`},
		"a list":      {body("[]"), ": it is a list."},
		"a HTML page": {body("<html>"), "Linq returned an HTML page instead of JSON"},
		"cut JSON": {
			body(`{"id":"` + mockapi.LinqPhoto), ": it ends in the middle of its JSON",
		},
		"two documents":       {body(`{}{}`), ": it isn't JSON"},
		"another id":          {body(`{"id":"` + mockapi.LinqPDF + `"}`), ": it describes attachment"},
		"a number for an id":  {body(`{"id":1}`), `: its field "id" is a number.`},
		"a text for a number": {body(`{"id":"x","size_bytes":"1"}`), `"size_bytes" is a string.`},
		"a float":             {body(`{"id":"x","size_bytes":1.5}`), `"size_bytes" is a number 1.5.`},
		"too large a number": {
			body(`{"id":"x","size_bytes":9223372036854775808}`),
			`"size_bytes" is a number 9223372036854775808.`,
		},
		"a number for a text": {body(`{"id":"x","filename":7}`), `"filename" is a number.`},
		"an object for a text": {
			body(`{"id":"x","download_url":{}}`), `"download_url" is an object.`,
		},
		"deep nesting": {
			body(`{"x":` + strings.Repeat("[", 50_000) + strings.Repeat("]", 50_000) + "}"),
			": it isn't JSON",
		},
		"a gigabyte":  {times(1, mockapi.Endless(1<<30)), "it exceeds 128 KiB.\n\nLinq's API might"},
		"a gzip bomb": {times(1, mockapi.GzipBomb(1<<24)), "it exceeds 128 KiB.\n\nLinq's API might"},
		"terminal escapes": {
			body("\x1b]0;owned\x07{"), ": it isn't JSON (byte 1).",
		},
	} {
		table = append(table, fault{
			name: name, faults: test.faults, summary: cantRead, detail: test.detail,
		})
	}
	return table
}

// oddResponses are truncated, compressed, long, or contain secrets.
func oddResponses() []fault {
	return []fault{
		{name: "no fault"}, // the others are compared with it
		{
			name: "an error of more than a megabyte", waits: backoffs[:1],
			faults: times(1, mockapi.Respond(503, strings.Repeat("x", 2<<20))),
		},
		{
			name: "401 with its body cut", faults: times(1, cut(401)), summary: cantRead,
			detail: "Linq rejected the API key",
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

// wixFaults are for the differences between Wix and Linq.
func wixFaults() []fault {
	return []fault{
		{
			name: "wix, no attachment", typeName: wixContactAttachment.typeName,
			faults: body("{}"), summary: cantWix,
			detail: `: it has no "attachment".`,
		},
		{
			name: "wix, an empty attachment", typeName: wixContactAttachment.typeName,
			faults:  body(`{"attachment":{}}`),
			summary: cantWix, detail: `: its "attachment" has no "id".`,
		},
		{
			name: "wix, wrong type deep down", typeName: wixContactAttachment.typeName,
			summary: cantWix,
			faults:  body(`{"attachment":{"image":{"width":"wide"}}}`),
			detail:  `: its field "attachment.image.width" is a string.`,
		},
		{
			name: "wix, 429 without a hint", typeName: wixContactAttachment.typeName,
			faults: times(2, fail(429)),
			waits:  backoffs[:2],
		},
		{
			name: "wix, x-should-retry is Linq's", typeName: wixContactAttachment.typeName,
			faults: times(1, fail(400, "x-should-retry", "true")), summary: cantWix, detail: "400",
		},
		{
			name: "wix, 404/2007 is Linq's", typeName: wixContactAttachment.typeName,
			faults:  times(1, mockapi.Error(404, "2007", "told")),
			summary: "Wix Contact Attachment Not Found", detail: "Code: 2007",
		},
	}
}
