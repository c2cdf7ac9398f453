package provider

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	acc "github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/mockapi"
)

// requireEngine skips the test where the engine lacks what came with these versions of Terraform
// and OpenTofu.
func requireEngine(t *testing.T, what, terraform, openTofu string) {
	t.Helper()
	if !testEngine.AtLeast(terraform, openTofu) {
		t.Skipf("%s has no %s", testEngine, what)
	}
}

// echoed is a configuration whose ephemeral value ends up in the state of an echo resource.
func echoed(localName, block, value string) string {
	return `terraform {
  required_providers {
    ` + localName + ` = {
      source = "terraform-attachments/attachments"
    }
    echo = {
      source = "terraform-attachments/echo"
    }
  }
}
` + block + `
provider "echo" {
  data = ` + value + `
}

resource "echo" "it" {}
`
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestAccEphemeralLinqAttachment(t *testing.T) {
	t.Parallel()
	requireEngine(t, "ephemeral resources", "1.10", "1.11")
	api := newMock(t)
	servers := maps.Clone(serveProvider(api.env()))
	servers["echo"] = echoprovider.NewProviderServer()
	want := map[string]knownvalue.Check{
		"attachment_id":    knownvalue.StringExact(mockapi.LinqVideo),
		"wait_until_ready": knownvalue.Null(),
		"timeouts": knownvalue.ObjectExact(map[string]knownvalue.Check{
			"open": knownvalue.StringExact("1m"),
		}),
		"id":           knownvalue.StringExact(mockapi.LinqVideo),
		"filename":     knownvalue.StringExact("walkthrough.mov"),
		"content_type": knownvalue.StringExact("video/quicktime"),
		"size_bytes":   knownvalue.Int64Exact(5368709120),
		"status":       knownvalue.StringExact("complete"),
		"download_url": knownvalue.StringExact("https://cdn.linqapp.com/attachments/" +
			mockapi.LinqVideo + "/walkthrough.mov"),
		"created_at": knownvalue.StringExact("2025-11-02T08:00:00.5Z"),
	}
	acc.UnitTest(t, acc.TestCase{
		ProtoV6ProviderFactories: servers,
		Steps: []acc.TestStep{{
			Config: echoed("linq", `
ephemeral "linq_attachment" "a" {
  attachment_id = "`+mockapi.LinqVideo+`"
  timeouts = {
    open = "1m"
  }
}
`, "ephemeral.linq_attachment.a"),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(
				"echo.it", tfjsonpath.New("data"), knownvalue.ObjectExact(want))},
		}},
	})
}

func TestAccEphemeralWixContactAttachment(t *testing.T) {
	t.Parallel()
	requireEngine(t, "ephemeral resources", "1.10", "1.11")
	api := newMock(t)
	servers := maps.Clone(serveProvider(api.env()))
	servers["echo"] = echoprovider.NewProviderServer()
	const url = "https://video.wixstatic.com/video/11062b_tour.mp4"
	want := map[string]knownvalue.Check{
		"contact_id":      knownvalue.StringExact(mockapi.WixContact),
		"attachment_id":   knownvalue.StringExact(mockapi.WixVideo),
		"site_id":         knownvalue.Null(),
		"timeouts":        knownvalue.Null(),
		"id":              knownvalue.StringExact(mockapi.WixVideo),
		"file_name":       knownvalue.StringExact("tour.mp4"),
		"mime_type":       knownvalue.StringExact("video/mp4"),
		"attachment_type": knownvalue.StringExact("OTHER"),
		"image":           knownvalue.Null(),
		"preview_image":   knownvalue.Null(),
		"document": knownvalue.ObjectExact(map[string]knownvalue.Check{
			"id":                  knownvalue.StringExact("11062b_tour.mp4"),
			"url":                 knownvalue.StringExact(url),
			"url_expiration_date": knownvalue.Null(),
		}),
		"download_url":                 knownvalue.StringExact(url),
		"download_url_expiration_date": knownvalue.Null(),
	}
	acc.UnitTest(t, acc.TestCase{
		ProtoV6ProviderFactories: servers,
		Steps: []acc.TestStep{{
			Config: echoed("wix", `
ephemeral "wix_contact_attachment" "a" {
  contact_id    = "`+mockapi.WixContact+`"
  attachment_id = "`+mockapi.WixVideo+`"
}
`, "ephemeral.wix_contact_attachment.a"),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(
				"echo.it", tfjsonpath.New("data"), knownvalue.ObjectExact(want))},
		}},
	})
}

func TestAccEphemeralErrors(t *testing.T) {
	t.Parallel()
	requireEngine(t, "ephemeral resources", "1.10", "1.11")
	for name, test := range map[string]struct {
		block, value, summary, detail string
	}{
		"linq, not found": {
			`ephemeral "linq_attachment" "a" {
  attachment_id = "` + mockapi.WixImage + `"
}`,
			"ephemeral.linq_attachment.a", "Linq Attachment Not Found",
			"Linq has no attachment " + mockapi.WixImage + ".",
		},
		"linq, wrong id": {
			`ephemeral "linq_attachment" "a" {
  attachment_id = "x"
}`,
			"ephemeral.linq_attachment.a", "Invalid Linq Attachment ID",
			"attachment_id must be a GUID (UUID),",
		},
		"linq, no time": {
			`ephemeral "linq_attachment" "a" {
  attachment_id = "` + mockapi.LinqPhoto + `"
  timeouts = {
    open = "-1s"
  }
}`,
			"ephemeral.linq_attachment.a", "Invalid Time Limit",
			"timeouts.open must be more than zero.",
		},
		"wix, not found": {
			`ephemeral "wix_contact_attachment" "a" {
  provider      = linq
  contact_id    = "` + mockapi.WixContact + `"
  attachment_id = "` + mockapi.LinqPhoto + `"
}`,
			"ephemeral.wix_contact_attachment.a", "Wix Contact Attachment Not Found",
			"Wix has no attachment " + mockapi.LinqPhoto + " of contact " + mockapi.WixContact + ".",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			servers := maps.Clone(serveProvider(newMock(t).env()))
			servers["echo"] = echoprovider.NewProviderServer()
			acc.UnitTest(t, acc.TestCase{
				ProtoV6ProviderFactories: servers,
				Steps: []acc.TestStep{{
					Config:      echoed("linq", test.block, test.value),
					ExpectError: diagnostic(test.summary, test.detail),
				}},
			})
		})
	}
}

// TestAccEphemeralURLsAreWrittenNowhere passes signed URLs into a provisioner's environment, and
// searches all that the run leaves behind at TF_LOG=TRACE for the signatures.
func TestAccEphemeralURLsAreWrittenNowhere(t *testing.T) {
	t.Parallel()
	requireEngine(t, "ephemeral resources", "1.10", "1.11")
	env := newMock(t).env()
	out := t.TempDir()
	env["OUT"] = out
	env["TF_LOG"] = "TRACE"
	w := newWorkspace(t, fstest.MapFS{"main.tf": {Data: []byte(under("attachments", `
ephemeral "linq_attachment" "signed" {
  provider      = attachments
  attachment_id = "`+mockapi.LinqSigned+`"
}

ephemeral "wix_contact_attachment" "signed" {
  provider      = attachments
  contact_id    = "`+mockapi.WixContact+`"
  attachment_id = "`+mockapi.WixPDF+`"
}

resource "terraform_data" "copy" {
  provisioner "local-exec" {
    interpreter = ["sh", "-c"]
    command     = "printf '%s\n%s\n' \"$LINQ\" \"$WIX\" > \"$OUT/urls\""
    environment = {
      LINQ = ephemeral.linq_attachment.signed.download_url
      WIX  = ephemeral.wix_contact_attachment.signed.download_url
    }
  }
}
`))}}, env)
	w.mustRun(t, "init")
	printed := w.mustRun(t, "plan", "-no-color", "-out=saved.tfplan")
	plan := unzip(t, filepath.Join(w.folder, "saved.tfplan"))
	printed += w.mustRun(t, "apply", "-no-color", "saved.tfplan")

	urls := strings.Fields(readFile(t, filepath.Join(out, "urls")))
	if len(urls) != 2 {
		t.Fatalf("the provisioner got %v", urls)
	}
	for _, url := range urls {
		signature := url[len(url)-32:]
		if strings.Contains(printed, signature) || strings.Contains(plan, signature) ||
			len(w.contains(t, signature)) > 0 {
			t.Errorf("%s was written", url)
		}
	}
	// Not even its unsigned part, which no other answer could have.
	for _, part := range []string{"cdn.linqapp.com/ephemeral", "download-files.wixmp.com"} {
		if strings.Contains(plan, part) || len(w.contains(t, part)) > 0 {
			t.Errorf("%s is in plan or state", part)
		}
	}
}

// vault is a provider with one resource, which takes a URL as a write-only argument and tells only
// whether it got one.
type vault struct{ received *string }

func (*vault) Metadata(
	_ context.Context, _ frameworkprovider.MetadataRequest, resp *frameworkprovider.MetadataResponse,
) {
	resp.TypeName = "vault"
}

func (*vault) Schema(
	context.Context, frameworkprovider.SchemaRequest, *frameworkprovider.SchemaResponse,
) {
}

func (*vault) Configure(
	context.Context, frameworkprovider.ConfigureRequest, *frameworkprovider.ConfigureResponse,
) {
}

func (*vault) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (v *vault) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return &vaultFile{v.received} }}
}

type vaultFile struct{ received *string }

type vaultFileModel struct {
	URL  types.String `tfsdk:"url_wo"`
	Kept types.Bool   `tfsdk:"kept"`
}

func (*vaultFile) Metadata(
	_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse,
) {
	resp.TypeName = "vault_file"
}

func (*vaultFile) Schema(
	_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse,
) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"url_wo": schema.StringAttribute{Required: true, WriteOnly: true},
		"kept":   schema.BoolAttribute{Computed: true},
	}}
}

func (f *vaultFile) Create(
	ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse,
) {
	var model vaultFileModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	*f.received = model.URL.ValueString()
	resp.Diagnostics.Append(resp.State.Set(ctx, &vaultFileModel{Kept: types.BoolValue(true)})...)
}

func (*vaultFile) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (*vaultFile) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}

func (*vaultFile) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

func TestAccEphemeralURLIntoAWriteOnlyArgument(t *testing.T) {
	t.Parallel()
	requireEngine(t, "write-only arguments", "1.11", "1.11")
	var received string
	servers := maps.Clone(serveProvider(newMock(t).env()))
	servers["vault"] = func() (tfprotov6.ProviderServer, error) {
		return providerserver.NewProtocol6(&vault{&received})(), nil
	}
	acc.UnitTest(t, acc.TestCase{
		ProtoV6ProviderFactories: servers,
		Steps: []acc.TestStep{{
			Config: `terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
    vault = {
      source = "terraform-attachments/vault"
    }
  }
}

ephemeral "linq_attachment" "signed" {
  attachment_id = "` + mockapi.LinqSigned + `"
}

resource "vault_file" "a" {
  url_wo = ephemeral.linq_attachment.signed.download_url
}
`,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("vault_file.a", tfjsonpath.New("kept"), knownvalue.Bool(true)),
				statecheck.ExpectKnownValue("vault_file.a", tfjsonpath.New("url_wo"), knownvalue.Null()),
			},
		}},
	})
	if !strings.Contains(received, "X-Amz-Signature=") {
		t.Errorf("it got %q", received)
	}
}
