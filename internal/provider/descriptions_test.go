package provider

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

func TestEveryAttributeHasADescription(t *testing.T) {
	t.Parallel()
	server, err := serveProvider(nil)["attachments"]()
	if err != nil {
		t.Fatal(err)
	}
	response, err := server.GetProviderSchema(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	check := func(name string, block *tfprotov6.SchemaBlock) {
		if block.Description == "" || block.DescriptionKind != tfprotov6.StringKindMarkdown {
			t.Errorf("%s has no description in Markdown", name)
		}
		checked += describe(t, name, block.Attributes)
	}
	check("attachments", response.Provider.Block)
	for name, s := range response.DataSourceSchemas {
		check(name, s.Block)
	}
	for name, s := range response.EphemeralResourceSchemas {
		check("ephemeral "+name, s.Block)
	}
	if checked < 100 {
		t.Errorf("only %d attributes were looked at", checked)
	}
}

// describe looks at attributes and those nested in them, and counts them. All have a sentence and
// the vendor's name of what they are; what is read tells when it is null and whether it changes.
func describe(t *testing.T, where string, attributes []*tfprotov6.SchemaAttribute) int {
	t.Helper()
	count := 0
	for _, attribute := range attributes {
		name, text := where+"."+attribute.Name, attribute.Description
		if !strings.HasSuffix(text, ".") ||
			attribute.DescriptionKind != tfprotov6.StringKindMarkdown {
			t.Errorf("%s has no sentence in Markdown as its description: %q", name, text)
		}
		if field := vendorField(name); field != "" && !strings.Contains(text, "`"+field+"`") {
			t.Errorf("%s doesn't name %q: %q", name, field, text)
		}
		if attribute.Computed {
			for what, word := range map[string]*regexp.Regexp{
				"when it is null":    regexp.MustCompile(`(?i)\bnull\b|\balways there\b`),
				"whether it changes": regexp.MustCompile(`\bchanges?\b`),
			} {
				if !word.MatchString(text) {
					t.Errorf("%s doesn't tell %s: %q", name, what, text)
				}
			}
		}
		count++
		if attribute.NestedType != nil {
			count += describe(t, name, attribute.NestedType.Attributes)
		}
	}
	return count
}

// vendorFields are the vendors' names of attributes that have another name here, by the beginning
// and the end of an attribute's path. The first that fits is taken.
var vendorFields = []struct{ prefix, suffix, field string }{
	{"attachments.", ".api_key", "Authorization"},
	{"attachments.", ".access_token", "Authorization"},
	{"attachments.", ".app.id", "client_id"},
	{"attachments.", ".app.secret", "client_secret"},
	{"attachments.", ".app.instance_id", "instance_id"},
	{"", ".site_id", "wix-site-id"},
	{"attachments.", "", ""},

	{"", ".timeouts", ""},
	{"", ".read", ""},
	{"", ".open", ""},
	{"linq_", ".wait_until_ready", ""},
	{"linq_", ".missing_ids", ""},
	{"linq_", ".attachments", ""},
	{"linq_", ".attachment_id", "attachmentId"},
	{"linq_", ".attachment_ids", "attachmentId"},
	{"linq_", ".download_urls", "download_url"},
	{"wix_", ".download_url", "document.url"},
	{"wix_", ".download_urls", "document.url"},
	{"wix_", ".preview_urls", "previewImage.url"},
	{"wix_", ".download_url_expiration_date", "urlExpirationDate"},
}

// vendorField returns what the vendor calls an attribute; "" for what is the provider's own. Wix
// writes names in camel case, others as Terraform does.
func vendorField(path string) string {
	path = strings.TrimPrefix(path, "ephemeral ")
	for _, known := range vendorFields {
		if strings.HasPrefix(path, known.prefix) && strings.HasSuffix(path, known.suffix) {
			return known.field
		}
	}
	name := path[strings.LastIndex(path, ".")+1:]
	if !strings.HasPrefix(path, "wix_") {
		return name
	}
	words := strings.Split(name, "_")
	for i, word := range words[1:] {
		words[i+1] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, "")
}
