package provider

import (
	"testing"

	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
)

// BenchmarkModelToState compares the mapper with the framework's own reflection.
func BenchmarkModelToState(b *testing.B) {
	value, size := "photo.jpg", int64(1024000)
	attachment := &linq.Attachment{
		ID: value, Filename: &value, ContentType: &value, SizeBytes: &size, Status: &value,
		DownloadURL: &value, CreatedAt: &value,
	}
	one := linqAttachmentModel{
		linqAttachmentDetails: newLinqAttachmentDetails(attachment),
		DownloadURL:           text(attachment.DownloadURL),
	}
	schema := datasourceschema.Schema{Attributes: linqAttachmentAttributes()}
	typ := schema.Type().TerraformType(b.Context())

	b.Run("mapper", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := encode(b.Context(), &one, typ); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("framework", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			state := tfsdk.State{Schema: schema, Raw: tftypes.NewValue(typ, nil)}
			if diags := state.Set(b.Context(), &one); diags.HasError() {
				b.Fatal(diags)
			}
		}
	})
}
