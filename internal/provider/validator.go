package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

var (
	_ validator.String = textValidator{}
)

// textValidator applies a check to an attribute's value, once that is known.
type textValidator struct {
	name  string // as in "Invalid Linq Attachment ID"
	check func(string) error
}

func validate(name string, check func(string) error) []validator.String {
	return []validator.String{textValidator{name, check}}
}

func (s setting) validators() []validator.String { return validate(s.name, s.check) }

func (v textValidator) Description(context.Context) string { return "a valid " + v.name }

func (v textValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v textValidator) ValidateString(
	_ context.Context,
	req validator.StringRequest,
	resp *validator.StringResponse,
) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := v.check(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(
			req.Path, "Invalid "+v.name, fmt.Sprintf("%s %s.", req.Path, err))
	}
}
