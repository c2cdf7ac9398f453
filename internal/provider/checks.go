package provider

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/net/http/httpguts"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

var (
	_ validator.String = textValidator{}
	_ validator.List   = idsValidator{}
	_ validator.Number = intValidator{}
)

// textValidator checks an attribute's value if it is known.
type textValidator struct {
	name  string // as in "Invalid Linq Attachment ID"
	check func(string) error
	// isHidden omits the attribute path, because Terraform prints the source line with it.
	isHidden bool
}

func validate(name string, check func(string) error) []validator.String {
	return []validator.String{textValidator{name: name, check: check}}
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
	err := v.check(req.ConfigValue.ValueString())
	if err == nil {
		return
	}
	problem := diag.NewErrorDiagnostic("Invalid "+v.name, fmt.Sprintf("%s %s.", req.Path, err))
	if v.isHidden {
		resp.Diagnostics.Append(problem)
	} else {
		resp.Diagnostics.Append(diag.WithPath(req.Path, problem))
	}
}

func validateID(name string) []validator.String { return validate(name, checkID) }

// idsValidator checks the known elements of a list.
type idsValidator struct{ name string }

func validateIDs(name string) []validator.List { return []validator.List{idsValidator{name}} }

func (v idsValidator) Description(context.Context) string { return "valid " + v.name + "s" }

func (v idsValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v idsValidator) ValidateList(
	_ context.Context,
	req validator.ListRequest,
	resp *validator.ListResponse,
) {
	for i, element := range req.ConfigValue.Elements() {
		at := req.Path.AtListIndex(i)
		id, ok := element.(types.String)
		switch {
		case !ok || id.IsUnknown():
		case id.IsNull():
			resp.Diagnostics.AddAttributeError(at, "Invalid "+v.name,
				fmt.Sprintf("%s is null. Remove it, for example with compact().", at))
		default:
			if err := checkID(id.ValueString()); err != nil {
				resp.Diagnostics.AddAttributeError(at, "Invalid "+v.name, fmt.Sprintf("%s %s.", at, err))
			}
		}
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

var (
	errHeaderValue    = errors.New("must have no line break or other control character")
	errBearer         = errors.New(`must not begin with "Bearer". Remove that word`)
	errQuotationMarks = errors.New("must not be in quotation marks. Remove them")
	errDuration       = errors.New(`must be a duration such as "30s" or "1m30s"`)
	errPositive       = errors.New("must be more than zero")
	errRange          = errors.New("must be between 1s and 10m")
	errCertificates   = errors.New("must contain one or more complete PEM certificates, from BEGIN " +
		"CERTIFICATE to END CERTIFICATE, and no private key or other PEM block")
	errMalformedCertificate = errors.New("contains a malformed certificate")
	errUUID                 = errors.New("must be a UUID: 8-4-4-4-12 hexadecimal digits, such as " +
		"550e8400-e29b-41d4-a716-446655440000")
)

// checked turns a parser into a check.
func checked[T any](parse func(string) (T, error)) func(string) error {
	return func(text string) error {
		_, err := parse(text)
		return err
	}
}

func checkHeaderValue(text string) error {
	if !httpguts.ValidHeaderFieldValue(strings.TrimSpace(text)) {
		return errHeaderValue
	}
	return nil
}

// checkCredential recognizes a key that was pasted with its authentication scheme or in quotation
// marks.
func checkCredential(text string) error {
	scheme, _, _ := strings.Cut(text, " ")
	switch {
	case strings.EqualFold(scheme, "Bearer"):
		return errBearer
	case len(text) > 1 && strings.ContainsRune(`"'`, rune(text[0])) && text[0] == text[len(text)-1]:
		return errQuotationMarks
	}
	return rest.CheckToken(text)
}

// checkAccessToken allows "Bearer " before a token, as Wix's own tools write it.
func checkAccessToken(text string) error {
	if token, ok := strings.CutPrefix(text, "Bearer "); ok && token != "" {
		text = "Bearer_" + token // so that the error counts all characters
	}
	return checkCredential(text)
}

func checkBaseURL(text string) error {
	if err := rest.CheckToken(text); err != nil {
		return err
	}
	_, err := rest.ParseBaseURL(text)
	return err
}

func parseTimeLimit(text string) (time.Duration, error) {
	limit, err := time.ParseDuration(text)
	switch {
	case err != nil:
		return 0, errDuration
	case limit <= 0:
		return 0, errPositive
	}
	return limit, nil
}

func parseRequestTimeout(text string) (time.Duration, error) {
	limit, err := parseTimeLimit(text)
	if err == nil && (limit < time.Second || limit > 10*time.Minute) {
		err = errRange
	}
	return limit, err
}

// pemMarker matches the start or end of a PEM block, even if a part of the line is missing.
var pemMarker = regexp.MustCompile(`-(BEGIN|END)\b|\b(BEGIN|END) CERTIFICATE`)

// parseCertificates adds the certificates to those of the system. [pem.Decode] skips what it can't
// read, so each marker must belong to a certificate.
func parseCertificates(text string) (*x509.CertPool, error) {
	roots, err := x509.SystemCertPool()
	if err != nil {
		return nil, fmt.Errorf("can't be added to the system's certificates: %w", err)
	}
	data := []byte(strings.ReplaceAll(text, "\ufeff", ""))
	markers := len(pemMarker.FindAll(data, -1))
	if markers == 0 {
		return nil, errCertificates
	}
	for ; markers > 0; markers -= 2 {
		var block *pem.Block
		if block, data = pem.Decode(data); block == nil || block.Type != "CERTIFICATE" {
			return nil, errCertificates
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errMalformedCertificate, err)
		}
		roots.AddCert(certificate)
	}
	return roots, nil
}

var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// checkUUID checks a site ID. Its error doesn't show the value, which can be a key by mistake.
func checkUUID(text string) error {
	if !uuid.MatchString(text) {
		return errUUID
	}
	return nil
}

// maxShown is the maximum number of characters that checkID shows of an ID.
const maxShown = 40

// checkID shows the ID, but nothing that can be a URL's signature.
func checkID(text string) error {
	if uuid.MatchString(text) {
		return nil
	}
	shown, _, _ := strings.Cut(text, "?")
	if characters := []rune(shown); len(characters) > maxShown {
		shown = string(characters[:maxShown])
	}
	if shown != text {
		shown += "…"
	}
	return fmt.Errorf("%w. It is %q", errUUID, shown)
}
