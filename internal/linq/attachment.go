package linq

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// Attachment is the metadata of a message's file, as "Get attachment metadata" documents it. A
// field that is absent or null in the answer is nil.
type Attachment struct {
	ID          string  `json:"id"`
	Filename    *string `json:"filename"`
	ContentType *string `json:"content_type"` // a MIME type; the list is open
	SizeBytes   *int64  `json:"size_bytes"`
	// Status is pending, complete or failed; deprecated by Linq, so it may be missing.
	Status *string `json:"status"`
	// DownloadURL may be signed, and then differs from read to read and ends after 15 minutes.
	DownloadURL *string `json:"download_url"`
	CreatedAt   *string `json:"created_at"` // RFC 3339
}

// GetAttachment reads one attachment by its id (a UUID).
//
// Errors are those of [rest.Client.Get]: [rest.ErrNotFound] where the account has no such
// attachment, [ErrNotReady] where Linq hasn't finished with it.
func (c *Client) GetAttachment(ctx context.Context, id string) (*Attachment, error) {
	var attachment Attachment
	request := rest.Request{Path: []string{"v3", "attachments", id}}
	check := func() error { return attachment.check(id) }
	if err := c.rest.Get(ctx, request, &attachment, check); err != nil {
		return nil, err
	}
	return &attachment, nil
}

func (a *Attachment) check(id string) error {
	switch {
	case a.ID == "":
		return errors.New(`it has no "id"`)
	case !strings.EqualFold(a.ID, id):
		return fmt.Errorf("it is attachment %q, not %q", a.ID, id)
	}
	return nil
}
