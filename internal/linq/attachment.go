package linq

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// Attachment is the metadata of a message's file, as "Get attachment metadata" documents it. A
// field that is absent or null in the response is nil.
type Attachment struct {
	ID          string  `json:"id"` // a UUID, as Linq writes it
	Filename    *string `json:"filename"`
	ContentType *string `json:"content_type"` // a MIME type; the list is open
	SizeBytes   *int64  `json:"size_bytes"`   // bytes
	// Status is pending, complete or failed; deprecated by Linq, so it may be missing.
	Status *string `json:"status"`
	// DownloadURL may be signed. Then it differs from read to read and expires after 15 minutes.
	DownloadURL *string `json:"download_url"`
	CreatedAt   *string `json:"created_at"` // RFC 3339, as Linq writes it

	responseSize int // bytes
}

// Request asks for one attachment.
type Request struct {
	AttachmentID string // a UUID
	// WaitUntilReady polls, for as long as the context lasts, until the attachment has a URL.
	WaitUntilReady bool
	// Fresh sends a request even while an identical one is under way.
	Fresh bool
}

// GetAttachment reads one attachment. Concurrent calls with the same request share one response.
//
// Errors are those of [rest.Do]: [rest.ErrNotFound] if the account has no such attachment,
// [ErrNotReady] if Linq hasn't finished processing it, and [ErrFailed] if it never will.
func (c *Client) GetAttachment(ctx context.Context, request Request) (*Attachment, error) {
	if request.Fresh {
		return c.getAttachment(ctx, request)
	}
	key := request
	key.AttachmentID = strings.ToLower(request.AttachmentID)
	return c.attachments.Do(ctx, key, func(ctx context.Context) (*Attachment, error) {
		return c.getAttachment(ctx, request)
	})
}

func (c *Client) getAttachment(ctx context.Context, request Request) (*Attachment, error) {
	get := rest.Request{Path: []string{"v3", "attachments", request.AttachmentID}}
	if request.WaitUntilReady {
		get.Pending = func(err error) bool { return errors.Is(err, ErrNotReady) }
	}
	attachment, size, err := rest.Do(ctx, c.rest, get, func(a *Attachment) error {
		if err := a.check(request.AttachmentID); err != nil || !request.WaitUntilReady {
			return err
		}
		return a.checkReady()
	})
	if err != nil {
		return nil, err
	}
	attachment.responseSize = size
	return attachment, nil
}

func (a *Attachment) check(id string) error {
	switch {
	case a.ID == "":
		return &rest.MissingError{Field: "id"}
	case !strings.EqualFold(a.ID, id):
		return fmt.Errorf("it describes attachment %q instead of %q", a.ID, id)
	}
	rest.NilIfBlank(&a.CreatedAt)
	return rest.CheckURL("download_url", &a.DownloadURL)
}

// checkReady checks the URL, because Linq says that the status isn't a useful signal any more.
func (a *Attachment) checkReady() error {
	switch {
	case a.DownloadURL != nil:
		return nil
	case a.Status == nil:
		return notReadyError(`it has no "download_url"`)
	case strings.EqualFold(*a.Status, "failed"):
		return ErrFailed
	}
	return notReadyError(fmt.Sprintf(`its "status" is %q and it has no "download_url"`, *a.Status))
}
