package provider

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLogsAreTurnedOffWhereNobodyAskedForThem has one variable set at a time.
//
//nolint:paralleltest // it sets environment variables
func TestLogsAreTurnedOffWhereNobodyAskedForThem(t *testing.T) {
	own := []string{
		"TF_LOG_SDK", "TF_LOG_SDK_PROTO", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_PROVIDER_ATTACHMENTS",
	}
	all := append([]string{"TF_LOG", "TF_LOG_CORE", "TF_LOG_PROVIDER"}, own...)
	for _, name := range append([]string{"ANY_OTHER"}, all...) {
		for level, asks := range map[string]bool{"": false, "off": false, "OFF": false, "warn": true} {
			for _, variable := range all {
				t.Setenv(variable, "")
			}
			t.Setenv(name, level)
			want := map[string]string{}
			for _, variable := range own {
				want[variable] = "off"
				if asks && name != "ANY_OTHER" {
					want[variable] = ""
					want[name] = level
				}
			}
			silenceUnreadLogs()
			got := map[string]string{}
			for variable := range want {
				got[variable] = os.Getenv(variable)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s=%s: %s", name, level, diff)
			}
		}
	}
}
