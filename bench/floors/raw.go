package main

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// rawServer handles the two calls for each block itself. After the latency, a read returns only the
// block's arguments. No provider can do less work.
type rawServer struct {
	tfprotov6.ProviderServer
	latency time.Duration
}

func (rawServer) ValidateDataResourceConfig(
	context.Context, *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}

func (s rawServer) ReadDataSource(
	_ context.Context, req *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error) {
	time.Sleep(s.latency)
	return &tfprotov6.ReadDataSourceResponse{State: req.Config}, nil
}
