package provider

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
)

func timeoutAttribute() schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: "Time limit of the whole read, including retries and waits, as a duration " +
			"such as `30s` or `1h30m`. Defaults to `5m`.",
		Optional:   true,
		Validators: validate("Timeout", checked(parseTimeLimit)),
	}
}

// ephemeralAttributes converts the attributes of a data source to those of an ephemeral resource.
func ephemeralAttributes(
	attributes map[string]schema.Attribute,
) map[string]ephemeralschema.Attribute {
	converted := map[string]ephemeralschema.Attribute{}
	for name, attribute := range attributes {
		switch attribute := attribute.(type) {
		case schema.StringAttribute:
			converted[name] = ephemeralschema.StringAttribute(attribute)
		case schema.Int64Attribute:
			converted[name] = ephemeralschema.Int64Attribute(attribute)
		case schema.BoolAttribute:
			converted[name] = ephemeralschema.BoolAttribute(attribute)
		case schema.SingleNestedAttribute:
			converted[name] = ephemeralschema.SingleNestedAttribute{
				Attributes:          ephemeralAttributes(attribute.Attributes),
				Required:            attribute.Required,
				Optional:            attribute.Optional,
				Computed:            attribute.Computed,
				Sensitive:           attribute.Sensitive,
				MarkdownDescription: attribute.MarkdownDescription,
			}
		default:
			panic(fmt.Sprintf("no ephemeral version of a %T", attribute))
		}
	}
	return converted
}

// withoutURLs returns the computed attributes that aren't sensitive, for the elements of a plural
// data source. A sensitive attribute in each of many objects makes Terraform's own work quadratic.
func withoutURLs(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	remaining := map[string]schema.Attribute{}
	for name, attribute := range attributes {
		if attribute.IsSensitive() || !attribute.IsComputed() {
			continue
		}
		if nested, ok := attribute.(schema.SingleNestedAttribute); ok {
			nested.Attributes = withoutURLs(nested.Attributes)
			attribute = nested
		}
		remaining[name] = attribute
	}
	return remaining
}
