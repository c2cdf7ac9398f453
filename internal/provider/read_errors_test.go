package provider

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

func TestReadDiagnosticOfAnUntrustedCertificate(t *testing.T) {
	t.Parallel()
	server := newTLSMock(t)
	env := server.env()
	result := read(t, env, nil, linqAttachment.typeName, readPhoto)
	if len(result.problems) != 1 || !strings.Contains(result.problems[0].Detail,
		"If a proxy uses its own certificate, set ca_cert_pem") {
		t.Errorf("without the certificate: %v", result.problems)
	}
	result = read(t, env, values{"ca_cert_pem": server.certificate},
		linqAttachment.typeName, readPhoto)
	if len(result.problems) > 0 {
		t.Errorf("with the certificate: %v", result.problems)
	}
}

func TestLinqAttachmentsReportsErrorsThatOccurTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := &mockapi.SlowTransport{Handler: http.HandlerFunc(mockapi.Status(http.StatusForbidden))}
		result := serveSlow(t, api).readOnly(t, linqAttachments.typeName,
			values{"attachment_ids": []any{mockapi.LinqPhoto, mockapi.LinqPDF}})
		var got []string
		for _, p := range result.problems {
			what, _, _ := strings.Cut(p.Detail, "\n")
			got = append(got, what)
		}
		slices.Sort(got)
		want := []string{
			"Linq denied access to " + photo + ".",
			"Linq denied access to attachment " + mockapi.LinqPDF + ".",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// TestAccErrorsReachTheUser has an error of each form, as Terraform prints it.
func TestAccErrorsReachTheUser(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		needs           feature
		block           string
		summary, detail string
	}{
		"of a read": {
			block: `data "linq_attachment" "a" {
  attachment_id = "` + mockapi.WixImage + `"
}`,
			summary: "Linq Attachment Not Found",
			detail: "Linq didn't find attachment " + mockapi.WixImage + ". " + otherAccount +
				" Status: 404 Not Found Code: 2001",
		},
		"of an ephemeral resource": {
			needs: ephemeralResources,
			block: `ephemeral "linq_attachment" "a" {
  attachment_id = "` + mockapi.WixImage + `"
}`,
			summary: "Linq Attachment Not Found",
			detail:  "Linq didn't find attachment " + mockapi.WixImage + ".",
		},
		"of an argument": {
			block: `data "linq_attachments" "a" {
  attachment_ids = ["` + mockapi.LinqPhoto + `", null]
}`,
			summary: "Invalid Linq Attachment ID",
			detail:  "attachment_ids[1] is null. Remove it, for example with compact().",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.needs.name != "" {
				requireEngine(t, test.needs.name, test.needs.terraform, test.needs.openTofu)
			}
			expectError(t, newMock(t).env(), under("linq", test.block), test.summary, test.detail)
		})
	}
}
