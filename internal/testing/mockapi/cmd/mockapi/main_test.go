package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

func TestServePrintsVariablesForItself(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	output, printed := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := serve(ctx, printed, io.Discard, options{
			address: "127.0.0.1:0", faults: "503", gone: mockapi.LinqPDF,
		})
		_ = printed.CloseWithError(err)
		ended <- err
	}()

	var lines []string
	for scanner := bufio.NewScanner(output); len(lines) < 5 && scanner.Scan(); {
		lines = append(lines, scanner.Text())
	}
	if len(lines) != 5 {
		t.Fatalf("got %q and %v", lines, <-ended)
	}
	_, url, _ := strings.Cut(lines[3], "WIX_BASE_URL=")
	if diff := cmp.Diff([]string{
		"export LINQ_API_V3_API_KEY=linq-mock-key",
		"export LINQ_API_V3_BASE_URL=" + url + "/api/partner",
		"export WIX_API_KEY=IST.wix-mock-key",
		"export WIX_BASE_URL=" + url,
		"export WIX_SITE_ID=7f3c3bb1-5c8b-4d8e-9a39-0a4f7ad9d3a1",
	}, lines); diff != "" {
		t.Error(diff)
	}

	var statuses []int
	for _, id := range []string{mockapi.LinqPhoto, mockapi.LinqPhoto, mockapi.LinqPDF} {
		statuses = append(statuses, ask(t, url+"/api/partner/v3/attachments/"+id))
	}
	if diff := cmp.Diff([]int{503, 200, 404}, statuses); diff != "" {
		t.Error(diff)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("stopped: %v", err)
	}
}

func ask(t *testing.T, url string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer linq-mock-key")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode
}

// TestServeUsesAFreePort occupies the default port, unless another process has it already.
func TestServeUsesAFreePort(t *testing.T) {
	t.Parallel()
	var config net.ListenConfig
	if taken, err := config.Listen(t.Context(), "tcp", defaultAddress); err == nil {
		defer func() { _ = taken.Close() }()
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var notes strings.Builder
	if err := serve(ctx, io.Discard, &notes, options{address: defaultAddress}); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(notes.String(), defaultAddress+" is taken") {
		t.Errorf("got %s", notes.String())
	}
}

func TestServeRejectsBadFlags(t *testing.T) {
	t.Parallel()
	err := serve(t.Context(), io.Discard, io.Discard,
		options{address: "127.0.0.1:0", faults: "sometimes"})
	if !errors.Is(err, mockapi.ErrUnknownFault) {
		t.Errorf("an unknown fault: got %v", err)
	}
	err = serve(t.Context(), io.Discard, io.Discard, options{address: "127.0.0.1"})
	var address *net.AddrError
	if !errors.As(err, &address) {
		t.Errorf("an address without a port: got %v", err)
	}
}
