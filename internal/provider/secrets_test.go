package provider

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// TestAccCredentialsAreWrittenNowhere searches all files and output of a run with TF_LOG=TRACE.
func TestAccCredentialsAreWrittenNowhere(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		configuration fs.FS
		env           func(m *mock) map[string]string
		ephemeral     bool // passes the keys by ephemeral variables
		secrets       []string
	}{
		"from the environment": {
			configuration: fixture(t, "environment"),
			env:           (*mock).env,
			secrets:       []string{mockapi.DefaultLinqAPIKey, mockapi.DefaultWixAPIKey},
		},
		"from the environment, as an app": {
			configuration: fixture(t, "environment"),
			env: func(m *mock) map[string]string {
				env := m.env()
				delete(env, "WIX_API_KEY")
				delete(env, "WIX_SITE_ID")
				maps.Copy(env, mockAppEnv)
				return env
			},
			secrets: []string{mockapi.DefaultWixAppSecret, "OAUTH2."}, // the prefix of all its tokens
		},
		"from the environment, as a token": {
			configuration: fixture(t, "environment"),
			env: func(m *mock) map[string]string {
				env := m.env()
				delete(env, "WIX_API_KEY")
				env["WIX_ACCESS_TOKEN"] = "Bearer " + mockapi.DefaultWixAccessToken
				return env
			},
			secrets: []string{mockapi.DefaultWixAccessToken},
		},
		"from ephemeral variables": {
			configuration: fixture(t, "variables"),
			env: func(m *mock) map[string]string {
				env := m.env()
				maps.DeleteFunc(env, func(name, _ string) bool {
					return strings.HasSuffix(name, "_API_KEY")
				})
				env["TF_VAR_linq_api_key"] = mockapi.DefaultLinqAPIKey
				env["TF_VAR_wix_api_key"] = mockapi.DefaultWixAPIKey
				return env
			},
			ephemeral: true,
			secrets:   []string{mockapi.DefaultLinqAPIKey, mockapi.DefaultWixAPIKey},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.ephemeral {
				requireEngine(t, "ephemeral variables", "1.10", "1.11")
			}
			api := newMock(t)
			env := test.env(api)
			env["TF_LOG"] = "TRACE"
			expectNowhere(t, newWorkspace(t, test.configuration, env), test.secrets)
		})
	}
}

// expectNowhere searches all files and output of a run, which reads photo.jpg and logs everything.
func expectNowhere(t *testing.T, w *workspace, secrets []string) {
	t.Helper()
	printed := w.mustRun(t, "init", "-no-color")
	printed += w.mustRun(t, "plan", "-no-color", "-out=saved.tfplan")
	plan := unzip(t, filepath.Join(w.folder, "saved.tfplan"))
	printed += w.mustRun(t, "show", "-json", "saved.tfplan")
	printed += w.mustRun(t, "apply", "-no-color", "saved.tfplan")
	printed += w.mustRun(t, "show", "-json")

	// The search can find what is there.
	if !strings.Contains(printed, "photo.jpg") || !strings.Contains(printed, "[TRACE]") ||
		!strings.Contains(printed, "Request succeeded") ||
		!strings.Contains(plan, "photo.jpg") || len(w.contains(t, "photo.jpg")) == 0 {
		t.Fatal("the run left behind less than it should")
	}
	for _, secret := range secrets {
		if strings.Contains(printed, secret) {
			t.Errorf("%s was printed", secret)
		}
		if strings.Contains(plan, secret) {
			t.Errorf("%s is in the plan", secret)
		}
		if files := w.contains(t, secret); len(files) > 0 {
			t.Errorf("%s is in %v", secret, files)
		}
	}
}

// TestAccEchoedCredentialsAreNotShown has APIs whose errors contain the credential everywhere, with
// TF_LOG=TRACE.
func TestAccEchoedCredentialsAreNotShown(t *testing.T) {
	t.Parallel()
	echo := func(status int) mockapi.Fault {
		return func(w http.ResponseWriter, r *http.Request) {
			key := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
			for _, name := range []string{"X-Trace-ID", "x-wix-request-id", "Server"} {
				w.Header().Set(name, key)
			}
			w.Header().Set("Location", "https://"+key+".example/?token="+key)
			mockapi.Error(status, key, "no "+key+" at https://x.example/"+key+"?sig=s1gned")(w, r)
		}
	}
	configuration := fixture(t)
	for _, status := range []int{200, 302, 400, 401, 403, 404, 429, 500} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			api := newMock(t)
			api.FailEvery(1, echo(status))
			env := api.env()
			env["TF_LOG"] = "TRACE"
			w := newWorkspace(t, configuration, env)
			w.mustRun(t, "init")
			printed, err := w.run(t, "plan", "-no-color", "-out=saved.tfplan")
			if err == nil || !strings.Contains(printed, "Error: Unable to Read Linq Attachment") &&
				!strings.Contains(printed, "Error: Linq Attachment Not Found") {
				t.Fatalf("no failure:\n%s", printed)
			}
			for _, secret := range []string{
				mockapi.DefaultLinqAPIKey, mockapi.DefaultWixAPIKey, "s1gned",
			} {
				if i := strings.Index(printed, secret); i >= 0 {
					t.Errorf("%s was printed: %s", secret, printed[max(0, i-200):i])
				}
				if files := w.contains(t, secret); len(files) > 0 {
					t.Errorf("%s is in %v", secret, files)
				}
			}
		})
	}
}

// TestAccSignedURLsAreOnlyInTheirAttributes searches a run with TF_LOG=TRACE for the signatures of
// two URLs.
func TestAccSignedURLsAreOnlyInTheirAttributes(t *testing.T) {
	t.Parallel()
	env := newMock(t).env()
	w := newWorkspace(t, fixture(t), env)
	w.mustRun(t, "init")
	w.env = append(w.env, "TF_LOG=TRACE")
	printed := w.mustRun(t, "plan", "-no-color", "-out=saved.tfplan")
	printed += w.mustRun(t, "apply", "-no-color", "saved.tfplan")
	w.env = w.env[:len(w.env)-1]

	var state any
	if err := json.Unmarshal([]byte(w.mustRun(t, "show", "-json")), &state); err != nil {
		t.Fatal(err)
	}
	signature := regexp.MustCompile(`[0-9a-f]{32}$`)
	where := map[string]string{}
	walk(state, "", func(key, text string) {
		if strings.Contains(text, "?") {
			where[signature.FindString(text)] += " " + key
		}
	})
	if len(where) != 2 {
		t.Fatalf("got %v", where)
	}
	for text, keys := range where {
		if text == "" || strings.Contains(printed, text) {
			t.Errorf("the signature %q was printed", text)
		}
		for _, key := range strings.Fields(keys) {
			if key != "url" && key != "download_url" {
				t.Errorf("the signature is in %s", key)
			}
		}
	}
}

// TestAccEphemeralURLsAreWrittenNowhere passes signed URLs to a provisioner, and searches all files
// and output of the run with TF_LOG=TRACE for the signatures.
func TestAccEphemeralURLsAreWrittenNowhere(t *testing.T) {
	t.Parallel()
	requireEngine(t, "ephemeral resources", "1.10", "1.11")
	env := newMock(t).env()
	out := t.TempDir()
	env["OUT"] = out
	env["TF_LOG"] = "TRACE"
	w := newWorkspace(t, fixture(t), env)
	w.mustRun(t, "init")
	printed := w.mustRun(t, "plan", "-no-color", "-out=saved.tfplan")
	plan := unzip(t, filepath.Join(w.folder, "saved.tfplan"))
	printed += w.mustRun(t, "apply", "-no-color", "saved.tfplan")

	urls := strings.Fields(readFile(t, filepath.Join(out, "urls")))
	if len(urls) != 2 {
		t.Fatalf("the provisioner got %v", urls)
	}
	for _, url := range urls {
		signature := url[len(url)-32:]
		if strings.Contains(printed, signature) || strings.Contains(plan, signature) ||
			len(w.contains(t, signature)) > 0 {
			t.Errorf("%s was written", url)
		}
	}
	// Not even the unsigned part, which is in no other response.
	for _, part := range []string{"cdn.linqapp.com/ephemeral", "download-files.wixmp.com"} {
		if strings.Contains(plan, part) || len(w.contains(t, part)) > 0 {
			t.Errorf("%s is in plan or state", part)
		}
	}
}

// walk visits every string of decoded JSON with the name of its field.
func walk(value any, key string, visit func(key, text string)) {
	switch value := value.(type) {
	case map[string]any:
		for name, field := range value {
			walk(field, name, visit)
		}
	case []any:
		for _, element := range value {
			walk(element, key, visit)
		}
	case string:
		visit(key, value)
	}
}

// unzip returns the contents of a saved plan's files.
func unzip(t *testing.T, path string) string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	var content bytes.Buffer
	for _, entry := range archive.File {
		file, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(file)
		if err := errors.Join(err, file.Close()); err != nil {
			t.Fatal(err)
		}
		content.Write(data)
	}
	return content.String()
}
