package provider

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// Serve serves the provider to the engine that has started this process, until that ends it. The
// version is that of the release. To debug is to keep running, until interrupted, for engines that
// are told to attach.
func Serve(version string, debug bool) error {
	var options []tf6server.ServeOpt
	if debug {
		options = append(options, tf6server.WithManagedDebug())
	} else {
		silenceUnreadLogs()
	}
	collectLessOften()
	return serve(version, options...)
}

func serve(version string, options ...tf6server.ServeOpt) error {
	return tf6server.Serve("registry.terraform.io/terraform-attachments/attachments",
		func() tfprotov6.ProviderServer { return newServer(newProvider(version)) }, options...)
}

func newServer(p *attachmentsProvider) tfprotov6.ProviderServer {
	return lendingServer{
		ProviderServer: providerserver.NewProtocol6(p)(),
		provider:       p,
		direct: sync.OnceValue(func() map[string]directSource {
			return newDirectSources(p)
		}),
	}
}

// lendingServer reads data sources directly, and gives the framework's server, which does all else,
// contexts that end with the call. The framework keeps the context of every call until the provider
// stops, about 54 KB a block, to be able to cancel it.
//
// Only calls that are made for each block are wrapped. Whoever adds list resources, actions or
// state stores must know that the embedded interface hides the optional ones that they are served
// by.
//
// To be removed when the framework lets go of contexts itself: registerContext in its
// internal/proto6server/serve.go. There is no issue of it yet.
type lendingServer struct {
	tfprotov6.ProviderServer
	provider *attachmentsProvider
	direct   func() map[string]directSource // made at the first read: each command starts providers
}

func (s lendingServer) ValidateDataResourceConfig(
	ctx context.Context,
	req *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return lend(ctx, req, s.ProviderServer.ValidateDataResourceConfig)
}

func (s lendingServer) ReadDataSource(
	ctx context.Context,
	req *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error) {
	if clients := s.provider.clients.Load(); clients != nil {
		if source, ok := s.direct()[req.TypeName]; ok {
			return source.answer(ctx, req, clients)
		}
	}
	// It has the answers for a type that there isn't, and for what Configure has put off.
	return lend(ctx, req, s.ProviderServer.ReadDataSource)
}

func (s lendingServer) ValidateEphemeralResourceConfig(
	ctx context.Context,
	req *tfprotov6.ValidateEphemeralResourceConfigRequest,
) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	return lend(ctx, req, s.ProviderServer.ValidateEphemeralResourceConfig)
}

func (s lendingServer) OpenEphemeralResource(
	ctx context.Context,
	req *tfprotov6.OpenEphemeralResourceRequest,
) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return lend(ctx, req, s.ProviderServer.OpenEphemeralResource)
}

func (s lendingServer) CloseEphemeralResource(
	ctx context.Context,
	req *tfprotov6.CloseEphemeralResourceRequest,
) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	return lend(ctx, req, s.ProviderServer.CloseEphemeralResource)
}

func lend[Q, A any](
	ctx context.Context,
	request Q,
	call func(context.Context, Q) (A, error),
) (A, error) {
	lent := &lentContext{}
	lent.lend(ctx)
	defer lent.lend(ended)
	return call(lent, request)
}

// lentContext is the context of a call while that lasts, and one that has ended, and has no logger,
// afterwards. A fetch that outlasts its call, since others wait for it, logs nothing from then on.
type lentContext struct {
	of atomic.Pointer[context.Context]
}

var ended = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

func (c *lentContext) lend(ctx context.Context) { c.of.Store(&ctx) }

func (c *lentContext) Deadline() (time.Time, bool) { return (*c.of.Load()).Deadline() }

func (c *lentContext) Done() <-chan struct{} { return (*c.of.Load()).Done() }

func (c *lentContext) Err() error { return (*c.of.Load()).Err() }

func (c *lentContext) Value(key any) any { return (*c.of.Load()).Value(key) }
