package provider

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// timeoutModel is part of all models.
type timeoutModel struct {
	Timeout types.String `tfsdk:"timeout"`
}

// defaultTimeout limits a read, including retries and waits.
const defaultTimeout = "5m"

// limit returns the time limit of a read, and what an error calls it. The schema's validator has
// checked it.
func (t timeoutModel) limit() (time.Duration, string) {
	limit, err := time.ParseDuration(t.Timeout.ValueString())
	if err != nil {
		limit, _ = time.ParseDuration(defaultTimeout)
		return limit, "default time limit of " + defaultTimeout + " (timeout)"
	}
	return limit, "time limit of " + t.Timeout.ValueString() + " (timeout)"
}

func timeoutAttribute() schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: "Time limit of the whole read, including retries and waits, as a duration " +
			"such as `30s` or `1h30m`. Defaults to `" + defaultTimeout + "`.",
		Optional:   true,
		Validators: validate("Timeout", checked(parseTimeLimit)),
	}
}

func idAttribute(name, description string) schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		Validators:          validateID(name),
	}
}

func waitAttribute(description string) schema.Attribute {
	return schema.BoolAttribute{
		MarkdownDescription: "Whether to wait until there is a download URL, or `timeout` is reached. " +
			description + " Defaults to `false`.",
		Optional: true,
	}
}

func computedString(description string) schema.Attribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true}
}

func computedInt(description string) schema.Attribute {
	return schema.Int64Attribute{MarkdownDescription: description, Computed: true}
}

func computedStrings(description string) schema.Attribute {
	return schema.ListAttribute{
		MarkdownDescription: description, ElementType: types.StringType, Computed: true,
	}
}

func computedObject(
	description string,
	attributes map[string]schema.Attribute,
) schema.Attribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: description, Attributes: attributes, Computed: true,
	}
}

func urlAttribute(description string) schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: description, Computed: true, Sensitive: true,
	}
}

func urlsAttribute(description string) schema.Attribute {
	return schema.MapAttribute{
		MarkdownDescription: description, ElementType: types.StringType, Computed: true, Sensitive: true,
	}
}

// ephemeralAttributes converts the attributes of a data source to those of an ephemeral resource.
// Nested attributes are computed, and aren't sensitive as a whole.
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
		case schema.ListAttribute:
			converted[name] = ephemeralschema.ListAttribute(attribute)
		case schema.MapAttribute:
			converted[name] = ephemeralschema.MapAttribute(attribute)
		case schema.ListNestedAttribute:
			converted[name] = ephemeralschema.ListNestedAttribute{
				NestedObject:        ephemeralObject(attribute.NestedObject),
				Computed:            attribute.Computed,
				MarkdownDescription: attribute.MarkdownDescription,
			}
		case schema.MapNestedAttribute:
			converted[name] = ephemeralschema.MapNestedAttribute{
				NestedObject:        ephemeralObject(attribute.NestedObject),
				Computed:            attribute.Computed,
				MarkdownDescription: attribute.MarkdownDescription,
			}
		case schema.SingleNestedAttribute:
			converted[name] = ephemeralschema.SingleNestedAttribute{
				Attributes:          ephemeralAttributes(attribute.Attributes),
				Computed:            attribute.Computed,
				MarkdownDescription: attribute.MarkdownDescription,
			}
		default:
			panic(fmt.Sprintf("no ephemeral version of a %T", attribute))
		}
	}
	return converted
}

func ephemeralObject(
	object schema.NestedAttributeObject,
) ephemeralschema.NestedAttributeObject {
	return ephemeralschema.NestedAttributeObject{Attributes: ephemeralAttributes(object.Attributes)}
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
