package provider

import (
	"fmt"
	"slices"
)

// findCredential returns the credential that is set. If one is configured, even in part, it ignores
// the environment, which may have another account's. The result is valid only if there are no
// problems.
func (r *resolver) findCredential(a api) credential {
	fromEnvironment := !slices.ContainsFunc(a.credentials, r.isConfigured)
	var found []credential
	for _, kind := range a.credentials {
		if c := r.resolveKind(kind, fromEnvironment); len(c.sources) > 0 {
			found = append(found, c)
		}
	}

	switch {
	case len(found) == 0:
		r.add(true, "Missing "+a.vendor+" Credentials", fmt.Sprintf("Set %s.\n\n"+
			"If they are set, check for:\n"+
			"- a missing provider argument on the data source or ephemeral resource, which then "+
			"uses the provider configuration without an alias\n"+
			"- the warning \"Duplicate required provider\": if this provider has two local names in "+
			"required_providers, Terraform ignores the configuration of one of them", a.whereToSet))
		return credential{}
	case slices.ContainsFunc(found, credential.hasUnknown): // it can become null
	case len(found) > 1:
		advice := "Keep one of them."
		if fromEnvironment {
			advice = "Unset all but one of them."
		}
		r.add(fromEnvironment, "Conflicting "+a.vendor+" Credentials", fmt.Sprintf(
			"%s and %s are both set, but %s accepts only one kind of credential.\n\n%s",
			found[0].sources[0], found[1].sources[0], a.vendor, advice))
	case len(found[0].missing) > 0:
		r.addIncomplete(a, found[0], fromEnvironment)
	}
	return found[0]
}

func (r *resolver) addIncomplete(a api, c credential, fromEnvironment bool) {
	var arguments, variables []string
	for _, s := range c.settings {
		arguments = append(arguments, s.argument)
		variables = append(variables, s.variables...)
	}
	advice := fmt.Sprintf("Set %s in the provider configuration. If one of them is configured, the "+
		"provider ignores %s, which can be for another %s.",
		joinNames(arguments), joinNames(variables), c.name)
	if fromEnvironment {
		advice = fmt.Sprintf("Set %s, or none of them.", joinNames(variables))
	}
	r.add(fromEnvironment, "Incomplete "+a.vendor+" Credentials",
		fmt.Sprintf("The %s also needs %s.\n\n%s", c, joinNames(c.missing), advice))
}

func (r *resolver) isConfigured(kind credentialKind) bool {
	return slices.ContainsFunc(kind.settings, func(s setting) bool {
		return !r.configuration[s.argument].IsNull()
	})
}

// resolveKind looks up the settings of a kind, all of them in the same source.
func (r *resolver) resolveKind(kind credentialKind, fromEnvironment bool) credential {
	c := credential{credentialKind: kind, values: map[string]settingValue{}}
	for _, s := range kind.settings {
		missing := s.variables
		if !fromEnvironment {
			missing, s.variables = []string{s.argument}, nil
		}
		v := r.get(s)
		if v.source == "" {
			c.missing = append(c.missing, missing...)
			continue
		}
		c.values[s.argument] = v
		c.sources = append(c.sources, v.source)
	}
	return c
}
