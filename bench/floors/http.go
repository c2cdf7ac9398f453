package main

import (
	"context"
	"encoding/base64"
	"io"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// httpDataSource stands in for data "http" of hashicorp/http. It has the same arguments and
// attributes, opens a connection for each read, and keeps headers and body. It has no validators
// and no retries.
type httpDataSource struct{}

type httpModel struct {
	ID                 types.String            `tfsdk:"id"`
	URL                types.String            `tfsdk:"url"`
	Method             types.String            `tfsdk:"method"`
	RequestHeaders     map[string]types.String `tfsdk:"request_headers"`
	RequestBody        types.String            `tfsdk:"request_body"`
	RequestTimeout     types.Int64             `tfsdk:"request_timeout_ms"`
	CACertificate      types.String            `tfsdk:"ca_cert_pem"`
	ClientCertificate  types.String            `tfsdk:"client_cert_pem"`
	ClientKey          types.String            `tfsdk:"client_key_pem"`
	Insecure           types.Bool              `tfsdk:"insecure"`
	Retry              types.Object            `tfsdk:"retry"`
	ResponseHeaders    map[string]types.String `tfsdk:"response_headers"`
	ResponseBody       types.String            `tfsdk:"response_body"`
	Body               types.String            `tfsdk:"body"`
	ResponseBodyBase64 types.String            `tfsdk:"response_body_base64"`
	StatusCode         types.Int64             `tfsdk:"status_code"`
}

func (httpDataSource) Metadata(
	_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = "http"
}

func (httpDataSource) Schema(
	_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse,
) {
	text, number := schema.StringAttribute{Optional: true}, schema.Int64Attribute{Optional: true}
	computed := schema.StringAttribute{Computed: true}
	resp.Schema = schema.Schema{
		Attributes: map[string]schema.Attribute{
			"id":                   computed,
			"url":                  schema.StringAttribute{Required: true},
			"method":               text,
			"request_headers":      schema.MapAttribute{ElementType: types.StringType, Optional: true},
			"request_body":         text,
			"request_timeout_ms":   number,
			"ca_cert_pem":          text,
			"client_cert_pem":      text,
			"client_key_pem":       text,
			"insecure":             schema.BoolAttribute{Optional: true},
			"response_headers":     schema.MapAttribute{ElementType: types.StringType, Computed: true},
			"response_body":        computed,
			"body":                 computed,
			"response_body_base64": computed,
			"status_code":          schema.Int64Attribute{Computed: true},
		},
		Blocks: map[string]schema.Block{"retry": schema.SingleNestedBlock{
			Attributes: map[string]schema.Attribute{
				"attempts":     number,
				"min_delay_ms": number,
				"max_delay_ms": number,
			},
		}},
	}
}

func (httpDataSource) Read(
	ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse,
) {
	var m httpModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if err := m.get(ctx); err != nil {
		resp.Diagnostics.AddError("Error making request", err.Error())
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

func (m *httpModel) get(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, m.URL.ValueString(), nil)
	if err != nil {
		return err
	}
	for name, value := range m.RequestHeaders {
		request.Header.Set(name, value.ValueString())
	}
	client := &http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	m.ID = m.URL
	m.StatusCode = types.Int64Value(int64(response.StatusCode))
	m.ResponseBody = types.StringValue(string(body))
	m.Body = m.ResponseBody
	m.ResponseBodyBase64 = types.StringValue(base64.StdEncoding.EncodeToString(body))
	m.ResponseHeaders = map[string]types.String{}
	for name := range response.Header {
		m.ResponseHeaders[name] = types.StringValue(response.Header.Get(name))
	}
	return nil
}
