package provider

import (
	"context"
	"fmt"

	datasourcetimeouts "github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	ephemeraltimeouts "github.com/hashicorp/terraform-plugin-framework-timeouts/ephemeral/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
)

const (
	timeoutsText = "Time limits of this block. They are the provider's own."
	limitText    = "Time limit of the whole read, retries and waits included: a duration such as " +
		"`30s` or `1h30m`, more than zero; `5m` by default."
)

func readTimeouts(ctx context.Context) schema.Attribute {
	attribute := datasourcetimeouts.Attributes(ctx).(schema.SingleNestedAttribute)
	attribute.MarkdownDescription = timeoutsText
	attribute.Attributes["read"] = limitAttribute
	return attribute
}

func openTimeouts(ctx context.Context) ephemeralschema.Attribute {
	attribute := ephemeraltimeouts.Attributes(ctx).(ephemeralschema.SingleNestedAttribute)
	attribute.MarkdownDescription = timeoutsText
	attribute.Attributes["open"] = ephemeralschema.StringAttribute(limitAttribute)
	return attribute
}

var limitAttribute = schema.StringAttribute{
	MarkdownDescription: limitText,
	Optional:            true,
	Validators:          validate("Time Limit", checked(parseTimeLimit)),
}

// ephemeralAttributes are the attributes of a data source as those of its ephemeral twin.
func ephemeralAttributes(
	attributes map[string]schema.Attribute,
) map[string]ephemeralschema.Attribute {
	twins := map[string]ephemeralschema.Attribute{}
	for name, attribute := range attributes {
		switch attribute := attribute.(type) {
		case schema.StringAttribute:
			twins[name] = ephemeralschema.StringAttribute(attribute)
		case schema.Int64Attribute:
			twins[name] = ephemeralschema.Int64Attribute(attribute)
		case schema.BoolAttribute:
			twins[name] = ephemeralschema.BoolAttribute(attribute)
		case schema.SingleNestedAttribute:
			twins[name] = ephemeralschema.SingleNestedAttribute{
				Attributes:          ephemeralAttributes(attribute.Attributes),
				Required:            attribute.Required,
				Optional:            attribute.Optional,
				Computed:            attribute.Computed,
				Sensitive:           attribute.Sensitive,
				MarkdownDescription: attribute.MarkdownDescription,
			}
		default:
			panic(fmt.Sprintf("no ephemeral twin of a %T", attribute))
		}
	}
	return twins
}

// withoutURLs are the attributes that a data source of one thing computes, as those of an element
// in a data source of many: its sensitive attributes stand apart there. One sensitive attribute in
// each of many objects makes Terraform's own work quadratic.
func withoutURLs(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	kept := map[string]schema.Attribute{}
	for name, attribute := range attributes {
		if attribute.IsSensitive() || !attribute.IsComputed() {
			continue
		}
		if nested, ok := attribute.(schema.SingleNestedAttribute); ok {
			nested.Attributes = withoutURLs(nested.Attributes)
			attribute = nested
		}
		kept[name] = attribute
	}
	return kept
}
