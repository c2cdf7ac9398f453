package provider

import (
	"cmp"
	"maps"
	"net/http"
	"regexp"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

const (
	photo   = "attachment " + mockapi.LinqPhoto
	message = "message " + mockapi.LinqMessage
	image   = "attachment " + mockapi.WixImage + " of contact " + mockapi.WixContact

	wixScope  = "Manage Contact Attachments (SCOPE.DC-CONTACTS.MANAGE-CONTACT-ATTACHMENTS)"
	wixAccess = "The API key from WIX_API_KEY must have the permission " + wixScope + "."
	noSite    = "An API key needs a site ID: set site_id here, wix_site_id in the provider " +
		"configuration, or WIX_SITE_ID in the environment. " + wixAccess
	otherSite = "Check the site ID from WIX_SITE_ID. " + wixAccess

	linqKey      = "API key from LINQ_API_V3_API_KEY"
	checkLinqURL = `Check the base URL: LINQ_API_V3_BASE_URL is "http://mock/api/partner".`
	checkProxy   = "Check for a proxy that responds instead of Linq. " + checkLinqURL
	afterFive    = "Gave up after 5 attempts (max_retries is 4)."
	destroy      = " To destroy resources without this read, run terraform destroy -refresh=false."

	otherMessage = "Check:\n- the message ID (an attachment ID belongs in linq_attachment)\n- the " +
		"account of the " + linqKey + ": Linq also responds like this for messages of other " +
		"accounts\n- whether Linq deleted the message: ephemeral messages are deleted after 60 " +
		"minutes to 24 hours, depending on the account\n\nIf it was deleted, pass the attachment IDs " +
		"to linq_attachments instead." + destroy
	otherAccount = "Check:\n- the attachment ID (a message ID belongs in linq_message)\n- the " +
		"account of the " + linqKey + ": Linq also responds like this for attachments of other " +
		"accounts\n- whether Linq deleted the attachment: files in its ephemeral storage tier are " +
		"deleted 24 to 48 hours after the upload\n\nIf it was deleted, use linq_attachments, which " +
		"lists it in missing_ids." + destroy
	otherContact = "- the site: Wix also responds like this for contacts of other sites\n"
)

// TestReadDiagnostics has the full text of diagnostics. ID replaces the trace or request ID.
func TestReadDiagnostics(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		typeName string
		env      map[string]string
		fault    mockapi.Fault
		times    int    // 1 if unset
		summary  string // cantRead if unset
		detail   string
	}{
		"linq 401": {
			env: map[string]string{"LINQ_API_V3_API_KEY": "", "LINQ_API_KEY": "wrong"},
			detail: "Linq rejected the API key from LINQ_API_KEY while reading " + photo + ".\n\n" +
				"Check that the key is complete, and that it hasn't expired or been deleted in Linq's " +
				"dashboard.\n\n" +
				"Status: 401 Unauthorized\nCode: 2004\n" +
				"Message: Unauthorized - missing or invalid authentication token" + linqFacts("2004"),
		},
		"linq 403": {
			fault: mockapi.Error(http.StatusForbidden, "2005", "Access denied"),
			detail: "Linq denied access to " + photo + ".\n\nAsk Linq for access, or use an API " +
				"key of another account.\n\n" +
				"Status: 403 Forbidden\nCode: 2005\nMessage: Access denied" + linqFacts("2005"),
		},
		"linq 404": {
			fault:   mockapi.Error(http.StatusNotFound, "2001", "Resource not found"),
			summary: "Linq Attachment Not Found",
			detail: "Linq didn't find " + photo + ".\n\n" + otherAccount + "\n\n" +
				"Status: 404 Not Found\nCode: 2001\nMessage: Resource not found" + linqFacts("2001"),
		},
		"linq 404/2007": {
			fault:   mockapi.Error(http.StatusNotFound, "2007", "Attachment not ready"),
			times:   5,
			summary: "Linq Attachment Not Ready",
			detail: "Linq hasn't finished processing " + photo + ".\n\nRun Terraform again later, or " +
				"set wait_until_ready = true to wait for the URL.\n\n" + afterFive + "\n\n" +
				"Status: 404 Not Found\nCode: 2007\nMessage: Attachment not ready" + linqFacts("2007"),
		},
		"linq message 404": {
			typeName: linqMessage.typeName,
			fault:    mockapi.Error(http.StatusNotFound, "2002", "Message not found"),
			summary:  "Linq Message Not Found",
			detail: "Linq didn't find " + message + ".\n\n" + otherMessage + "\n\n" +
				"Status: 404 Not Found\nCode: 2002\nMessage: Message not found" + linqFacts("2002"),
		},
		"linq message 404/2007": {
			typeName: linqMessage.typeName,
			fault:    mockapi.Error(http.StatusNotFound, "2007", "Attachment not ready"),
			times:    5,
			summary:  "Linq Message Not Found",
			detail: "Linq didn't find " + message + ".\n\n" + otherMessage + "\n\n" + afterFive +
				"\n\nStatus: 404 Not Found\nCode: 2007\nMessage: Attachment not ready" + linqFacts("2007"),
		},
		"linq message of a wrong type": {
			typeName: linqMessage.typeName,
			fault: mockapi.Respond(http.StatusOK,
				`{"id":"`+mockapi.LinqMessage+`","parts":[{"type":"media","size_bytes":"s1gned"}]}`),
			summary: "Unable to Read Linq Message",
			detail: "Linq returned an unexpected response for " + message + `: its field ` +
				`"parts.0.size_bytes" is a string.` + "\n\n" + checkLinqURL +
				"\n\nStatus: 200 OK\nTrace ID: ID",
		},
		"linq 404 of another API": {
			fault: withoutTrace(mockapi.Respond(http.StatusNotFound,
				`{"error":"NOT_FOUND","message":"no route"}`)),
			summary: "Linq Attachment Not Found",
			detail: "Linq didn't find " + photo + ".\n\nThe response has no Linq error code, so another " +
				"server might have sent it. " + checkProxy + "\n\n" + otherAccount +
				"\n\nStatus: 404 Not Found\nCode: NOT_FOUND\nMessage: no route",
		},
		"linq 404 as an HTML page": {
			fault: mockapi.Respond(http.StatusNotFound, "<html>", "Content-Type", "text/html"),
			detail: "Linq rejected the request for " + photo + ".\n\nThe response is an HTML page. " +
				checkProxy + "\n\nStatus: 404 Not Found\nTrace ID: ID",
		},
		"linq 404 without a code": {
			fault:   mockapi.Respond(http.StatusNotFound, ""),
			summary: "Linq Attachment Not Found",
			detail: "Linq didn't find " + photo + ".\n\n" + otherAccount +
				"\n\nStatus: 404 Not Found\nTrace ID: ID",
		},
		"linq 503 as an HTML page": {
			fault: mockapi.Respond(http.StatusServiceUnavailable, "<html>", "Retry-After", "3600"),
			detail: "Linq, or a proxy in front of it, returned a server error for " + photo + " and asked " +
				"for a pause of 1h0m0s.\n\nRun Terraform again later. The response is an HTML page. " +
				checkProxy + "\n\nGave up after 1 attempt: the default time limit of 5m (timeout) leaves " +
				"no time for another.\n\nStatus: 503 Service Unavailable\nTrace ID: ID",
		},
		"linq with a title": {
			fault: mockapi.Respond(http.StatusOK, `{"id":"`+mockapi.LinqPhoto+
				`","title":"Sunset","download_url":"file:///etc/passwd"}`),
			detail: "Linq returned an unexpected response for " + photo + `: its field "download_url" ` +
				"isn't an http or https URL.\n\n" + checkLinqURL + "\n\nStatus: 200 OK\nTrace ID: ID",
		},
		"linq 429": {
			fault: mockapi.RateLimit(3600),
			detail: "Linq rate-limited the request for " + photo + " and asked for a pause of 1h0m0s." +
				"\n\nRun Terraform again later, or lower max_concurrent_requests in the provider " +
				"configuration.\n\nGave up after 1 attempt: the default time limit of 5m (timeout) leaves " +
				"no time for another.\n\n" +
				"Status: 429 Too Many Requests\nCode: 1007\nMessage: Rate limited. Try again later." +
				linqFacts("1007"),
		},
		"linq 500": {
			fault: mockapi.Error(http.StatusInternalServerError, "3006", "Internal server error"),
			times: 5,
			detail: "Linq, or a proxy in front of it, returned a server error for " + photo + ".\n\n" +
				"Run Terraform again later.\n\n" + afterFive + "\n\n" +
				"Status: 500 Internal Server Error\nCode: 3006\nMessage: Internal server error" +
				linqFacts("3006"),
		},
		"linq 400": {
			fault: mockapi.Error(http.StatusBadRequest, "1003", "no"),
			detail: "Linq rejected the request for " + photo + ".\n\nCheck the arguments: the same " +
				"request will fail again. " + checkLinqURL + "\n\n" +
				"Status: 400 Bad Request\nCode: 1003\nMessage: no" + linqFacts("1003"),
		},

		"linq connection lost": {
			fault: mockapi.Drop,
			times: 5,
			detail: "The request to Linq for " + photo + " failed: the connection was closed before " +
				"the response was complete.\n\nCheck your network. " + checkLinqURL +
				"\n\n" + afterFive,
		},
		"wix 401": {
			typeName: wixContactAttachment.typeName,
			env:      map[string]string{"WIX_API_KEY": "wrong"},
			summary:  "Unable to Read Wix Contact Attachment",
			detail: "Wix rejected the API key from WIX_API_KEY while reading " + image + ".\n\n" +
				"Check that the key is complete and hasn't been deleted, and that it has the permission " +
				wixScope + ".\n\nStatus: 401 Unauthorized\nRequest ID: ID",
		},
		"wix 403": {
			typeName: wixContactAttachment.typeName,
			env:      map[string]string{"WIX_SITE_ID": mockapi.DefaultWixAppID},
			summary:  "Unable to Read Wix Contact Attachment",
			detail: "Wix denied access to " + image + ".\n\n" + otherSite +
				"\n\nStatus: 403 Forbidden\nCode: FORBIDDEN\nMessage: Permission denied\n" +
				"Request ID: ID",
		},
		"wix 428": {
			typeName: wixContactAttachment.typeName,
			env:      map[string]string{"WIX_SITE_ID": ""},
			summary:  "Unable to Read Wix Contact Attachment",
			detail: "Wix denied access to " + image + ".\n\n" + noSite +
				"\n\nStatus: 428 Precondition Required\nCode: MISSING_METASITE_ID\n" +
				"Message: No metasite id in the request\nRequest ID: ID",
		},
		"wix 404": {
			typeName: wixContactAttachment.typeName,
			fault:    mockapi.Error(http.StatusNotFound, "ATTACHMENT_NOT_FOUND", "Attachment not found"),
			summary:  "Wix Contact Attachment Not Found",
			detail: "Wix didn't find " + image + ".\n\nCheck:\n- the contact ID and the attachment ID\n" +
				otherContact + "- whether the contact or the attachment was deleted\n\n" +
				"If either was deleted, remove this block." + destroy + "\n\n" +
				"Status: 404 Not Found\nCode: ATTACHMENT_NOT_FOUND\nMessage: Attachment not found\n" +
				"Request ID: ID",
		},
		"wix 404 of the contact": {
			typeName: wixContactAttachment.typeName,
			fault:    mockapi.Error(http.StatusNotFound, "CONTACT_NOT_FOUND", "Contact not found"),
			summary:  "Wix Contact Attachment Not Found",
			detail: "Wix didn't find contact " + mockapi.WixContact + ".\n\nCheck:\n- the contact ID " +
				"and the attachment ID\n" + otherContact + "- whether the contact or the attachment was " +
				"deleted\n\nIf either was deleted, remove this block." + destroy + "\n\n" +
				"Status: 404 Not Found\nCode: CONTACT_NOT_FOUND\nMessage: Contact not found\n" +
				"Request ID: ID",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := newMock(t)
			for range max(test.times, 1) {
				if test.fault != nil {
					api.Fail("", test.fault)
				}
			}
			env := api.env()
			maps.Copy(env, test.env)
			typeName, block := readableBlock(test.typeName)
			want := problem{cmp.Or(test.summary, cantRead), test.detail, ""}
			expectProblem(t, read(t, env, nil, typeName, block), want)
			if want := max(test.times, 1); len(api.Requests()) != want {
				t.Errorf("%d requests, want %d", len(api.Requests()), want)
			}
		})
	}
}

// expectProblem compares the only problem, without the parts that differ from run to run.
func expectProblem(t *testing.T, result outcome, want problem) {
	t.Helper()
	for i := range result.problems {
		result.problems[i].Detail = settled(result.problems[i].Detail)
	}
	if diff := gocmp.Diff([]problem{want}, result.problems); diff != "" {
		t.Error(diff)
	}
}

// linqFacts are the lines below the message of an error with this code.
func linqFacts(code string) string {
	return "\nDocumentation: https://docs.linqapp.com/error/codes/" + code[:1] + "xxx/" + code +
		"/\nTrace ID: ID"
}

// withoutTrace leaves out the ID that all of Linq's responses have.
func withoutTrace(fault mockapi.Fault) mockapi.Fault {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Del("X-Trace-ID")
		fault(w, r)
	}
}

var (
	madeUpID  = regexp.MustCompile(`(Trace|Request) ID: [0-9a-f.]{16,}`)
	madeUpURL = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
)

// settled replaces the parts of a diagnostic that differ from run to run.
func settled(detail string) string {
	detail = madeUpID.ReplaceAllString(detail, "$1 ID: ID")
	return madeUpURL.ReplaceAllString(detail, "http://mock")
}
