package provider

import (
	"context"
	"errors"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// TestDirectReadsAgreeWithTheFramework has both read the same.
func TestDirectReadsAgreeWithTheFramework(t *testing.T) {
	t.Parallel()
	const nowhere = "00000000-0000-4000-8000-000000000000"
	app := values{"wix": values{"app": values{
		"id":          mockapi.DefaultWixAppID,
		"secret":      mockapi.DefaultWixAppSecret,
		"instance_id": mockapi.DefaultWixAppInstanceID,
	}}}
	for name, test := range map[string]struct {
		provider values
		typeName string
		config   values
		problems int
	}{
		"found": {
			typeName: linqAttachmentType,
			config:   values{"attachment_id": mockapi.LinqVideo},
		},
		"an error": {
			typeName: linqAttachmentType,
			config:   values{"attachment_id": ".."},
			problems: 1,
		},
		"many, of which one is missing": {
			typeName: linqAttachmentsType,
			config:   values{"attachment_ids": []any{mockapi.LinqVideo, nowhere}},
		},
		"a warning": {
			typeName: linqAttachmentsType,
			config:   values{"attachment_ids": []any{nowhere}},
			problems: 1,
		},
		"nested values": {
			typeName: wixContactAttachmentType,
			config: values{
				"contact_id":    mockapi.WixContact,
				"attachment_id": mockapi.WixVideo,
				"timeouts":      values{"read": "10s"},
			},
		},
		"an error on an argument": {
			provider: app,
			typeName: wixContactAttachmentType,
			config: values{
				"contact_id":    mockapi.WixContact,
				"attachment_id": mockapi.WixVideo,
				"site_id":       "another",
			},
			problems: 1,
		},
		"a list of nested values": {
			typeName: wixContactAttachmentsType,
			config:   values{"contact_id": mockapi.WixContact},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			made, err := serveProvider(newMock(t).env())["attachments"]()
			if err != nil {
				t.Fatal(err)
			}
			server := made.(lendingServer)
			schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
			if err != nil {
				t.Fatal(err)
			}
			configured, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{
				Config: dynamic(t, schemas.Provider.ValueType(), test.provider),
			})
			if err != nil || len(configured.Diagnostics) > 0 {
				t.Fatal(err, configured)
			}
			typ := schemas.DataSourceSchemas[test.typeName].ValueType()
			request := &tfprotov6.ReadDataSourceRequest{
				TypeName: test.typeName,
				Config:   dynamic(t, typ, test.config),
			}

			want, err := server.ProviderServer.ReadDataSource(ctx, request)
			if err != nil {
				t.Fatal(err)
			}
			server.ProviderServer = noReads{server.ProviderServer}
			got, err := server.ReadDataSource(ctx, request)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want.Diagnostics, got.Diagnostics); diff != "" {
				t.Errorf("the framework has -, the direct read +: %s", diff)
			}
			if len(got.Diagnostics) != test.problems {
				t.Errorf("got %d diagnostics in place of %d", len(got.Diagnostics), test.problems)
			}
			if want, got := unsigned(t, want.State, typ), unsigned(t, got.State, typ); !want.Equal(got) {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

// noReads is a framework's server that isn't to read.
type noReads struct{ tfprotov6.ProviderServer }

var errNoReads = errors.New("the framework was asked to read")

func (noReads) ReadDataSource(
	context.Context, *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error) {
	return nil, errNoReads
}

var signature = regexp.MustCompile(`token=[0-9a-f]{32}`)

// unsigned decodes a state, with the same signature in all of its URLs.
func unsigned(t *testing.T, state *tfprotov6.DynamicValue, typ tftypes.Type) tftypes.Value {
	t.Helper()
	same := tfprotov6.DynamicValue{
		MsgPack: signature.ReplaceAll(state.MsgPack, []byte("token=00000000000000000000000000000000")),
	}
	value, err := same.Unmarshal(typ)
	if err != nil {
		t.Fatal(err)
	}
	return value
}
