package main

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
)

const printed = `{
  "format_version": "1.0",
  "provider_schemas": {
    "registry.opentofu.org/terraform-attachments/attachments": {
      "provider": {"version": 0},
      "data_source_schemas": {
        "linq_attachment": {"version": 1},
        "wix_contact_attachment": {"version": 2}
      },
      "ephemeral_resource_schemas": {"linq_attachment": {"version": 3}},
      "functions": {}
    },
    "terraform.io/builtin/terraform": {}
  }
}`

func TestParseSchemaRefusesOtherDocuments(t *testing.T) {
	t.Parallel()
	for _, document := range []string{
		printed, // from another registry
		`{"provider_schemas":{"registry.terraform.io/terraform-attachments/attachments":{` +
			`"data_source_schemas":{"linq_attachment":{}}}}}`,
		"Error: no such command",
	} {
		if got, err := parseSchema([]byte(document), engine.TerraformHost); err == nil {
			t.Errorf("%s: got %v", document, got)
		}
	}
}

func TestEachTypeNeedsATemplate(t *testing.T) {
	t.Parallel()
	parsed, err := parseSchema([]byte(printed), engine.OpenTofuHost)
	if err != nil {
		t.Fatal(err)
	}
	templates := fstest.MapFS{
		"data-sources/linq_attachment.md.tmpl":        {},
		"data-sources/wix_contact_attachment.md.tmpl": {},
	}
	if err := parsed.checkTemplates(templates); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want %v", err, fs.ErrNotExist)
	}
	templates["ephemeral-resources/linq_attachment.md.tmpl"] = &fstest.MapFile{}
	if err := parsed.checkTemplates(templates); err != nil {
		t.Error(err)
	}
}
