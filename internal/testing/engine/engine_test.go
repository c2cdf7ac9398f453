package engine

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"testing"
)

// TestMain lets the test binary act as an engine whose apply ends when it is interrupted.
func TestMain(m *testing.M) {
	if len(os.Args) != 2 {
		os.Exit(m.Run())
	}
	switch os.Args[1] {
	case "version":
		fmt.Println("OpenTofu v1.9.2\non any_machine")
	case "apply":
		interrupted := make(chan os.Signal, 1)
		signal.Notify(interrupted, os.Interrupt)
		fmt.Println("applying")
		<-interrupted
		fmt.Println("stopped")
	default:
		os.Exit(m.Run())
	}
}

//nolint:paralleltest // it sets an environment variable
func TestFindTakesTheChosenEngine(t *testing.T) {
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	root, err := Root()
	if err != nil {
		t.Fatal(err)
	}
	chosen := []string{own}
	if relative, err := filepath.Rel(root, own); err == nil {
		chosen = append(chosen, relative)
	}
	for _, name := range chosen {
		t.Setenv(Variable, name)
		got, err := Find(t.Context(), io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		if want := (Engine{own, "1.9.2", OpenTofuHost}); got != want {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
}

func TestAtLeastComparesVersionsOfTheSameEngine(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		engine Engine
		want   bool
	}{
		{Engine{Version: "1.9.8", Host: TerraformHost}, false},
		{Engine{Version: "1.10.0-rc1", Host: TerraformHost}, true},
		{Engine{Version: "1.10.5", Host: TerraformHost}, true},
		{Engine{Version: "1.10.5", Host: OpenTofuHost}, false},
		{Engine{Version: "1.11.0", Host: OpenTofuHost}, true},
		{Engine{Version: "new", Host: OpenTofuHost}, false},
	} {
		if got := test.engine.AtLeast("1.10", "1.11"); got != test.want {
			t.Errorf("%s: got %v, want %v", test.engine, got, test.want)
		}
	}
}
