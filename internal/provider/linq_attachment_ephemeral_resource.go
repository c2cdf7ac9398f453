package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/ephemeral/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
)

func newLinqAttachmentEphemeralResource() ephemeral.EphemeralResource {
	return &ephemeralResource[linqAttachmentEphemeralModel]{
		typeName:    linqAttachmentType,
		description: linqAttachmentDescription,
		attributes:  linqAttachmentAttributes,
		read:        (*linqAttachmentEphemeralModel).open,
	}
}

type linqAttachmentEphemeralModel struct {
	linqAttachmentModel
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// open shares its answer with nobody: who asks for an ephemeral value wants a fresh one.
func (m *linqAttachmentEphemeralModel) open(
	ctx context.Context,
	diags *diag.Diagnostics,
	clients *clients,
) bool {
	return m.read(ctx, diags, clients, limit{"timeouts.open", m.Timeouts.Open},
		(*linq.Client).GetAttachment)
}
