package provider

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// TestLentContextIsLetGo has a call keep its context, as the framework does.
func TestLentContextIsLetGo(t *testing.T) {
	t.Parallel()
	type key struct{}
	type cost [1 << 16]byte
	collected := make(chan struct{})

	kept, err := func() (context.Context, error) {
		value := new(cost)
		runtime.AddCleanup(value, func(done chan struct{}) { close(done) }, collected)
		call := context.WithValue(t.Context(), key{}, value)
		return lend(call, "", func(ctx context.Context, _ string) (context.Context, error) {
			child, cancel := context.WithCancel(ctx)
			t.Cleanup(cancel)
			if child.Value(key{}) != value || child.Err() != nil {
				t.Error("the call doesn't see its own context")
			}
			return ctx, nil
		})
	}()
	if err != nil {
		t.Fatal(err)
	}

	if kept.Err() == nil {
		t.Error("the context goes on after its call")
	}
	for deadline := time.Now().Add(time.Minute); ; {
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
}

func TestTheServerLends(t *testing.T) {
	t.Parallel()
	server := newServer(newProvider("test"))
	if _, ok := server.(lendingServer); !ok {
		t.Errorf("got a %T", server)
	}
}

func TestLentContextIsCancelledWithItsCall(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	_, err := lend(ctx, "", func(ctx context.Context, _ string) (struct{}, error) {
		child, stop := context.WithCancel(ctx)
		defer stop()
		cancel()
		<-child.Done()
		return struct{}{}, child.Err()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// keeper keeps the context of its last call, as the framework does.
type keeper struct {
	tfprotov6.ProviderServer
	kept context.Context
}

func (k *keeper) ValidateDataResourceConfig(
	ctx context.Context, _ *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	k.kept = ctx
	return nil, ctx.Err()
}

func (k *keeper) ReadDataSource(
	ctx context.Context, _ *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error) {
	k.kept = ctx
	return nil, ctx.Err()
}

func (k *keeper) ValidateEphemeralResourceConfig(
	ctx context.Context, _ *tfprotov6.ValidateEphemeralResourceConfigRequest,
) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	k.kept = ctx
	return nil, ctx.Err()
}

func (k *keeper) OpenEphemeralResource(
	ctx context.Context, _ *tfprotov6.OpenEphemeralResourceRequest,
) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	k.kept = ctx
	return nil, ctx.Err()
}

func (k *keeper) CloseEphemeralResource(
	ctx context.Context, _ *tfprotov6.CloseEphemeralResourceRequest,
) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	k.kept = ctx
	return nil, ctx.Err()
}

// TestCallsForBlocksLetGoOfTheirContexts has every call that an engine makes for a block.
func TestCallsForBlocksLetGoOfTheirContexts(t *testing.T) {
	t.Parallel()
	kept := &keeper{}
	server := lendingServer{ProviderServer: kept, provider: newProvider("")}
	for name, call := range map[string]func(context.Context) error{
		"ValidateDataResourceConfig": func(ctx context.Context) error {
			_, err := server.ValidateDataResourceConfig(ctx, nil)
			return err
		},
		"ReadDataSource": func(ctx context.Context) error {
			_, err := server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{})
			return err
		},
		"ValidateEphemeralResourceConfig": func(ctx context.Context) error {
			_, err := server.ValidateEphemeralResourceConfig(ctx, nil)
			return err
		},
		"OpenEphemeralResource": func(ctx context.Context) error {
			_, err := server.OpenEphemeralResource(ctx, nil)
			return err
		},
		"CloseEphemeralResource": func(ctx context.Context) error {
			_, err := server.CloseEphemeralResource(ctx, nil)
			return err
		},
	} {
		if err := call(t.Context()); err != nil || kept.kept.Err() == nil {
			t.Errorf("%s: %v during the call, %v after it", name, err, kept.kept.Err())
		}
	}
}
