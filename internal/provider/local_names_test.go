package provider

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/mockapi"
)

// TestAccLocalNames has each local name of the provider with blocks of both APIs.
func TestAccLocalNames(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		localName, linq, wix string
	}{
		"attachments": {"attachments", "provider = attachments", "provider = attachments"},
		"wix":         {"wix", "provider = wix", ""},
		"linq":        {"linq", "", "provider = linq"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := newMock(t)
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: serveProvider(nil),
				Steps: []resource.TestStep{{
					Config: under(test.localName, `
provider "`+test.localName+`" {
  linq = {
    api_key  = "`+mockapi.DefaultLinqAPIKey+`"
    base_url = "`+api.url+mockapi.LinqPath+`"
  }
  wix = {
    api_key  = "`+mockapi.DefaultWixAPIKey+`"
    site_id  = "`+mockapi.DefaultWixSiteID+`"
    base_url = "`+api.url+`"
  }
}

data "linq_attachment" "a" {
  `+test.linq+`
  attachment_id = "`+mockapi.LinqPhoto+`"
}

data "wix_contact_attachment" "a" {
  `+test.wix+`
  contact_id    = "`+mockapi.WixContact+`"
  attachment_id = "`+mockapi.WixImage+`"
}
`),
					ConfigStateChecks: []statecheck.StateCheck{
						statecheck.ExpectKnownValue("data.linq_attachment.a",
							tfjsonpath.New("filename"), knownvalue.StringExact("photo.jpg")),
						statecheck.ExpectKnownValue("data.wix_contact_attachment.a",
							tfjsonpath.New("file_name"), knownvalue.StringExact("a.png")),
					},
				}},
			})
		})
	}
}

// TestAccForgottenProviderArgument has the engines' own words for a block that doesn't say which
// provider it belongs to.
func TestAccForgottenProviderArgument(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, fstest.MapFS{"main.tf": {Data: []byte(under("attachments", `
data "linq_attachment" "a" {
  attachment_id = "`+mockapi.LinqPhoto+`"
}
`))}}, nil)
	const want = "Error: Failed to query available provider packages"
	output, err := w.run(t, "init", "-no-color")
	if err == nil || !strings.Contains(output, want) || !strings.Contains(output, "hashicorp/linq") {
		t.Errorf("got %v\n%s", err, output)
	}
}

// TestAccTwoLocalNames has the trap that the diagnostic of missing credentials names.
func TestAccTwoLocalNames(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	w := newWorkspace(t, fstest.MapFS{"main.tf": {Data: []byte(`
terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
    wix = {
      source = "terraform-attachments/attachments"
    }
  }
}

provider "linq" {
  linq = {
    api_key = "` + mockapi.DefaultLinqAPIKey + `"
  }
}

provider "wix" {
  wix = {
    api_key = "` + mockapi.DefaultWixAPIKey + `"
  }
}

data "linq_attachment" "a" {
  attachment_id = "` + mockapi.LinqPhoto + `"
}

data "wix_contact_attachment" "a" {
  contact_id    = "` + mockapi.WixContact + `"
  attachment_id = "` + mockapi.WixImage + `"
}
`)}}, map[string]string{
		"LINQ_API_V3_BASE_URL": api.url + mockapi.LinqPath,
		"WIX_BASE_URL":         api.url,
		"WIX_SITE_ID":          mockapi.DefaultWixSiteID,
	})
	w.mustRun(t, "init", "-no-color")
	output, err := w.run(t, "plan", "-no-color")
	lost := regexp.MustCompile(`Error: Missing (Linq|Wix) Credentials`)
	if err == nil || len(lost.FindAllString(output, -1)) != 1 ||
		!strings.Contains(strings.Join(strings.Fields(output), " "), "where two local names") {
		t.Errorf("got %v\n%s", err, output)
	}
}

// TestAccAliases reads from two accounts of Linq in one run.
func TestAccAliases(t *testing.T) {
	t.Parallel()
	first, second := newMock(t), newMock(t)
	second.PutLinq(`{"id":"` + mockapi.LinqPhoto + `","filename":"second.jpg"}`)
	w := newWorkspace(t, fstest.MapFS{"main.tf": {Data: []byte(under("linq", `
provider "linq" {
  alias = "second"
  linq = {
    base_url = "`+second.url+mockapi.LinqPath+`"
  }
}

data "linq_attachment" "first" {
  attachment_id = "`+mockapi.LinqPhoto+`"
}

data "linq_attachment" "second" {
  provider      = linq.second
  attachment_id = "`+mockapi.LinqPhoto+`"
}

output "filenames" {
  value = [data.linq_attachment.first.filename, data.linq_attachment.second.filename]
}
`))}}, first.env())
	w.mustRun(t, "init", "-no-color")
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	want := []any{"photo.jpg", "second.jpg"}
	if got := w.outputs(t)["filenames"]; !cmp.Equal(got, any(want)) {
		t.Errorf("got %v", got)
	}
}

func TestAccTwoHundredReadsShareConnections(t *testing.T) {
	t.Parallel()
	const reads, parallelism = 200, 10 // the latter is the engines' default
	api := newMock(t)
	api.putMany(reads)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: serveProvider(api.env()),
		Steps: []resource.TestStep{{
			Config: under("linq", `data "linq_attachment" "a" {
  count         = `+strconv.Itoa(reads)+`
  attachment_id = format("00000000-0000-4000-8000-%012d", count.index)
}
`),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(
				"data.linq_attachment.a["+strconv.Itoa(reads-1)+"]",
				tfjsonpath.New("filename"), knownvalue.StringExact("199.jpg"))},
		}},
	})
	requests, connections := len(api.Requests()), api.connections.Load()
	t.Logf("%d requests over %d connections", requests, connections)
	if requests < reads {
		t.Errorf("only %d requests", requests)
	}
	// An engine configures the provider anew for each of its commands, which makes a new pool.
	if commands := int64(requests / reads); connections > commands*parallelism {
		t.Errorf("%d connections for %d commands", connections, commands)
	}
}
