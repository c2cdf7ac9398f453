package provider

import (
	"maps"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

const (
	photo = "attachment " + mockapi.LinqPhoto
	image = "attachment " + mockapi.WixImage + " of contact " + mockapi.WixContact

	wixScope = "Manage Contact Attachments (SCOPE.DC-CONTACTS.MANAGE-CONTACT-ATTACHMENTS)."
	noSite   = "Wix needs to know the site: set its id as site_id of the block, as wix.site_id in " +
		"the provider configuration, or WIX_SITE_ID in the environment. The credential must be " +
		"allowed to use that site, with the permission " + wixScope
	otherSite = "The site was \"another\", from WIX_SITE_ID. The credential must be allowed to use " +
		"that site, with the permission " + wixScope
	forLinqURL = "Look at linq.base_url in the provider configuration, or LINQ_API_V3_BASE_URL in " +
		"the environment."
)

// TestReadDiagnostics has the whole text of what a failed read tells its user. ID stands for what
// the mock makes up: the trace or request id.
func TestReadDiagnostics(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		typeName        string
		env             map[string]string
		fault           mockapi.Fault
		times           int // 1 where it isn't set
		summary, detail string
	}{
		"linq 401": {
			env:     map[string]string{"LINQ_API_V3_API_KEY": "", "LINQ_API_KEY": "wrong"},
			summary: "Unable to Read Linq Attachment",
			detail: "Linq refused the credential from LINQ_API_KEY when asked for " + photo + ".\n\n" +
				"Set a valid token of Linq's partner API, without \"Bearer\", as linq.api_key in the " +
				"provider configuration, or LINQ_API_V3_API_KEY or LINQ_API_KEY in the environment; " +
				"the first of them that is set is used.\n\n" +
				"Status: 401 Unauthorized\nCode: 2004\n" +
				"Message: Unauthorized - missing or invalid authentication token\n" +
				"Documentation: https://docs.linqapp.com/error/codes/2xxx/2004/\nTrace ID: ID",
		},
		"linq 403": {
			fault:   mockapi.Error(http.StatusForbidden, "2005", "Access denied"),
			summary: "Unable to Read Linq Attachment",
			detail: "Linq refused to give " + photo + ".\n\nAsk for access where the token was " +
				"made, or use another one: linq.api_key in the provider configuration, or " +
				"LINQ_API_V3_API_KEY or LINQ_API_KEY in the environment.\n\n" +
				"Status: 403 Forbidden\nCode: 2005\nMessage: Access denied\n" +
				"Documentation: https://docs.linqapp.com/error/codes/2xxx/2005/\nTrace ID: ID",
		},
		"linq 404": {
			fault:   mockapi.Error(http.StatusNotFound, "2001", "Resource not found"),
			summary: "Linq Attachment Not Found",
			detail: "Linq has no " + photo + ".\n\nLook at the id, and at the account that the " +
				"token belongs to: Linq answers in the same way for an attachment of another " +
				"account. In Linq's ephemeral tier an attachment is deleted after one day.\n\n" +
				"Status: 404 Not Found\nCode: 2001\nMessage: Resource not found\n" +
				"Documentation: https://docs.linqapp.com/error/codes/2xxx/2001/\nTrace ID: ID",
		},
		"linq 404/2007": {
			fault:   mockapi.Error(http.StatusNotFound, "2007", "Attachment not ready"),
			times:   5,
			summary: "Linq Attachment Not Ready",
			detail: "Linq hasn't finished with " + photo + " yet.\n\nRun again in a while, or set " +
				"wait_until_ready of the block to wait for it.\n\nThis was the outcome of 5 attempts, " +
				"the most that max_retries of the provider allows.\n\n" +
				"Status: 404 Not Found\nCode: 2007\nMessage: Attachment not ready\n" +
				"Documentation: https://docs.linqapp.com/error/codes/2xxx/2007/\nTrace ID: ID",
		},
		"linq 404 of another API": {
			fault:   mockapi.Respond(http.StatusNotFound, `{"detail":"Not Found"}`),
			summary: "Linq Attachment Not Found",
			detail: "Linq has no " + photo + ".\n\nLook at the id, and at the account that the " +
				"token belongs to: Linq answers in the same way for an attachment of another " +
				"account. In Linq's ephemeral tier an attachment is deleted after one day. The " +
				"answer has no code, as Linq's would have. " + forLinqURL +
				"\n\nStatus: 404 Not Found\nTrace ID: ID",
		},
		"linq 404 as web page": {
			fault:   mockapi.Respond(http.StatusNotFound, "<html>", "Content-Type", "text/html"),
			summary: "Unable to Read Linq Attachment",
			detail: "Linq refused to give " + photo + ".\n\nRunning again won't help. What was sent " +
				"is made of the arguments of the block and the settings of the provider. The answer " +
				"is a web page, not an API's. " + forLinqURL +
				"\n\nStatus: 404 Not Found\nTrace ID: ID",
		},
		"linq 429": {
			fault:   mockapi.RateLimit(3600),
			summary: "Unable to Read Linq Attachment",
			detail: "Linq limits the rate of requests, and refused to give " + photo + ".\n\nIt asks " +
				"for a pause of 1h0m0s. Run again later, or with fewer requests at once: lower " +
				"max_concurrent_requests of the provider.\n\nAfter 1 attempt, the next would have had to " +
				"wait for 1h0m0s, which is more than the read's time limit of 5m0s leaves. Raise " +
				"timeouts.read of the block.\n\nStatus: 429 Too Many Requests\nCode: 1007\n" +
				"Message: Rate limited. Try again later.\n" +
				"Documentation: https://docs.linqapp.com/error/codes/1xxx/1007/\nTrace ID: ID",
		},
		"linq 500": {
			fault:   mockapi.Error(http.StatusInternalServerError, "3006", "Internal server error"),
			times:   5,
			summary: "Unable to Read Linq Attachment",
			detail: "Linq failed to give " + photo + ".\n\nThis is a fault of the service or of what " +
				"lies before it. Run again later.\n\nThis was the outcome of 5 attempts, the most " +
				"that max_retries of the provider allows.\n\n" +
				"Status: 500 Internal Server Error\nCode: 3006\nMessage: Internal server error\n" +
				"Documentation: https://docs.linqapp.com/error/codes/3xxx/3006/\nTrace ID: ID",
		},
		"linq 400": {
			fault:   mockapi.Error(http.StatusBadRequest, "1003", "no"),
			summary: "Unable to Read Linq Attachment",
			detail: "Linq refused to give " + photo + ".\n\nRunning again won't help. What was sent is " +
				"made of the arguments of the block and the settings of the provider.\n\n" +
				"Status: 400 Bad Request\nCode: 1003\nMessage: no\n" +
				"Documentation: https://docs.linqapp.com/error/codes/1xxx/1003/\nTrace ID: ID",
		},
		"linq web page": {
			fault:   mockapi.Respond(http.StatusOK, "<html>", "Content-Type", "text/html"),
			summary: "Unable to Read Linq Attachment",
			detail: "Linq answered for " + photo + ", but its body is no JSON: invalid character " +
				"'<' looking for beginning of value.\n\nThe answer is a web page, not an API's. " +
				forLinqURL + "\n\nStatus: 200 OK\nTrace ID: ID",
		},
		"linq error as web page": {
			fault:   mockapi.Respond(http.StatusNotAcceptable, "<html>", "Content-Type", "text/html"),
			summary: "Unable to Read Linq Attachment",
			detail: "Linq refused to give " + photo + ".\n\nRunning again won't help. What was sent is " +
				"made of the arguments of the block and the settings of the provider. The answer is " +
				"a web page, not an API's. " + forLinqURL +
				"\n\nStatus: 406 Not Acceptable\nTrace ID: ID",
		},
		"linq without an id": {
			fault:   mockapi.Respond(http.StatusOK, "{}"),
			summary: "Unable to Read Linq Attachment",
			detail: "Linq answered for " + photo + `, but it has no "id".` + "\n\nThis isn't what " +
				"Linq documents. " + forLinqURL + "\n\nStatus: 200 OK\nTrace ID: ID",
		},
		"linq redirect": {
			fault: mockapi.Respond(http.StatusFound, "", "Location",
				"https://login.example.com/?token=s3cr3t"),
			summary: "Unable to Read Linq Attachment",
			detail: "Linq answered for " + photo + ` with a redirect to "login.example.com", which ` +
				"isn't followed: the credential would go there.\n\n" + forLinqURL +
				"\n\nStatus: 302 Found\nTrace ID: ID",
		},
		"linq connection lost": {
			fault:   mockapi.Drop,
			times:   5,
			summary: "Unable to Read Linq Attachment",
			detail: "Linq gave no answer for " + photo + ": the connection was closed before the " +
				"answer was complete.\n\nLook at the network and its proxy (HTTPS_PROXY). " +
				forLinqURL + "\n\nThis was the outcome of 5 attempts, the most that max_retries " +
				"of the provider allows.",
		},
		"wix 401": {
			typeName: wixContactAttachmentType,
			env:      map[string]string{"WIX_API_KEY": "wrong"},
			summary:  "Unable to Read Wix Contact Attachment",
			detail: "Wix refused the credential from WIX_API_KEY when asked for " + image + ".\n\n" +
				"Set a valid credential: one of wix.api_key, wix.access_token and wix.app in the " +
				"provider configuration, or WIX_API_KEY, or WIX_ACCESS_TOKEN, or WIX_APP_ID with " +
				"WIX_APP_SECRET and WIX_APP_INSTANCE_ID in the environment. An API key goes without " +
				"\"Bearer\", and an access token ends after some hours. It must have the " +
				"permission " + wixScope + "\n\nStatus: 401 Unauthorized\nRequest ID: ID",
		},
		"wix 403": {
			typeName: wixContactAttachmentType,
			env:      map[string]string{"WIX_SITE_ID": "another"},
			summary:  "Unable to Read Wix Contact Attachment",
			detail: "Wix refused to give " + image + ".\n\n" + otherSite +
				"\n\nStatus: 403 Forbidden\nCode: FORBIDDEN\nMessage: Permission denied\n" +
				"Request ID: ID",
		},
		"wix 428": {
			typeName: wixContactAttachmentType,
			env:      map[string]string{"WIX_SITE_ID": ""},
			summary:  "Unable to Read Wix Contact Attachment",
			detail: "Wix refused to give " + image + ".\n\n" + noSite +
				"\n\nStatus: 428 Precondition Required\nCode: MISSING_METASITE_ID\n" +
				"Message: No metasite id in the request\nRequest ID: ID",
		},
		"wix 404": {
			typeName: wixContactAttachmentType,
			fault:    mockapi.Error(http.StatusNotFound, "ATTACHMENT_NOT_FOUND", "Attachment not found"),
			summary:  "Wix Contact Attachment Not Found",
			detail: "Wix has no " + image + ".\n\nLook at the ids, and at the site: the contacts of " +
				"another site answer in the same way.\n\n" +
				"Status: 404 Not Found\nCode: ATTACHMENT_NOT_FOUND\nMessage: Attachment not found\n" +
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
			result := read(t, env, nil, typeName, block)
			if len(result.problems) != 1 {
				t.Fatalf("got %v", result.problems)
			}
			got := result.problems[0]
			got.Detail = madeUpID.ReplaceAllString(got.Detail, "$1 ID: ID")
			if diff := cmp.Diff(problem{test.summary, test.detail, ""}, got); diff != "" {
				t.Error(diff)
			}
			if want := max(test.times, 1); len(api.Requests()) != want {
				t.Errorf("%d requests, want %d", len(api.Requests()), want)
			}
		})
	}
}

var madeUpID = regexp.MustCompile(`(Trace|Request) ID: [0-9a-f.]{16,}`)

func TestReadDiagnosticWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	api.Fail("", mockapi.Stall)
	block := maps.Clone(readPhoto)
	block["timeouts"] = values{"read": "50ms"}
	result := read(t, api.env(), nil, linqAttachmentType, block)
	want := []problem{{
		"Unable to Read Linq Attachment",
		"Linq gave no answer for " + photo + " in time.\n\nThe read's time limit of 50ms ran out " +
			"after 1 attempt. Raise timeouts.read of the block.",
		"",
	}}
	if diff := cmp.Diff(want, result.problems); diff != "" {
		t.Error(diff)
	}
}

func TestReadDiagnosticOfAFailedAttachment(t *testing.T) {
	t.Parallel()
	block := values{"attachment_id": mockapi.LinqFailed, "wait_until_ready": true}
	result := read(t, newMock(t).env(), nil, linqAttachmentType, block)
	if len(result.problems) != 1 {
		t.Fatalf("got %v", result.problems)
	}
	got := result.problems[0]
	got.Detail = madeUpID.ReplaceAllString(got.Detail, "$1 ID: ID")
	want := problem{
		"Linq Attachment Failed",
		"Linq couldn't process attachment " + mockapi.LinqFailed + ": its status is failed, and there " +
			"will be no URL.\n\nSend or upload the file again. Without wait_until_ready of the block, " +
			"what is known of it can still be read.\n\nStatus: 200 OK\nTrace ID: ID",
		"",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestReadDiagnosticOfAWaitThatLastsTooLong has an attachment that stays pending.
func TestReadDiagnosticOfAWaitThatLastsTooLong(t *testing.T) {
	t.Parallel()
	block := values{
		"attachment_id": mockapi.LinqPending, "wait_until_ready": true,
		"timeouts": values{"read": "500ms"},
	}
	result := read(t, newMock(t).env(), nil, linqAttachmentType, block)
	if len(result.problems) != 1 || result.problems[0].Summary != "Linq Attachment Not Ready" ||
		!strings.Contains(result.problems[0].Detail, "yet.\n\nAfter 1 attempt, the next would have "+
			"had to wait for 1s, which is more than the read's time limit of 500ms leaves. Raise "+
			"timeouts.read of the block.") {
		t.Errorf("got %v", result.problems)
	}
}

func TestReadDiagnosticOfAnUntrustedCertificate(t *testing.T) {
	t.Parallel()
	server := newTLSMock(t)
	env := server.env()
	result := read(t, env, nil, linqAttachmentType, readPhoto)
	if len(result.problems) != 1 || !strings.Contains(result.problems[0].Detail,
		"Where a proxy answers with a certificate of its own, set ca_cert_pem of the provider") {
		t.Errorf("without the certificate: %v", result.problems)
	}
	result = read(t, env, values{"ca_cert_pem": server.certificate}, linqAttachmentType, readPhoto)
	if len(result.problems) > 0 {
		t.Errorf("with the certificate: %v", result.problems)
	}
}
