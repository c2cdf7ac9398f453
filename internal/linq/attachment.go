package linq

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// Attachment is the metadata of a message's file, as "Get attachment metadata" documents it. A
// field that is absent or null in the answer is nil.
type Attachment struct {
	ID          string  `json:"id"` // a UUID, as Linq writes it
	Filename    *string `json:"filename"`
	ContentType *string `json:"content_type"` // a MIME type; the list is open
	SizeBytes   *int64  `json:"size_bytes"`   // bytes
	// Status is pending, complete or failed; deprecated by Linq, so it may be missing.
	Status *string `json:"status"`
	// DownloadURL may be signed, and then differs from read to read and ends after 15 minutes.
	DownloadURL *string `json:"download_url"`
	CreatedAt   *string `json:"created_at"` // RFC 3339, as Linq writes it
}

// Request asks for one attachment.
type Request struct {
	AttachmentID string // a UUID
	// WaitUntilReady keeps asking, for as long as the context lasts, until the attachment has a URL
	// and its status isn't pending.
	WaitUntilReady bool
}

// GetAttachment reads one attachment.
//
// Errors are those of [rest.Do]: [rest.ErrNotFound] where the account has no such attachment,
// [ErrNotReady] where Linq hasn't finished with it, and [ErrFailed] where it was to wait for one
// that will never be ready.
func (c *Client) GetAttachment(ctx context.Context, request Request) (*Attachment, error) {
	get := rest.Request{Path: []string{"v3", "attachments", request.AttachmentID}}
	if request.WaitUntilReady {
		get.Pending = func(err error) bool { return errors.Is(err, ErrNotReady) }
	}
	return rest.Do(ctx, c.rest, get, func(a *Attachment) error {
		if err := a.check(request.AttachmentID); err != nil || !request.WaitUntilReady {
			return err
		}
		return a.checkReady()
	})
}

// GetSharedAttachment is GetAttachment for those to whom the same answer is as good: it is shared
// while it is being read, and where it is ready for [rest.ShareTime] afterwards.
func (c *Client) GetSharedAttachment(ctx context.Context, request Request) (*Attachment, error) {
	key, variant := strings.ToLower(request.AttachmentID), ""
	if request.WaitUntilReady {
		variant = " when it is ready"
	}
	return c.shared.Get(ctx, key, variant,
		func(ctx context.Context) (*Attachment, time.Duration, error) {
			attachment, err := c.GetAttachment(ctx, request)
			if err != nil || attachment.checkReady() != nil {
				return attachment, 0, err
			}
			return attachment, rest.ShareTime, nil
		})
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

// checkReady goes by the URL and takes the status, which Linq will drop, only for a hint.
func (a *Attachment) checkReady() error {
	switch {
	case a.Status != nil && *a.Status == "failed":
		return ErrFailed
	case !a.Ready():
		return ErrNotReady
	}
	return nil
}

// Ready tells whether there is a URL, and no status that says it isn't final.
func (a *Attachment) Ready() bool {
	return a.DownloadURL != nil && (a.Status == nil || *a.Status != "pending")
}
