package provider

import (
	"context"
	"io"
	"math"
	"net/http"
	"runtime/debug"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tfsdklog"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// BenchmarkBlock validates and reads a linq_attachment block with the calls that Terraform makes.
// It also reports how the time and the allocations are divided:
//
//   - framework: the same calls to a bare framework provider. Its data source has the same schema,
//     a validator that accepts everything, and a Read that sets a constant state.
//   - http: the same GET with a plain [http.Transport], including the mock's work, and decoding the
//     response with the same JSON library.
//   - own: the rest, which is what this project's code adds: validator, mapper, contexts, sharing,
//     limiter, retries, checks of the response, and logging. Keep it below 0.1 ms and 260
//     allocations.
//
// The block and its parts alternate, so that other load on the machine slows all of them down.
// Ignore B/op: it is the total of the block and its parts. Logs are off and memory is tuned, as
// when Terraform runs the provider.
func BenchmarkBlock(b *testing.B) {
	b.ReportAllocs()
	b.Setenv("GOGC", "") // TestMain sets both for Terraform
	b.Setenv("GOMEMLIMIT", "")
	tuneMemory()
	b.Cleanup(func() {
		debug.SetGCPercent(100)
		debug.SetMemoryLimit(math.MaxInt64)
	})
	b.Setenv("TF_LOG_SDK", "off")
	b.Setenv("TF_LOG_SDK_FRAMEWORK", "off")
	off := tfsdklog.WithLevelFromEnv("TF_LOG_SDK")
	ctx := tfsdklog.NewRootSDKLogger(tfsdklog.NewRootProviderLogger(b.Context(), off), off)

	api := newMock(b)
	s := start(b, newTestServer(api.env(), &noWait{})).mustConfigure(b, nil)
	config := s.dataSource(b, linqAttachment.typeName, readPhoto)
	state, err := readBlock(ctx, b, s.server, config).Unmarshal(
		s.schemas.DataSourceSchemas[linqAttachment.typeName].ValueType())
	if err != nil {
		b.Fatal(err)
	}
	bare := providerserver.NewProtocol6(bareProvider{newProvider("test"), state})()
	transport := http.DefaultTransport.(*http.Transport).Clone()
	url := api.url + mockapi.LinqPath + "/v3/attachments/" + mockapi.LinqPhoto

	whole := &part{run: func() { readBlock(ctx, b, s.server, config) }}
	framework := &part{run: func() { readBlock(ctx, b, bare, config) }}
	exchange := &part{run: func() { getAttachment(b, transport, url) }}
	parts := []*part{whole, framework, exchange}
	for _, p := range parts {
		p.allocations = testing.AllocsPerRun(100, p.run)
	}
	for b.Loop() {
		for _, p := range parts {
			started := time.Now()
			p.run()
			p.took += time.Since(started)
		}
	}
	own := &part{
		took:        whole.took - framework.took - exchange.took,
		allocations: whole.allocations - framework.allocations - exchange.allocations,
	}
	if own.allocations > 260 {
		b.Errorf("this project's code makes %.0f allocations, more than 260", own.allocations)
	}
	// The empty prefix replaces the standard metrics with those of the block alone.
	for name, p := range map[string]*part{
		"": whole, "framework-": framework, "http-": exchange, "own-": own,
	} {
		b.ReportMetric(float64(p.took)/float64(b.N), name+"ns/op")
		b.ReportMetric(p.allocations, name+"allocs/op")
	}
}

// part is a part of the work for a block, with its cost.
type part struct {
	run         func()
	took        time.Duration // in all runs
	allocations float64       // of one run
}

func readBlock(
	ctx context.Context,
	b *testing.B,
	server tfprotov6.ProviderServer,
	config *tfprotov6.DynamicValue,
) *tfprotov6.DynamicValue {
	b.Helper()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	validated, err := server.ValidateDataResourceConfig(ctx,
		&tfprotov6.ValidateDataResourceConfigRequest{
			TypeName: linqAttachment.typeName, Config: config,
		})
	if err != nil || len(validated.Diagnostics) > 0 {
		b.Fatal(err, validated)
	}
	response, err := server.ReadDataSource(ctx,
		&tfprotov6.ReadDataSourceRequest{TypeName: linqAttachment.typeName, Config: config})
	if err != nil || len(response.Diagnostics) > 0 {
		b.Fatal(err, response)
	}
	return response.State
}

func getAttachment(b *testing.B, transport *http.Transport, url string) {
	b.Helper()
	request, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, nil)
	if err != nil {
		b.Fatal(err)
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "terraform-provider-attachments")
	request.Header.Set("Authorization", "Bearer "+mockapi.DefaultLinqAPIKey)
	response, err := transport.RoundTrip(request)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil {
		err = json.Unmarshal(body, new(linq.Attachment))
	}
	if err != nil {
		b.Fatal(err)
	}
}

// bareProvider has only the data source linq_attachment, which sets a constant state.
type bareProvider struct {
	*attachmentsProvider
	state tftypes.Value
}

func (p bareProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		func() datasource.DataSource { return bareDataSource{linqAttachment.dataSource(), p.state} },
	}
}

type bareDataSource struct {
	datasource.DataSource
	state tftypes.Value
}

func (d bareDataSource) Schema(
	ctx context.Context,
	req datasource.SchemaRequest,
	resp *datasource.SchemaResponse,
) {
	d.DataSource.Schema(ctx, req, resp)
	id := resp.Schema.Attributes["attachment_id"].(datasourceschema.StringAttribute)
	id.Validators = validate("", func(string) error { return nil })
	resp.Schema.Attributes["attachment_id"] = id
}

func (d bareDataSource) Read(
	_ context.Context,
	_ datasource.ReadRequest,
	resp *datasource.ReadResponse,
) {
	resp.State.Raw = d.state
}
