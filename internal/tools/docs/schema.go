package main

import (
	"encoding/json"
	"fmt"
	"io/fs"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
)

const providerName = "attachments"

// schema is the provider's part of what "terraform providers schema -json" prints.
type schema map[string]map[string]json.RawMessage

// typeFolders has the folder in docs/ and templates/ for each kind of type.
var typeFolders = map[string]string{
	"data_source_schemas":        "data-sources",
	"ephemeral_resource_schemas": "ephemeral-resources",
}

// document is all that "terraform providers schema -json" prints.
type document struct {
	FormatVersion string            `json:"format_version"`
	Providers     map[string]schema `json:"provider_schemas"`
}

// parseSchema reads the schema that Terraform or OpenTofu printed; host is its registry.
func parseSchema(printed []byte, host string) (schema, error) {
	var all document
	if err := json.Unmarshal(printed, &all); err != nil {
		return nil, err
	}
	provider := all.Providers[host+"/"+engine.Namespace+"/"+providerName]
	for kind := range typeFolders {
		if len(provider[kind]) == 0 {
			return nil, fmt.Errorf("%s is missing", kind)
		}
	}
	return provider, nil
}

// checkTemplates returns an error if a type has no template. tfplugindocs would write a page with
// the wrong type name.
func (s schema) checkTemplates(templates fs.FS) error {
	for kind, folder := range typeFolders {
		for name := range s[kind] {
			if _, err := fs.Stat(templates, folder+"/"+name+".md.tmpl"); err != nil {
				return err
			}
		}
	}
	return nil
}

// document returns the schema as tfplugindocs reads it, with a prefix before the name of each type.
func (s schema) document(prefix string) ([]byte, error) {
	prefixed := schema{"provider": s["provider"]}
	for kind := range typeFolders {
		prefixed[kind] = map[string]json.RawMessage{}
		for name, attributes := range s[kind] {
			prefixed[kind][prefix+name] = attributes
		}
	}
	return json.Marshal(document{"1.0", map[string]schema{providerName: prefixed}})
}
