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

// options are the flags.
type options struct {
	address    string
	faults     string
	gone       string
	readyAfter int
	urlLife    time.Duration
}

func main() {
	var o options
	flag.StringVar(&o.address, "address", defaultAddress, "the `host:port` to listen on; if the "+
		"default port is taken, the mock uses a free one")
	flag.StringVar(&o.faults, "faults", "", "a comma-separated `list` of failures, one for each of "+
		"the first requests: drop, truncate, stall, html, or a status such as 503, 429, and 404/2007")
	flag.StringVar(&o.gone, "gone", "", "a comma-separated list of `IDs` of deleted attachments")
	flag.IntVar(&o.readyAfter, "ready-after", 0, "the number of reads of each attachment that return "+
		"no URL, because the file isn't ready")
	flag.DurationVar(&o.urlLife, "url-lifetime", 15*time.Minute, "how long signed URLs work")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := serve(ctx, os.Stdout, os.Stderr, o)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

// serve prints only commands to output, so that a shell can source them, and the rest to notes.
func serve(ctx context.Context, output, notes io.Writer, o options) error {
	api := mockapi.New(mockapi.Config{})
	api.ServeFiles(o.urlLife)
	api.ReadyAfter(o.readyAfter)
	for _, id := range strings.Split(o.gone, ",") {
		api.Delete(id)
	}
	script, err := mockapi.ParseFaults(o.faults)
	if err != nil {
		return err
	}
	api.Fail("", script...)

	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", o.address)
	if err != nil && o.address == defaultAddress {
		_, _ = fmt.Fprintf(notes, "%s is taken: the mock uses a free port instead.\n", o.address)
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
	_, _ = fmt.Fprintf(notes, usage, mockapi.DefaultWixAccessToken,
		mockapi.DefaultWixAppID, mockapi.DefaultWixAppSecret, mockapi.DefaultWixAppInstanceID,
		mockapi.SecondLinqAPIKey, mockapi.SecondLinqPDF,
		mockapi.SecondWixSiteID, mockapi.SecondWixContact, mockapi.SecondWixPDF,
		mockapi.SecondWixAPIKey, strings.Join(names, " "))

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

const usage = `
Instead of WIX_API_KEY (unset it first), you can set WIX_ACCESS_TOKEN=%s, or all of
WIX_APP_ID=%s WIX_APP_SECRET=%s WIX_APP_INSTANCE_ID=%s

To read from the second Linq account, set LINQ_API_V3_API_KEY=%s.
It has the attachment %s.

To read from the second Wix site, set WIX_SITE_ID=%s.
It has the contact %s with the attachment %s.
WIX_API_KEY=%s is valid only for that site.

To undo all of this, run:

unset %s WIX_ACCESS_TOKEN WIX_APP_ID WIX_APP_SECRET WIX_APP_INSTANCE_ID

For files that aren't ready, deleted files, expired URLs, and failures, see build/mockapi -help.

Requests:
`
