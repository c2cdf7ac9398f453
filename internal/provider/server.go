package provider

import (
	"context"
	"io"
	"log"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// Serve serves the provider to Terraform until Terraform ends this process. The version is the
// release's. In debug mode, Serve runs until interrupted so that Terraform can attach.
func Serve(version string, debug bool) error {
	var options []tf6server.ServeOpt
	if debug {
		options = append(options, tf6server.WithManagedDebug())
	} else {
		silenceUnreadLogs()
	}
	tuneMemory()
	return serve(version, options...)
}

// serve discards the standard logger's output, which Terraform would log: net/http writes the first
// bytes of unsolicited responses there.
func serve(version string, options ...tf6server.ServeOpt) error {
	defer log.SetOutput(log.Writer())
	log.SetOutput(io.Discard)
	return tf6server.Serve("registry.terraform.io/terraform-attachments/attachments",
		func() tfprotov6.ProviderServer { return newServer(newProvider(version)) }, options...)
}

func newServer(p *attachmentsProvider) tfprotov6.ProviderServer {
	return releasingServer{providerserver.NewProtocol6(p)()}
}

// releasingServer gives the framework's server a [callContext] in each call that Terraform makes
// for a data source or an ephemeral resource. The framework keeps the context of every call until
// the provider stops, about 54 KB for each block: registerContext in internal/proto6server/serve.go
// of terraform-plugin-framework. No issue exists yet.
//
// The embedded interface hides the optional interfaces by which the framework's server serves list
// resources, actions, and state stores.
type releasingServer struct{ tfprotov6.ProviderServer }

func (s releasingServer) ValidateDataResourceConfig(
	ctx context.Context,
	req *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return withCallContext(ctx, req, s.ProviderServer.ValidateDataResourceConfig)
}

func (s releasingServer) ReadDataSource(
	ctx context.Context,
	req *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error) {
	return withCallContext(ctx, req, s.ProviderServer.ReadDataSource)
}

func (s releasingServer) ValidateEphemeralResourceConfig(
	ctx context.Context,
	req *tfprotov6.ValidateEphemeralResourceConfigRequest,
) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	return withCallContext(ctx, req, s.ProviderServer.ValidateEphemeralResourceConfig)
}

func (s releasingServer) OpenEphemeralResource(
	ctx context.Context,
	req *tfprotov6.OpenEphemeralResourceRequest,
) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return withCallContext(ctx, req, s.ProviderServer.OpenEphemeralResource)
}

func (s releasingServer) CloseEphemeralResource(
	ctx context.Context,
	req *tfprotov6.CloseEphemeralResourceRequest,
) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	return withCallContext(ctx, req, s.ProviderServer.CloseEphemeralResource)
}

func withCallContext[Q, A any](
	ctx context.Context,
	request Q,
	call func(context.Context, Q) (A, error),
) (A, error) {
	c := &callContext{}
	c.current.Store(&ctx)
	defer c.current.Store(&endedContext)
	return call(c, request)
}

// callContext is the context of a call until the call returns, and endedContext from then on. Its
// pointer is atomic because the framework cancels contexts of ended calls when Terraform stops it.
type callContext struct {
	current atomic.Pointer[context.Context]
}

func (c *callContext) Deadline() (time.Time, bool) { return (*c.current.Load()).Deadline() }

func (c *callContext) Done() <-chan struct{} { return (*c.current.Load()).Done() }

func (c *callContext) Err() error { return (*c.current.Load()).Err() }

func (c *callContext) Value(key any) any { return (*c.current.Load()).Value(key) }

var endedContext = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()
