package provider

import (
	"context"
	"runtime"
	"testing"
	"time"
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

// TestLentContextEndsWithTheCall cancels a call, and finds that it is told.
func TestLentContextEndsWithTheCall(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	_, err := lend(ctx, "", func(ctx context.Context, _ string) (struct{}, error) {
		child, stop := context.WithCancel(ctx)
		defer stop()
		cancel()
		<-child.Done()
		return struct{}{}, child.Err()
	})
	if err != context.Canceled {
		t.Errorf("got %v", err)
	}
}
