package provider

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// TestCallsReleaseTheirContexts makes every call for data sources and ephemeral resources. The
// framework keeps the contexts of these calls.
func TestCallsReleaseTheirContexts(t *testing.T) {
	t.Parallel()
	type key struct{}
	type cost [1 << 16]byte
	s := start(t, newTestServer(newMock(t).env(), &noWait{})).mustConfigure(t, nil)
	server := s.server
	data := s.dataSource(t, linqAttachment.typeName, readPhoto)
	ephemeral := s.ephemeralResource(t, linqAttachment.typeName, readPhoto)
	for name, call := range map[string]func(context.Context) error{
		"ValidateDataResourceConfig": func(ctx context.Context) error {
			_, err := server.ValidateDataResourceConfig(ctx,
				&tfprotov6.ValidateDataResourceConfigRequest{
					TypeName: linqAttachment.typeName, Config: data,
				})
			return err
		},
		"ReadDataSource": func(ctx context.Context) error {
			_, err := server.ReadDataSource(ctx,
				&tfprotov6.ReadDataSourceRequest{TypeName: linqAttachment.typeName, Config: data})
			return err
		},
		"ValidateEphemeralResourceConfig": func(ctx context.Context) error {
			_, err := server.ValidateEphemeralResourceConfig(ctx,
				&tfprotov6.ValidateEphemeralResourceConfigRequest{
					TypeName: linqAttachment.typeName, Config: ephemeral,
				})
			return err
		},
		"OpenEphemeralResource": func(ctx context.Context) error {
			_, err := server.OpenEphemeralResource(ctx,
				&tfprotov6.OpenEphemeralResourceRequest{
					TypeName: linqAttachment.typeName, Config: ephemeral,
				})
			return err
		},
		"CloseEphemeralResource": func(ctx context.Context) error {
			_, err := server.CloseEphemeralResource(ctx,
				&tfprotov6.CloseEphemeralResourceRequest{TypeName: linqAttachment.typeName})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			collected := make(chan struct{})
			func() {
				value := new(cost)
				runtime.AddCleanup(value, func(done chan struct{}) { close(done) }, collected)
				if err := call(context.WithValue(t.Context(), key{}, value)); err != nil {
					t.Error(err)
				}
			}()
			for deadline := time.Now().Add(10 * time.Second); ; {
				runtime.GC()
				select {
				case <-collected:
					return
				case <-time.After(time.Millisecond):
				}
				if time.Now().After(deadline) {
					t.Fatal("what the context holds is kept after its call")
				}
			}
		})
	}
}

func TestTheContextOfACallEndsWithIt(t *testing.T) {
	t.Parallel()
	type key struct{}
	call, cancel := context.WithCancel(context.WithValue(t.Context(), key{}, "value"))
	kept, err := withCallContext(call, "",
		func(ctx context.Context, _ string) (context.Context, error) {
			if ctx.Value(key{}) != "value" || ctx.Err() != nil {
				t.Error("the call doesn't see its own context")
			}
			child, stop := context.WithCancel(ctx)
			defer stop()
			cancel()
			<-child.Done()
			return ctx, child.Err()
		})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("during the call: got %v", err)
	}
	if kept.Err() == nil || kept.Value(key{}) != nil {
		t.Error("the context goes on after its call")
	}
}
