package provider

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// TestAccMisspelledArgumentsAreErrors requires Terraform's own error, with the right name. It has
// none for arguments inside objects, which is why all arguments are flat.
func TestAccMisspelledArgumentsAreErrors(t *testing.T) {
	t.Parallel()
	for misspelled, test := range map[string]struct{ provider, block, right string }{
		"wix_siteid": {
			provider: `wix_siteid = "` + mockapi.DefaultWixSiteID + `"`, right: "wix_site_id",
		},
		"linq_apikey":     {provider: `linq_apikey = "k"`, right: "linq_api_key"},
		"Timeout":         {block: `Timeout = "3s"`},
		"timeouts":        {block: `timeouts = { read = "3s" }`, right: "timeout"},
		"wait_until_redy": {block: `wait_until_redy = true`, right: "wait_until_ready"},
	} {
		t.Run(misspelled, func(t *testing.T) {
			t.Parallel()
			detail := fmt.Sprintf("An argument named %q is not expected here.", misspelled)
			if test.right != "" {
				detail += fmt.Sprintf(" Did you mean %q?", test.right)
			}
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: serveProvider(newMock(t).env()),
				Steps: []resource.TestStep{{
					Config: under("linq", fmt.Sprintf(`provider "linq" {
  %s
}

data "linq_attachment" "photo" {
  attachment_id = %q
  %s
}
`, test.provider, mockapi.LinqPhoto, test.block)),
					ExpectError: diagnostic("Unsupported argument", detail),
				}},
			})
		})
	}
}
