package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
)

const document = `{
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

func TestSchemasAreWrittenWithAndWithoutAPrefix(t *testing.T) {
	t.Parallel()
	s, err := parseSchemas([]byte(document), engine.OpenTofuHost)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		schemas *schemaDocument
		want    string
	}{
		"validate": {s, `{"format_version":"1.0","provider_schemas":{"attachments":{` +
			`"provider":{"version":0},` +
			`"data_source_schemas":{"linq_attachment":{"version":1},` +
			`"wix_contact_attachment":{"version":2}},` +
			`"ephemeral_resource_schemas":{"linq_attachment":{"version":3}}}}}`},
		"generate": {s.prefixed(), `{"format_version":"1.0","provider_schemas":{"attachments":{` +
			`"provider":{"version":0},` +
			`"data_source_schemas":{"attachments_linq_attachment":{"version":1},` +
			`"attachments_wix_contact_attachment":{"version":2}},` +
			`"ephemeral_resource_schemas":{"attachments_linq_attachment":{"version":3}}}}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "schemas.json")
			if err := test.schemas.write(file); err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseSchemasRefusesOtherDocuments(t *testing.T) {
	t.Parallel()
	const address = `"registry.terraform.io/terraform-attachments/attachments"`
	for name, test := range map[string]struct {
		document string
		want     error
	}{
		"another host": {document, errNoSchema},
		"without data sources": {`{"provider_schemas":{` + address +
			`:{"ephemeral_resource_schemas":{"linq_attachment":{}}}}}`, errNoTypes},
		"without ephemeral resources": {`{"provider_schemas":{` + address +
			`:{"data_source_schemas":{"linq_attachment":{}}}}}`, errNoTypes},
	} {
		_, err := parseSchemas([]byte(test.document), engine.TerraformHost)
		if !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", name, err, test.want)
		}
	}

	var syntax *json.SyntaxError
	_, err := parseSchemas([]byte("Error: no such command"), engine.TerraformHost)
	if !errors.As(err, &syntax) {
		t.Errorf("no JSON: got %v", err)
	}
}

func TestCheckTemplatesWantsOneForEachType(t *testing.T) {
	t.Parallel()
	s, err := parseSchemas([]byte(document), engine.OpenTofuHost)
	if err != nil {
		t.Fatal(err)
	}
	templates := fstest.MapFS{
		"data-sources/linq_attachment.md.tmpl":        {},
		"data-sources/wix_contact_attachment.md.tmpl": {},
	}
	err = s.checkTemplates(templates)
	if !errors.Is(err, errNoTemplate) {
		t.Errorf("got %v", err)
	}
	templates["ephemeral-resources/linq_attachment.md.tmpl"] = &fstest.MapFile{}
	if err := s.checkTemplates(templates); err != nil {
		t.Error(err)
	}
}
