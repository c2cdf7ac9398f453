package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
)

const providerName = "attachments"

var (
	errNoSchema   = errors.New("it has no schema of this provider")
	errNoTypes    = errors.New("it has none of a kind that the provider has")
	errNoTemplate = errors.New("there is no template for a type of the provider")
)

// schemaDocument is the document of "providers schema -json" for this provider alone.
type schemaDocument struct {
	FormatVersion string `json:"format_version"`
	// Providers has the provider under its plain name, where tfplugindocs looks for it.
	Providers map[string]schema `json:"provider_schemas"`
}

type schema struct {
	Provider           json.RawMessage            `json:"provider"`
	DataSources        map[string]json.RawMessage `json:"data_source_schemas"`
	EphemeralResources map[string]json.RawMessage `json:"ephemeral_resource_schemas"`
}

// parseSchemas reads the document that an engine printed, which names the provider by the host of
// the engine's registry.
func parseSchemas(document []byte, host string) (*schemaDocument, error) {
	var s schemaDocument
	if err := json.Unmarshal(document, &s); err != nil {
		return nil, err
	}
	own, ok := s.Providers[host+"/"+engine.Namespace+"/"+providerName]
	if !ok {
		return nil, errNoSchema
	}
	if len(own.DataSources) == 0 || len(own.EphemeralResources) == 0 {
		return nil, errNoTypes
	}
	s.Providers = map[string]schema{providerName: own}
	return &s, nil
}

// prefixed has the provider's name before those of its types. tfplugindocs takes that prefix off
// for the names of templates and pages, and finds no type that lacks it.
func (s *schemaDocument) prefixed() *schemaDocument {
	own := s.Providers[providerName]
	own.DataSources = prefixKeys(own.DataSources)
	own.EphemeralResources = prefixKeys(own.EphemeralResources)
	return &schemaDocument{
		FormatVersion: s.FormatVersion,
		Providers:     map[string]schema{providerName: own},
	}
}

func prefixKeys(types map[string]json.RawMessage) map[string]json.RawMessage {
	prefixed := map[string]json.RawMessage{}
	for name, schema := range types {
		prefixed[providerName+"_"+name] = schema
	}
	return prefixed
}

// checkTemplates looks for a template of each type: in place of a missing one, tfplugindocs takes
// one of its own, which has the types' names with the prefix.
func (s *schemaDocument) checkTemplates(templates fs.FS) error {
	own := s.Providers[providerName]
	for folder, types := range map[string]map[string]json.RawMessage{
		"data-sources":        own.DataSources,
		"ephemeral-resources": own.EphemeralResources,
	} {
		for _, name := range slices.Sorted(maps.Keys(types)) {
			file := folder + "/" + name + ".md.tmpl"
			if _, err := fs.Stat(templates, file); err != nil {
				return fmt.Errorf("%w: templates/%s", errNoTemplate, file)
			}
		}
	}
	return nil
}

func (s *schemaDocument) write(file string) error {
	document, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return os.WriteFile(file, document, 0o600)
}
