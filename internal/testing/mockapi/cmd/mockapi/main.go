// Command mockapi serves the APIs on loopback until it is interrupted, and prints what a provider
// needs to be pointed at it.
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
	"syscall"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

func main() {
	address := flag.String("address", "127.0.0.1:0", "host and port; port 0 picks a free one")
	faults := flag.String("faults", "", "what the first requests get, one each: a comma-separated "+
		"list of drop, truncate, stall, html and statuses, as 503, 429 and 404/2007")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := serve(ctx, os.Stdout, *address, *faults)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

func serve(ctx context.Context, output io.Writer, address, faults string) error {
	api := mockapi.New(mockapi.Config{})
	script, err := mockapi.ParseFaults(faults)
	if err != nil {
		return err
	}
	api.Fail("", script...)

	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	env := mockapi.Env("http://" + listener.Addr().String())
	for _, name := range slices.Sorted(maps.Keys(env)) {
		_, _ = fmt.Fprintf(output, "export %s=%s\n", name, env[name])
	}
	_, _ = fmt.Fprintf(output, "# In place of WIX_API_KEY:\n#   WIX_ACCESS_TOKEN=%s\n"+
		"#   WIX_APP_ID=%s WIX_APP_SECRET=%s WIX_APP_INSTANCE_ID=%s\n",
		mockapi.DefaultWixAccessToken, mockapi.DefaultWixAppID, mockapi.DefaultWixAppSecret,
		mockapi.DefaultWixAppInstanceID)

	logged := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		//nolint:gosec // a method is a token and the path is escaped: neither has a line break
		log.Printf("%s %s", r.Method, r.URL.EscapedPath())
		api.ServeHTTP(w, r)
	})
	server := &http.Server{Handler: logged, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
