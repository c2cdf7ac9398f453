package provider

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

func TestReadDiagnosticOfAFailedAttachment(t *testing.T) {
	t.Parallel()
	block := values{"attachment_id": mockapi.LinqFailed, "wait_until_ready": true}
	result := read(t, newMock(t).env(), nil, linqAttachment.typeName, block)
	expectProblem(t, result, problem{
		"Linq Attachment Failed",
		"Linq couldn't process attachment " + mockapi.LinqFailed + ": its status is failed, and it " +
			"will never have a download URL.\n\nSend or upload the file again. To read only the " +
			"metadata, remove wait_until_ready.\n\nStatus: 200 OK\nTrace ID: ID",
		"",
	})
}

// TestReadDiagnosticOfAWaitThatLastsTooLong requires that the diagnostic says what was missing.
func TestReadDiagnosticOfAWaitThatLastsTooLong(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		typeName string // linq_attachment by default
		block    values
		fault    mockapi.Fault
		want     problem
		more     string // advice
	}{
		"a status and a URL": {
			block: values{"attachment_id": mockapi.LinqPending},
			want: problem{"Linq Attachment Not Ready", "Linq hasn't finished processing attachment " +
				mockapi.LinqPending + `: in the last response, its "status" is "pending" and it has no ` +
				`"download_url".`, ""},
		},
		"a URL": {
			block: readPhoto,
			fault: mockapi.Respond(http.StatusOK, `{"id":"`+mockapi.LinqPhoto+`","download_url":""}`),
			want: problem{"Linq Attachment Not Ready", "Linq hasn't finished processing " + photo +
				`: in the last response, it has no "download_url".`, ""},
		},
		"all": {
			block: readPhoto,
			fault: mockapi.Error(http.StatusNotFound, "2007", "Attachment not ready"),
			want: problem{
				"Linq Attachment Not Ready", "Linq hasn't finished processing " + photo + ".", "",
			},
		},
		"a URL of Wix": {
			typeName: wixContactAttachment.typeName,
			block:    with[any](readImage, "attachment_id", mockapi.WixUnknown),
			want: problem{
				"Wix Contact Attachment Not Ready", "Wix hasn't returned a download URL for attachment " +
					mockapi.WixUnknown + " of contact " + mockapi.WixContact + ".", "",
			},
			more: " A file whose attachment_type is UNKNOWN might never get a URL.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := newMock(t)
			if test.fault != nil {
				api.FailEvery(1, test.fault)
			}
			typeName, _ := readableBlock(test.typeName)
			block := with[any](test.block, "wait_until_ready", true)
			result := read(t, api.env(), nil, typeName, block)
			if len(result.problems) != 1 {
				t.Fatalf("got %v", result.problems)
			}
			got := result.problems[0]
			what, rest, _ := strings.Cut(got.Detail, "\n\n")
			rest, ok := strings.CutPrefix(rest, raiseTimeout+test.more+"\n\n")
			got.Detail = what
			if diff := cmp.Diff(test.want, got); diff != "" || !ok || !gaveUp.MatchString(rest) {
				t.Errorf("got %q: %s", rest, diff)
			}
		})
	}
}

// gaveUp is the paragraph about a wait of some minutes.
var gaveUp = regexp.MustCompile(`^Gave up after \d\d attempts: the default time limit of 5m ` +
	`\(timeout\) leaves no time for another\.`)
