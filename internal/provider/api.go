package provider

import (
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// api is an API to read from: its settings, and its part in diagnostics.
type api struct {
	vendor      string           // as in "Missing Wix Credentials"
	credentials []credentialKind // the kinds; one must be set
	baseURL     setting
	others      []setting
	whereToSet  string // the arguments and variables of the credentials
	requestID   string // what the vendor calls a response's ID
	errorCode   *regexp.Regexp
}

// credentialKind is a kind of credential that an API accepts, made of one or more settings.
type credentialKind struct {
	name     string // such as "API key"
	settings []setting
	rejected string // advice for a 401
}

// settings returns all settings of the API.
func (a api) settings() []setting {
	all := append([]setting{a.baseURL}, a.others...)
	for _, kind := range a.credentials {
		all = append(all, kind.settings...)
	}
	return all
}

// credential is a credential that is set, at least in part.
type credential struct {
	credentialKind
	values  map[string]settingValue // by argument
	sources []string                // the arguments or variables that are set
	missing []string                // the arguments or variables that aren't set
}

func (c credential) get(s setting) string { return c.values[s.argument].text }

func (c credential) hasUnknown() bool {
	return slices.ContainsFunc(c.settings, func(s setting) bool {
		return c.values[s.argument].isUnknown
	})
}

func (c credential) is(kind credentialKind) bool { return c.name == kind.name }

// String returns a noun phrase, such as "API key from LINQ_API_KEY".
func (c credential) String() string { return c.name + " from " + joinNames(c.sources) }

// connection is how requests reach an API: the settings in use, or the problems that prevent
// requests.
type connection struct {
	api
	credential  credential
	usedBaseURL settingValue     // its source is "" if the default is in use
	proxy       settingValue     // its source is "" if there is no proxy
	retryLimit  int              // max_retries
	problems    diag.Diagnostics // reported by each read
}

// joinNames lists names, as in "a, b, and c".
func joinNames(names []string) string {
	last := len(names) - 1
	if last < 2 {
		return strings.Join(names, " and ")
	}
	return strings.Join(names[:last], ", ") + ", and " + names[last]
}
