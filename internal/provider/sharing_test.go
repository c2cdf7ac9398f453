package provider

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/mockapi"
)

// TestAccHundredBlocksOfOneAttachment sees one request, and one URL although each read would have
// another.
func TestAccHundredBlocksOfOneAttachment(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	w := newWorkspace(t, fstest.MapFS{"main.tf": {Data: []byte(under("linq", `
data "linq_attachment" "signed" {
  count         = 100
  attachment_id = "`+mockapi.LinqSigned+`"
}

output "urls" {
  value     = length(toset(data.linq_attachment.signed[*].download_url))
  sensitive = true
}
`))}}, api.env())
	w.mustRun(t, "init")
	w.mustRun(t, "apply", "-auto-approve")
	requests, urls := len(api.Requests()), w.outputs(t)["urls"]
	t.Logf("100 blocks of one attachment: %d requests, %v URLs", requests, urls)
	if requests != 1 || urls != 1.0 {
		t.Errorf("%d requests, %v URLs", requests, urls)
	}
}

// TestAccEphemeralOpensAreNotShared has two blocks of one attachment.
func TestAccEphemeralOpensAreNotShared(t *testing.T) {
	t.Parallel()
	requireEngine(t, "ephemeral resources", "1.10", "1.11")
	api := newMock(t)
	w := newWorkspace(t, fstest.MapFS{"main.tf": {Data: []byte(under("linq", `
ephemeral "linq_attachment" "signed" {
  count         = 2
  attachment_id = "`+mockapi.LinqSigned+`"
}
`))}}, api.env())
	w.mustRun(t, "init")
	w.mustRun(t, "plan")
	if n := len(api.Requests()); n != 2 {
		t.Errorf("%d requests", n)
	}
}

// TestAccManySitesAndAccounts reads from two sites of Wix and two accounts of Linq in one run.
func TestAccManySitesAndAccounts(t *testing.T) {
	t.Parallel()
	first := newMock(t)
	second := serveMock(t, mockapi.Config{ //nolint:gosec // these are made up
		LinqAPIKey: "second-linq-key", WixAPIKey: "second-wix-key", WixSiteID: "second-site",
	})
	second.PutLinq(`{"id":"` + mockapi.LinqPhoto + `","filename":"second.jpg"}`)
	second.PutWix(mockapi.WixEmptyContact, `{"id":"`+mockapi.WixImage+`","fileName":"second.png"}`)
	w := newWorkspace(t, fstest.MapFS{"main.tf": {Data: []byte(under("attachments", `
provider "attachments" {}

provider "attachments" {
  alias = "second"
  linq = {
    api_key  = "second-linq-key"
    base_url = "`+second.url+mockapi.LinqPath+`"
  }
  wix = {
    api_key  = "second-wix-key"
    base_url = "`+second.url+`"
  }
}

data "linq_attachment" "first" {
  provider      = attachments
  attachment_id = "`+mockapi.LinqPhoto+`"
}

data "linq_attachment" "second" {
  provider      = attachments.second
  attachment_id = "`+mockapi.LinqPhoto+`"
}

data "wix_contact_attachment" "first" {
  provider      = attachments
  contact_id    = "`+mockapi.WixContact+`"
  attachment_id = "`+mockapi.WixImage+`"
}

data "wix_contact_attachment" "second" {
  provider      = attachments.second
  site_id       = "second-site"
  contact_id    = "`+mockapi.WixEmptyContact+`"
  attachment_id = "`+mockapi.WixImage+`"
}

output "names" {
  value = [
    data.linq_attachment.first.filename,
    data.linq_attachment.second.filename,
    data.wix_contact_attachment.first.file_name,
    data.wix_contact_attachment.second.file_name,
  ]
}
`))}}, first.env())
	w.mustRun(t, "init")
	w.mustRun(t, "apply", "-auto-approve")
	want := []any{"photo.jpg", "second.jpg", "a.png", "second.png"}
	if diff := cmp.Diff(any(want), w.outputs(t)["names"]); diff != "" {
		t.Error(diff)
	}
}

// TestAccWaitUntilReady waits for an attachment that is ready at the third read, and tells of it at
// TF_LOG_PROVIDER=INFO.
func TestAccWaitUntilReady(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	api.Fail(mockapi.LinqPhoto, mockapi.Error(404, "2007", "Not ready"),
		mockapi.Respond(200, `{"id":"`+mockapi.LinqPhoto+`","status":"pending"}`))
	env := api.env()
	env["TF_LOG_PROVIDER"] = "INFO"
	w := newWorkspace(t, fstest.MapFS{"main.tf": {Data: []byte(under("linq", `
provider "linq" {
  max_retries = 0
}

data "linq_attachment" "a" {
  attachment_id    = "`+mockapi.LinqPhoto+`"
  wait_until_ready = true
}

output "status" {
  value = data.linq_attachment.a.status
}
`))}}, env)
	w.mustRun(t, "init")
	printed := w.mustRun(t, "apply", "-no-color", "-auto-approve")
	if got := w.outputs(t)["status"]; got != "complete" {
		t.Errorf("got %v", got)
	}
	if n := strings.Count(printed, "Waiting until it is ready"); n != 2 {
		t.Errorf("told %d times:\n%s", n, printed)
	}
	if n := len(api.Requests()); n != 3 {
		t.Errorf("%d requests", n)
	}
}
