package provider

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// credentialKind is one kind of credential: settings that are one only together.
type credentialKind struct {
	argument string // such as "wix.app"
	settings []setting
}

// credential is what was found to be set.
type credential struct {
	argument string   // of its kind
	values   []string // of the kind's settings
	origin   string   // the argument or the variables that they are from
}

// credential finds the one kind that is set. Whatever is configured, for each kind the values of
// its settings, keeps it from looking at the environment, where another account's may be. What is
// missing, unknown, or wrong in the environment goes to problems; what is wrong in the
// configuration goes to the diagnostics, at its argument.
func (c *configurator) credential(
	problems *diag.Diagnostics,
	v vendor,
	configured ...[]types.String,
) credential {
	var found []int // indexes of kinds
	for i, values := range configured {
		if slices.ContainsFunc(values, func(v types.String) bool { return !v.IsNull() }) {
			found = append(found, i)
		}
	}
	fromEnvironment := len(found) == 0
	if fromEnvironment {
		for i, kind := range v.credentials {
			if len(c.variablesSet(kind)) > 0 {
				found = append(found, i)
			}
		}
	}

	switch len(found) {
	case 0:
		problems.AddError("Missing "+v.api+" Credentials", fmt.Sprintf(
			"To read from %s, set %s.\n\nIf it is set, look at its spelling: a name inside "+
				"%s = { ... } that doesn't exist is dropped without a word. Look also at "+
				"required_providers: where two local names have this provider as their source, the "+
				"configuration of one of them is lost. Keep one local name, and use alias for a "+
				"second configuration.", v.api, v.places, v.argument))
		return credential{}
	case 1:
		kind := v.credentials[found[0]]
		if fromEnvironment {
			return c.take(problems, v, kind, make([]types.String, len(kind.settings)))
		}
		return c.take(problems, v, kind, configured[found[0]])
	}

	// An unknown value may turn out to be null.
	for _, i := range found {
		if !fromEnvironment && slices.ContainsFunc(configured[i], types.String.IsUnknown) {
			return c.take(problems, v, v.credentials[i], configured[i])
		}
	}
	first, second := v.credentials[found[0]], v.credentials[found[1]]
	summary := "Conflicting " + v.api + " Credentials"
	if fromEnvironment {
		problems.AddError(summary, conflictDetail(v.api,
			c.variablesSet(first)[0], c.variablesSet(second)[0], "Unset all but one of them"))
	} else {
		c.diagnostics.AddAttributeError(argumentPath(second.settings[0].argument), summary,
			conflictDetail(v.api, first.argument, second.argument, "Keep one of them"))
	}
	return credential{}
}

// take resolves the settings of a kind, which only make sense together.
func (c *configurator) take(
	problems *diag.Diagnostics,
	v vendor,
	kind credentialKind,
	configured []types.String,
) credential {
	result := credential{argument: kind.argument}
	var unknown, missing, origins []string
	for i, s := range kind.settings {
		value := c.resolve(problems, s, configured[i])
		switch {
		case value.unknown:
			unknown = append(unknown, s.argument)
		case value.origin == "":
			missing = append(missing, s.variables...)
		default:
			origins = append(origins, value.origin)
		}
		result.values = append(result.values, value.text)
	}

	switch {
	case len(unknown) == len(kind.settings):
		problems.AddError("Unknown "+v.api+" Credentials", unknownDetail(kind.argument))
	case len(unknown) > 0:
		problems.AddError("Unknown "+v.api+" Credentials", unknownDetail(unknown[0]))
	case len(missing) > 0:
		problems.AddError("Incomplete "+v.api+" Credentials", fmt.Sprintf(
			"Of the variables of the environment that make up one credential, there is %s, but "+
				"no %s.\n\nSet all of them, or none.",
			strings.Join(origins, " and "), strings.Join(missing, " and no ")))
	}
	result.origin = strings.Join(origins, ", ")
	if !configured[0].IsNull() {
		result.origin = kind.argument
	}
	return result
}

// variablesSet are the variables of the environment by which a kind is set, as a whole or in part.
func (c *configurator) variablesSet(kind credentialKind) []string {
	var set []string
	for _, s := range kind.settings {
		for _, variable := range s.variables {
			if c.getenv(variable) != "" {
				set = append(set, variable)
			}
		}
	}
	return set
}

func conflictDetail(api, first, second, advice string) string {
	return fmt.Sprintf("%s and %s are both set, and %s takes one kind of credential.\n\n%s.",
		first, second, api, advice)
}
