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
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The framework's Config.Get and State.Set would need a copy of each of the clients' types, and
// compile a regular expression for each field in each read, a fifth of the provider's work
// (terraform-plugin-framework issue 725).

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

// encode returns a model as a value of the type. A model's fields are arguments, or what a client
// returns: strings, numbers, booleans, and structs of them. Nil is null.
func encode(ctx context.Context, model any, as tftypes.Type) (tftypes.Value, error) {
	return encodeValue(ctx, reflect.ValueOf(model).Elem(), as)
}

func encodeValue(ctx context.Context, v reflect.Value, as tftypes.Type) (tftypes.Value, error) {
	if argument, ok := v.Interface().(attr.Value); ok {
		return argument.ToTerraformValue(ctx)
	}
	switch v.Kind() {
	case reflect.String:
		return tftypes.NewValue(as, printable(v.String())), nil
	case reflect.Int64, reflect.Bool:
		return tftypes.NewValue(as, v.Interface()), nil
	case reflect.Pointer, reflect.Slice, reflect.Map:
		if v.IsNil() {
			return tftypes.NewValue(as, nil), nil
		}
	}
	if v.Kind() == reflect.Pointer {
		return encodeValue(ctx, v.Elem(), as)
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
			key := printable(entries.Key().String())
			if values[key], err = encodeValue(ctx, entries.Value(), as.ElementType); err != nil {
				return tftypes.Value{}, err
			}
		}
		return tftypes.NewValue(as, values), nil
	}
	return tftypes.Value{}, fmt.Errorf("a %s can't become a %s", v.Type(), as)
}

// printable replaces control characters except tabs and line breaks, because Terraform prints
// multi-line strings unescaped: an escape sequence would reach the terminal.
func printable(text string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\t' && c != '\n' && c != '\r' {
			return unicode.ReplacementChar
		}
		return c
	}, text)
}

var knownFields sync.Map // of map[string][]int by reflect.Type

// fieldsOf returns the indexes of a model's fields, embedded ones too, by attribute. A field's
// attribute is its tfsdk tag, or its JSON tag in snake case.
func fieldsOf(model reflect.Type) map[string][]int {
	if fields, ok := knownFields.Load(model); ok {
		return fields.(map[string][]int)
	}
	fields := map[string][]int{}
	for _, field := range reflect.VisibleFields(model) {
		if name, ok := field.Tag.Lookup("tfsdk"); ok {
			fields[name] = field.Index
		} else if name, ok := field.Tag.Lookup("json"); ok {
			fields[snakeCase(name)] = field.Index
		}
	}
	knownFields.Store(model, fields)
	return fields
}

// snakeCase converts a name such as urlExpirationDate.
func snakeCase(name string) string {
	var b strings.Builder
	for _, c := range name {
		if unicode.IsUpper(c) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}
