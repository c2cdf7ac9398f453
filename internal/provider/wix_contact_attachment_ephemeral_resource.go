package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/ephemeral/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

func newWixContactAttachmentEphemeralResource() ephemeral.EphemeralResource {
	return &ephemeralResource[wixContactAttachmentEphemeralModel]{
		typeName:    wixContactAttachmentType,
		description: wixContactAttachmentDescription,
		attributes:  wixContactAttachmentAttributes,
		read:        (*wixContactAttachmentEphemeralModel).open,
	}
}

type wixContactAttachmentEphemeralModel struct {
	wixContactAttachmentModel
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// open shares its answer with nobody: who asks for an ephemeral value wants a fresh one.
func (m *wixContactAttachmentEphemeralModel) open(
	ctx context.Context,
	diags *diag.Diagnostics,
	clients *clients,
) bool {
	return m.read(ctx, diags, clients, limit{"timeouts.open", m.Timeouts.Open},
		(*wix.Client).GetContactAttachment)
}
