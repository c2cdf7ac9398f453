package provider

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// invalidSecrets aren't valid as any credential, URL or certificate. All of their letters and
// digits are secret.
var invalidSecrets = []string{
	"\n", "XK7\n", "XK7\x00QJ9", "XK7\r\nQJ9", "XK7\u00a0QJ9", "XK7 QJ9", "XK7\u200bQJ9",
	"\ufeffXK7", "XK7\u00e9QJ9", "Bearer XK7 QJ9", "Bearer  XK7QJ9", "Bearer XK7QJ9\n",
	"Bearer ", `"XK7QJ9"`, "'XK7QJ9'",
	"https://XK7:QJ9@example\n", " https://XK7.example/QJ9",
}

// TestInvalidSecretsHaveNoPathAndAreNeverShown sets each setting to each of invalidSecrets, in the
// configuration and in the environment.
func TestInvalidSecretsHaveNoPathAndAreNeverShown(t *testing.T) {
	t.Parallel()
	variables := map[string][]string{}
	for _, s := range slices.Concat(linqAPI.settings(), wixAPI.settings()) {
		variables[s.argument] = s.variables
	}
	for _, argument := range providerArguments(t) {
		switch argument {
		case "request_timeout", "max_retries", "max_concurrent_requests":
			continue
		}
		t.Run(argument, func(t *testing.T) {
			t.Parallel()
			if argument != "ca_cert_pem" && len(variables[argument]) == 0 {
				t.Fatal("this test doesn't know the variables")
			}
			for _, text := range invalidSecrets {
				validated, configured := configurationProblems(t, configuration(argument, text))
				expectHidden(t, argument, text, validated)
				expectHidden(t, argument, text, configured)
				for _, variable := range variables[argument] {
					const nowhere = "http://127.0.0.1:1"
					env := map[string]string{"LINQ_API_V3_BASE_URL": nowhere, "WIX_BASE_URL": nowhere}
					switch {
					case strings.HasPrefix(argument, "wix_app_"):
						maps.Copy(env, mockAppEnv)
					case strings.HasSuffix(argument, "_url") || argument == "wix_site_id":
						env["LINQ_API_KEY"], env["WIX_API_KEY"] = "a", "b"
					}
					env[variable] = text
					typeName := linqAttachment.typeName
					if strings.HasPrefix(argument, "wix") {
						typeName = wixContactAttachment.typeName
					}
					expectHidden(t, variable, text, read(t, env, nil, typeName, readable[typeName]).problems)
				}
			}
		})
	}
}

// configurationProblems returns the problems from validation, and from Configure without
// validation.
func configurationProblems(t *testing.T, config values) (validated, configured []problem) {
	t.Helper()
	s := start(t, newTestServer(nil, &noWait{}))
	return s.validate(t, config), s.configure(t, config)
}

var secretPart = regexp.MustCompile(`XK|K7|QJ|J9|\x00|\x{200b}|\x{e9}`)

func expectHidden(t *testing.T, name, text string, problems []problem) {
	t.Helper()
	if len(problems) != 1 || !strings.HasPrefix(problems[0].Summary, "Invalid ") ||
		problems[0].Path != "" || !strings.Contains(problems[0].Detail, name+" ") ||
		secretPart.MatchString(problems[0].Summary+problems[0].Detail) {
		t.Errorf("%s = %q: got %q", name, text, problems)
	}
}

// TestConflictsHaveNoPath has two credentials in one line, which Terraform would print.
func TestConflictsHaveNoPath(t *testing.T) {
	t.Parallel()
	validated, configured := configurationProblems(t,
		values{"wix_api_key": "XK7", "wix_access_token": "QJ9"})
	for _, problems := range [][]problem{validated, configured} {
		if len(problems) != 1 || problems[0].Summary != "Conflicting Wix Credentials" ||
			problems[0].Path != "" || secretPart.MatchString(problems[0].Detail) {
			t.Errorf("got %q", problems)
		}
	}
}
