package provider

import (
	"context"
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

var (
	_ validator.String = textValidator{}
	_ validator.Number = intValidator{}
)

// textValidator checks an attribute's value if it is known.
type textValidator struct {
	name  string // as in "Invalid Linq Attachment ID"
	check func(string) error
}

func validate(name string, check func(string) error) []validator.String {
	return []validator.String{textValidator{name, check}}
}

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

// intValidator accepts the integers of a range. For 1.5, an Int64Attribute reports "This is always
// an error in the provider".
type intValidator struct {
	name        string // as in "Invalid Max Retries"
	least, most int64
}

func validateInt(name string, least, most int64) []validator.Number {
	return []validator.Number{intValidator{name, least, most}}
}

func (v intValidator) Description(context.Context) string {
	return fmt.Sprintf("a whole number from %d to %d", v.least, v.most)
}

func (v intValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (v intValidator) ValidateNumber(
	ctx context.Context,
	req validator.NumberRequest,
	resp *validator.NumberResponse,
) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	number := req.ConfigValue.ValueBigFloat()
	if i, accuracy := number.Int64(); accuracy != big.Exact || i < v.least || i > v.most {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid "+v.name,
			fmt.Sprintf("%s must be %s.", req.Path, v.Description(ctx)))
	}
}
