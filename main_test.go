package main

import (
	"runtime/debug"
	"testing"
)

func TestDescribe(t *testing.T) {
	t.Parallel()
	const commit = "01b9e22835e7bd2914a08a1e6334bcc3efed9a8e"
	for _, test := range []struct {
		name     string
		settings []debug.BuildSetting
		want     string
	}{
		{
			"commit",
			[]debug.BuildSetting{
				{Key: "vcs.revision", Value: commit},
				{Key: "vcs.modified", Value: "false"},
			},
			"terraform-provider-attachments 0.1.0 (commit " + commit + ", go1.26.8)",
		},
		{
			"changed files",
			[]debug.BuildSetting{
				{Key: "vcs.revision", Value: commit},
				{Key: "vcs.modified", Value: "true"},
			},
			"terraform-provider-attachments 0.1.0 (commit " + commit + " with changes, go1.26.8)",
		},
		{
			"no commit",
			nil,
			"terraform-provider-attachments 0.1.0 (commit unknown, go1.26.8)",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			info := &debug.BuildInfo{GoVersion: "go1.26.8", Settings: test.settings}
			if got := describe("0.1.0", info); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
