package provider

import (
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
		t.Errorf("only %d attributes were checked", checked)
	}
}

// describe checks attributes and nested attributes, and counts them.
func describe(t *testing.T, where string, attributes []*tfprotov6.SchemaAttribute) int {
	t.Helper()
	count := len(attributes)
	for _, attribute := range attributes {
		name := where + "." + attribute.Name
		if !strings.HasSuffix(attribute.Description, ".") ||
			attribute.DescriptionKind != tfprotov6.StringKindMarkdown {
			t.Errorf("%s has no sentence in Markdown: %q", name, attribute.Description)
		}
		if attribute.NestedType != nil {
			count += describe(t, name, attribute.NestedType.Attributes)
		}
	}
	return count
}
