package engine

import (
	"strings"
	"testing"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// TestEnvironmentHasNoSettings sets the variables of a user's own accounts.
//
//nolint:paralleltest // it sets environment variables
func TestEnvironmentHasNoSettings(t *testing.T) {
	for name := range mockapi.Env("") {
		t.Setenv(name, "somebody's own")
	}
	for _, variable := range environment("", nil) {
		if name, ok := strings.CutSuffix(variable, "=somebody's own"); ok {
			t.Errorf("an engine sees %s", name)
		}
	}
}
