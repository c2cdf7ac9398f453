package provider

import (
	"strconv"
	"testing"

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

// TestAccForgottenProviderArgument has the engine's own words for what is asked most often.
func TestAccForgottenProviderArgument(t *testing.T) {
	t.Parallel()
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: serveProvider(nil),
		Steps: []resource.TestStep{{
			Config: under("attachments", `data "linq_attachment" "a" {
  attachment_id = "`+mockapi.LinqPhoto+`"
}
`),
			ExpectError: diagnostic("Inconsistent dependency lock file",
				"- provider "+testEngine.Host+"/hashicorp/linq: required by this configuration but no "+
					"version is selected"),
		}},
	})
}

func TestAccTwoHundredReadsShareConnections(t *testing.T) {
	t.Parallel()
	const reads, parallelism = 200, 10 // the latter is the engines' default
	api := newMock(t)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: serveProvider(api.env()),
		Steps: []resource.TestStep{{
			Config: under("linq", `data "linq_attachment" "a" {
  count         = `+strconv.Itoa(reads)+`
  attachment_id = "`+mockapi.LinqPhoto+`"
}
`),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(
				"data.linq_attachment.a["+strconv.Itoa(reads-1)+"]",
				tfjsonpath.New("filename"), knownvalue.StringExact("photo.jpg"))},
		}},
	})
	requests, connections := len(api.Requests()), api.connections.Load()
	t.Logf("%d requests over %d connections", requests, connections)
	if requests < reads {
		t.Errorf("only %d requests", requests)
	}
	// An engine starts the provider anew for each of its commands, and so the pool.
	if commands := int64(requests / reads); connections > commands*parallelism {
		t.Errorf("%d connections for %d commands", connections, commands)
	}
}
