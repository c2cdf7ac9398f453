package main

import (
	"net/http"
	"testing"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

func TestCheckSender(t *testing.T) {
	t.Parallel()
	for agent, valid := range map[string]bool{
		"Terraform/1.2.3 terraform-provider-attachments/0.1.0 (+https://x)":  true,
		"Terraform/1.2.3 terraform-provider-attachments/0.1.00 (+https://x)": false,
		"terraform-provider-attachments/dev":                                 false,
	} {
		request := mockapi.Request{Header: http.Header{"User-Agent": {agent}}}
		if err := checkSender([]mockapi.Request{request}); (err == nil) != valid {
			t.Errorf("%s: got %v", agent, err)
		}
	}
	if err := checkSender(nil); err == nil {
		t.Error("no request: got no error")
	}
}
