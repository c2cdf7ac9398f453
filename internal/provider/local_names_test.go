package provider

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// TestAccLocalNames has each local name of the provider with blocks of all APIs.
func TestAccLocalNames(t *testing.T) {
	t.Parallel()
	for _, localName := range []string{"attachments", "wix", "linq"} {
		t.Run(localName, func(t *testing.T) {
			t.Parallel()
			resource.UnitTest(t, resource.TestCase{
				Steps: []resource.TestStep{{
					ProtoV6ProviderFactories: serveProvider(nil),
					ConfigDirectory:          config.TestNameDirectory(),
					ConfigVariables: config.Variables{
						"url": config.StringVariable(newMock(t).url),
					},
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

// TestAccInitReportsAForgottenProviderArgument checks Terraform's error for a block without a
// provider argument.
func TestAccInitReportsAForgottenProviderArgument(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, fixture(t), nil)
	const want = "Error: Failed to query available provider packages"
	output, err := w.run(t, "init", "-no-color")
	if err == nil || !strings.Contains(output, want) || !strings.Contains(output, "hashicorp/linq") {
		t.Errorf("got %v\n%s", err, output)
	}
}

// TestAccTwoLocalNamesLoseOneConfiguration checks the pitfall in the advice about missing
// credentials.
func TestAccTwoLocalNamesLoseOneConfiguration(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	w := newWorkspace(t, fixture(t), map[string]string{
		"LINQ_API_V3_BASE_URL": api.url + mockapi.LinqPath,
		"WIX_BASE_URL":         api.url,
		"WIX_SITE_ID":          mockapi.DefaultWixSiteID,
	})
	w.mustRun(t, "init", "-no-color")
	output, err := w.run(t, "plan", "-no-color")
	lost := regexp.MustCompile(`Error: Missing (Linq|Wix) Credentials`)
	if err == nil || strings.Count(output, "Error: ") != 1 || !lost.MatchString(output) ||
		!strings.Contains(strings.Join(strings.Fields(output), " "), "Duplicate required provider") {
		t.Errorf("got %v\n%s", err, output)
	}
}

// TestAccAliasesReadFromTwoSitesAndAccounts reads from two Wix sites and two Linq accounts in one
// run. It runs the real binary: in plugin-testing's process, the second configuration of a provider
// would replace the first.
func TestAccAliasesReadFromTwoSitesAndAccounts(t *testing.T) {
	t.Parallel()
	first := newMock(t)
	second := serveMock(t, mockapi.Config{ //nolint:gosec // these are made up
		LinqAPIKey: "second-linq-key", WixAPIKey: "second-wix-key",
		WixSiteID: "2f6c1a90-7b3e-4c58-8d14-e90b5a7c3f62",
	})
	second.PutLinq(`{"id":"` + mockapi.LinqPhoto + `","filename":"second.jpg"}`)
	second.PutWix(mockapi.WixEmptyContact, `{"id":"`+mockapi.WixImage+`","fileName":"second.png"}`)
	env := first.env()
	env["TF_VAR_second_url"] = second.url
	w := newWorkspace(t, fixture(t), env)
	w.mustRun(t, "init")
	w.mustRun(t, "apply", "-auto-approve")
	want := []any{"photo.jpg", "second.jpg", "a.png", "second.png"}
	if diff := cmp.Diff(any(want), w.outputs(t)["names"]); diff != "" {
		t.Error(diff)
	}
}
