package provider

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// text converts an API's string. It replaces control characters except tabs and line breaks,
// because Terraform prints multi-line strings unescaped: an escape sequence would reach the
// terminal.
func text(value *string) types.String {
	if value == nil {
		return types.StringNull()
	}
	return types.StringValue(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\t' && c != '\n' && c != '\r' {
			return unicode.ReplacementChar
		}
		return c
	}, *value))
}

// decode and encode do the work of the framework's Config.Get and State.Set for this package's
// models. The framework compiles a regular expression for each field in each read, a fifth of the
// provider's work. Remove them when terraform-plugin-framework issue 725 is fixed.

var errNoField = errors.New("there is no field for")

// decode fills in a model's arguments, each of which is an [attr.Value].
func decode(ctx context.Context, config tfsdk.Config, model any) error {
	var values map[string]tftypes.Value
	if err := config.Raw.As(&values); err != nil {
		return err
	}
	target := reflect.ValueOf(model).Elem()
	fields := fieldsOf(target.Type())
	for name, attribute := range config.Schema.GetAttributes() {
		if attribute.IsComputed() {
			continue
		}
		value, err := attribute.GetType().ValueFromTerraform(ctx, values[name])
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		index, ok := fields[name]
		if !ok {
			return fmt.Errorf("%w %s in %s", errNoField, name, target.Type())
		}
		target.FieldByIndex(index).Set(reflect.ValueOf(value))
	}
	return nil
}

// encode returns a model as a value of the type.
func encode(ctx context.Context, model any, as tftypes.Type) (tftypes.Value, error) {
	return encodeValue(ctx, reflect.ValueOf(model).Elem(), as)
}

func encodeValue(ctx context.Context, v reflect.Value, as tftypes.Type) (tftypes.Value, error) {
	if value, ok := v.Interface().(attr.Value); ok {
		return value.ToTerraformValue(ctx)
	}
	if v.Kind() != reflect.Struct && v.IsNil() {
		return tftypes.NewValue(as, nil), nil
	}
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}

	var err error
	switch as := as.(type) {
	case tftypes.Object:
		fields := fieldsOf(v.Type())
		values := make(map[string]tftypes.Value, len(fields))
		for name, typ := range as.AttributeTypes {
			index, ok := fields[name]
			if !ok {
				return tftypes.Value{}, fmt.Errorf("%w %s in %s", errNoField, name, v.Type())
			}
			values[name], err = encodeValue(ctx, v.FieldByIndex(index), typ)
			if err != nil {
				return tftypes.Value{}, fmt.Errorf("%s: %w", name, err)
			}
		}
		return tftypes.NewValue(as, values), nil
	case tftypes.List:
		values := make([]tftypes.Value, v.Len())
		for i := range values {
			if values[i], err = encodeValue(ctx, v.Index(i), as.ElementType); err != nil {
				return tftypes.Value{}, err
			}
		}
		return tftypes.NewValue(as, values), nil
	case tftypes.Map:
		values := make(map[string]tftypes.Value, v.Len())
		for entries := v.MapRange(); entries.Next(); {
			key := entries.Key().String()
			if values[key], err = encodeValue(ctx, entries.Value(), as.ElementType); err != nil {
				return tftypes.Value{}, err
			}
		}
		return tftypes.NewValue(as, values), nil
	}
	return tftypes.Value{}, fmt.Errorf("a %s can't become a %s", v.Type(), as)
}

var knownFields sync.Map // of map[string][]int by reflect.Type

// fieldsOf returns the indexes of a model's fields, embedded ones too, by attribute.
func fieldsOf(model reflect.Type) map[string][]int {
	if fields, ok := knownFields.Load(model); ok {
		return fields.(map[string][]int)
	}
	fields := map[string][]int{}
	for _, field := range reflect.VisibleFields(model) {
		if name, ok := field.Tag.Lookup("tfsdk"); ok {
			fields[name] = field.Index
		}
	}
	knownFields.Store(model, fields)
	return fields
}
