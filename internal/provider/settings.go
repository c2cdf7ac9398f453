package provider

import (
	"fmt"
	"math/big"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// setting is an argument of the provider with its environment variables, or only variables.
type setting struct {
	argument string // such as "linq_api_key"
	name     string // as in "Invalid Linq API Key"
	// variables are used if the argument is unset. The first that isn't empty wins.
	variables []string
	// description is Markdown. [setting.attribute] adds the defaults: the variables, if the condition
	// is met, and then the defaultValue.
	description  string
	condition    string
	defaultValue string
	isSensitive  bool
	// check returns an error whose text follows the argument or variable in a sentence. It never shows
	// the value, which may be a secret.
	check func(string) error
}

// attribute returns the argument's attribute. It has no validator, because the validator's errors
// would have an attribute path; see [resolver].
func (s setting) attribute() schema.Attribute {
	defaults := make([]string, 0, len(s.variables)+1)
	for _, variable := range s.variables {
		defaults = append(defaults, "the environment variable `"+variable+"`")
	}
	if s.defaultValue != "" {
		defaults = append(defaults, "`"+s.defaultValue+"`")
	}
	description := s.description
	if len(defaults) > 0 {
		description += " Defaults to " + strings.Join(defaults, ", then ") + s.condition + "."
	}
	return schema.StringAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Sensitive:           s.isSensitive,
	}
}

// whereToSet names the argument and its variables.
func (s setting) whereToSet() string {
	return s.argument + " in the provider configuration, or " + strings.Join(s.variables, " or ") +
		" in the environment"
}

// settingValue is the value of a setting.
type settingValue struct {
	text      string
	source    string // the argument or variable that text is from; "" if neither is set
	isUnknown bool
}

// resolver looks up settings and collects the problems with them. No problem has an attribute path:
// Terraform 1.15 and later print the source lines of the attribute, a literal key included.
type resolver struct {
	configuration map[string]tftypes.Value // by argument
	getenv        func(string) string
	problems      diag.Diagnostics
}

// postponedError is a problem that each read from an API reports instead of Configure: an invalid
// environment variable, or a missing or unknown setting.
type postponedError struct {
	diag.ErrorDiagnostic
	isUnknown bool
}

func isUnknownSetting(problem diag.Diagnostic) bool {
	p, ok := problem.(postponedError)
	return ok && p.isUnknown
}

// add adds a problem with the configuration. It postpones a problem with the environment.
func (r *resolver) add(fromEnvironment bool, summary, detail string) {
	problem := diag.NewErrorDiagnostic(summary, detail)
	if fromEnvironment {
		r.problems.Append(postponedError{ErrorDiagnostic: problem})
	} else {
		r.problems.Append(problem)
	}
}

func (r *resolver) addUnknown(s setting) {
	detail := fmt.Sprintf("%s depends on a value that is known only after apply.\n\nUse a known "+
		"value, or first apply the resource that the value comes from, with -target.", s.argument)
	r.problems.Append(postponedError{diag.NewErrorDiagnostic("Unknown "+s.name, detail), true})
}

// get returns the configured value, else that of the first variable that is set, and reports
// problems with it. A configured value never falls back to the environment, even if it is empty or
// unknown.
func (r *resolver) get(s setting) settingValue {
	configured := r.configuration[s.argument]
	switch {
	case !configured.IsKnown():
		r.addUnknown(s)
		return settingValue{source: s.argument, isUnknown: true}
	case !configured.IsNull():
		v := settingValue{source: s.argument}
		_ = configured.As(&v.text) // can't fail: the schema makes it a string
		r.check(s, v, s.argument, false)
		return v
	}
	for _, variable := range s.variables {
		if text := r.getenv(variable); text != "" {
			v := settingValue{text: text, source: variable}
			r.check(s, v, "The environment variable "+variable, true)
			return v
		}
	}
	return settingValue{}
}

func (r *resolver) check(s setting, v settingValue, where string, fromEnvironment bool) {
	if s.check == nil {
		return
	}
	if err := s.check(v.text); err != nil {
		r.add(fromEnvironment, "Invalid "+s.name, fmt.Sprintf("%s %s.", where, err))
	}
}

// getInt returns an integer, which the schema's validator has checked, or the default.
func (r *resolver) getInt(s setting, defaultValue int) int {
	configured := r.configuration[s.argument]
	if !configured.IsKnown() {
		r.addUnknown(s)
		return defaultValue
	}
	var number *big.Float
	if err := configured.As(&number); err != nil || number == nil {
		return defaultValue
	}
	integer, _ := number.Int64()
	return int(integer)
}

// getBaseURL returns the base URL with its setting. The URL is nil if there is a problem.
func (r *resolver) getBaseURL(s setting) (*url.URL, settingValue) {
	v := r.get(s)
	text := v.text
	if v.source == "" {
		text = s.defaultValue
	}
	base, err := rest.ParseBaseURL(text)
	if err != nil {
		return nil, v
	}
	return base, v
}
