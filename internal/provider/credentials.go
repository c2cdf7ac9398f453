package provider

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// credentialKind is a kind of credential that an API accepts, made of one or more settings.
type credentialKind struct {
	argument string // such as "wix.app"
	settings []setting
}

// credential is a credential that is set, at least in part.
type credential struct {
	argument string   // the kind's
	values   []string // the values of the kind's settings
	sources  []string // the argument, or the variables that are set
	missing  []string // the variables that aren't set, or the arguments
	unknown  []string // the arguments that are unknown
}

func (c credential) source() string { return strings.Join(c.sources, ", ") }

// findCredential returns the credential that is set. If one is configured, it ignores the
// environment, which may have another account's. The result is valid only if there are no problems.
func (r *resolver) findCredential(v vendor, configured ...[]types.String) credential {
	var found []credential
	for i, kind := range configured {
		if slices.ContainsFunc(kind, isSet) {
			found = append(found, r.resolveKind(v.credentials[i], kind))
		}
	}
	isConfigured := len(found) > 0
	if !isConfigured {
		for _, kind := range v.credentials {
			c := r.resolveKind(kind, make([]types.String, len(kind.settings)))
			if len(c.sources) > 0 {
				found = append(found, c)
			}
		}
	}

	hasUnknown := false
	for _, c := range found {
		for _, argument := range c.unknown {
			hasUnknown = true
			r.addUnknown(v.api+" Credentials", argument)
		}
	}
	switch {
	case hasUnknown: // it can become null, so this isn't a conflict yet
	case len(found) == 0:
		r.addReadProblem("Missing "+v.api+" Credentials", fmt.Sprintf("Set %s.\n\n"+
			"If they are set, check for:\n"+
			"- a misspelled attribute inside %s = { }, which Terraform silently ignores\n"+
			"- a missing provider argument on the data source or ephemeral resource, which then "+
			"uses the provider configuration without an alias\n"+
			"- two local names for this provider in required_providers: Terraform silently ignores "+
			"the configuration of one of them", v.whereToSet, v.argument))
		return credential{}
	case len(found) > 1:
		r.addConflict(v, isConfigured, found[0].sources[0], found[1].sources[0])
	case len(found[0].missing) > 0:
		r.addIncomplete(v, isConfigured, found[0].missing)
	}
	return found[0]
}

func (r *resolver) addIncomplete(v vendor, isConfigured bool, missing []string) {
	verb := "isn't"
	if len(missing) > 1 {
		verb = "aren't"
	}
	summary := "Incomplete " + v.api + " Credentials"
	detail := fmt.Sprintf("%s %s set.", strings.Join(missing, " and "), verb)
	if isConfigured {
		r.problems.AddError(summary, detail)
	} else {
		r.addReadProblem(summary, detail+" Set all three variables, or none.")
	}
}

func (r *resolver) addConflict(v vendor, isConfigured bool, first, second string) {
	summary := "Conflicting " + v.api + " Credentials"
	detail := fmt.Sprintf("%s and %s are both set, but %s accepts only one kind of credential.\n\n",
		first, second, v.api)
	if isConfigured {
		r.problems.AddError(summary, detail+"Keep one of them.")
	} else {
		r.addReadProblem(summary, detail+"Unset all but one of them.")
	}
}

// resolveKind looks up the settings of a kind, which all come from the same source.
func (r *resolver) resolveKind(kind credentialKind, configured []types.String) credential {
	c := credential{argument: kind.argument}
	isConfigured := slices.ContainsFunc(configured, isSet)
	if isConfigured {
		c.sources = []string{kind.argument}
	}
	for i, s := range kind.settings {
		if isConfigured {
			s.variables = nil
		}
		v, err := s.lookup(configured[i], r.getenv)
		r.addInvalid(s, v, err)
		c.values = append(c.values, v.text)
		switch {
		case v.isUnknown:
			c.unknown = append(c.unknown, s.argument)
		case v.source == "" && isConfigured:
			c.missing = append(c.missing, s.argument)
		case v.source == "":
			c.missing = append(c.missing, s.variables...)
		case !isConfigured:
			c.sources = append(c.sources, v.source)
		}
	}
	if len(c.unknown) == len(kind.settings) {
		c.unknown = []string{kind.argument}
	}
	return c
}

func isSet(configured types.String) bool { return !configured.IsNull() }
