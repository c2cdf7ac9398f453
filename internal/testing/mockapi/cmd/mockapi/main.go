// Command mockapi serves the mock of both APIs until interrupted. It prints the commands that set
// the provider's environment variables.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

const defaultAddress = "127.0.0.1:8765"

func main() {
	address := flag.String("address", defaultAddress, "the `host:port` to listen on; if the default "+
		"port is taken, the mock uses a free one")
	faults := flag.String("faults", "", "a comma-separated `list` of failures, one for each of the "+
		"first requests: drop, truncate, stall, html, or a status such as 503, 429 and 404/2007")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := serve(ctx, os.Stdout, os.Stderr, *address, *faults)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

// serve prints only commands to output, so that a shell can source them, and the rest to notes.
func serve(ctx context.Context, output, notes io.Writer, address, faults string) error {
	api := mockapi.New(mockapi.Config{})
	api.ServeFiles()
	script, err := mockapi.ParseFaults(faults)
	if err != nil {
		return err
	}
	api.Fail("", script...)

	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil && address == defaultAddress {
		_, _ = fmt.Fprintf(notes, "%s is taken: the mock uses a free port instead.\n", address)
		listener, err = config.Listen(ctx, "tcp", "127.0.0.1:0")
	}
	if err != nil {
		return err
	}
	url := "http://" + listener.Addr().String()
	_, _ = fmt.Fprintf(notes, "The mock serves %s until you press Ctrl+C. Paste this into another "+
		"terminal:\n\n", url)
	env := mockapi.Env(url)
	names := slices.Sorted(maps.Keys(env))
	for _, name := range names {
		_, _ = fmt.Fprintf(output, "export %s=%s\n", name, env[name])
	}
	_, _ = fmt.Fprintf(notes, "\nTo undo it, run this there:\n\nunset %s\n\nInstead of WIX_API_KEY, "+
		"you can set WIX_ACCESS_TOKEN=%s, or all of\nWIX_APP_ID=%s WIX_APP_SECRET=%s "+
		"WIX_APP_INSTANCE_ID=%s\n\nRequests:\n", strings.Join(names, " "),
		mockapi.DefaultWixAccessToken, mockapi.DefaultWixAppID, mockapi.DefaultWixAppSecret,
		mockapi.DefaultWixAppInstanceID)

	requests := log.New(notes, "", log.Ltime)
	logged := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Printf("%s %s", r.Method, r.URL.EscapedPath()) // neither contains a line break
		api.ServeHTTP(w, r)
	})
	server := &http.Server{Handler: logged, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
