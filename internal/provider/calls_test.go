package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// configured is a provider that reads from the mock, with its schemas.
func configured(
	t testing.TB,
	api *mock,
) (tfprotov6.ProviderServer, *tfprotov6.GetProviderSchemaResponse) {
	t.Helper()
	return configuredWith(t, api.env(), values{}, nil)
}

func configuredWith(
	t testing.TB,
	env map[string]string,
	config values,
	capabilities *tfprotov6.ConfigureProviderClientCapabilities,
) (tfprotov6.ProviderServer, *tfprotov6.GetProviderSchemaResponse) {
	t.Helper()
	server, err := serveProvider(env)["attachments"]()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	response, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		Config:             dynamic(t, schemas.Provider.ValueType(), config),
		ClientCapabilities: capabilities,
	})
	if err != nil || len(response.Diagnostics) > 0 {
		t.Fatalf("got %v, %v", err, response)
	}
	return server, schemas
}

// blocks are the types with a data source and an ephemeral resource.
var blocks = map[string]values{
	linqAttachment.typeName: {"attachment_id": mockapi.LinqPhoto},
	wixContactAttachment.typeName: {
		"contact_id": mockapi.WixContact, "attachment_id": mockapi.WixVideo,
	},
}

func open(
	t *testing.T,
	server tfprotov6.ProviderServer,
	schemas *tfprotov6.GetProviderSchemaResponse,
	typeName string,
	block values,
) []problem {
	t.Helper()
	response, err := server.OpenEphemeralResource(t.Context(),
		&tfprotov6.OpenEphemeralResourceRequest{
			TypeName: typeName,
			Config:   dynamic(t, schemas.EphemeralResourceSchemas[typeName].ValueType(), block),
		})
	if err != nil {
		t.Fatal(err)
	}
	return failed(t, nil, response.Diagnostics).problems
}

// TestWixContactAttachmentsWithoutAContact has an unknown contact and an invalid ID.
func TestWixContactAttachmentsWithoutAContact(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]problem{
		mockapi.WixImage: {
			"Wix Contact Attachments Not Found", "Wix didn't find contact " + mockapi.WixImage + ".\n\n", "",
		},
		"x": {
			"Invalid Wix Contact ID", "contact_id must be a UUID",
			`AttributeName("contact_id")`,
		},
	} {
		result := read(t, newMock(t).env(), nil, wixContactAttachments.typeName, values{"contact_id": id})
		if len(result.problems) != 1 || result.problems[0].Summary != want.Summary ||
			!strings.HasPrefix(result.problems[0].Detail, want.Detail) ||
			result.problems[0].Path != want.Path {
			t.Errorf("%s: got %v", id, result.problems)
		}
	}
}
