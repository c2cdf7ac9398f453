package wix

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// ContactAttachment is a file of a contact, as "Get Attachment" documents it. A field that is
// absent or null in the answer is nil. There is an Image or a Document, or neither.
type ContactAttachment struct {
	ID             string    `json:"id"` // a GUID, as Wix writes it
	FileName       *string   `json:"fileName"`
	MimeType       *string   `json:"mimeType"`
	AttachmentType *string   `json:"attachmentType"` // UNKNOWN, IMAGE, OTHER; the list is open
	Image          *Image    `json:"image"`
	PreviewImage   *Image    `json:"previewImage"`
	Document       *Document `json:"document"`
}

// Image is a picture in Wix's media storage. Its id is no GUID.
type Image struct {
	ID                *string `json:"id"`
	URL               *string `json:"url"`    // may be signed, and then ends
	Height            *int64  `json:"height"` // pixels
	Width             *int64  `json:"width"`  // pixels
	AltText           *string `json:"altText"`
	URLExpirationDate *string `json:"urlExpirationDate"` // RFC 3339
}

// Document is a file in Wix's media storage that is no picture. Its id is no GUID.
type Document struct {
	ID                *string `json:"id"`
	URL               *string `json:"url"`               // may be signed, and then ends
	URLExpirationDate *string `json:"urlExpirationDate"` // RFC 3339
}

// Download returns the URL of the file itself and the moment it ends, be it an image or a
// document. Each is nil where there is none.
func (a *ContactAttachment) Download() (url, expirationDate *string) {
	switch {
	case a.Image != nil:
		return a.Image.URL, a.Image.URLExpirationDate
	case a.Document != nil:
		return a.Document.URL, a.Document.URLExpirationDate
	}
	return nil, nil
}

// AttachmentID names one attachment of a contact.
type AttachmentID struct {
	SiteID       string // sent as wix-site-id; "" where the credential implies the site
	ContactID    string // a GUID
	AttachmentID string // a GUID
}

// GetContactAttachment reads one attachment of a contact.
//
// Errors are those of [rest.Do]: [rest.ErrNotFound] where the site has no such contact or
// the contact no such attachment.
func (c *Client) GetContactAttachment(
	ctx context.Context,
	id AttachmentID,
) (*ContactAttachment, error) {
	answer, err := rest.Do(ctx, c.rest, rest.Request{
		Path:   []string{"contacts", "v4", "attachments", id.ContactID, id.AttachmentID},
		Header: siteHeader(id.SiteID),
	}, func(r *getAttachmentResponse) error { return r.check(id.AttachmentID) })
	if err != nil {
		return nil, err
	}
	return answer.Attachment, nil
}

// GetSharedContactAttachment is GetContactAttachment for those to whom the same answer is as good:
// it is shared while it is being read, and for [rest.ShareTime] afterwards, but not beyond the end
// of its URLs.
func (c *Client) GetSharedContactAttachment(
	ctx context.Context,
	id AttachmentID,
) (*ContactAttachment, error) {
	key := strings.ToLower(id.SiteID + " " + id.ContactID + " " + id.AttachmentID)
	return c.shared.Get(ctx, key, "",
		func(ctx context.Context) (*ContactAttachment, time.Duration, error) {
			attachment, err := c.GetContactAttachment(ctx, id)
			if err != nil {
				return nil, 0, err
			}
			return attachment, attachment.shareTime(c.now()), nil
		})
}

func (a *ContactAttachment) shareTime(now time.Time) time.Duration {
	share := rest.ShareTime
	for _, media := range []*Image{a.Image, a.PreviewImage} {
		if media != nil {
			share = min(share, timeLeft(media.URLExpirationDate, now))
		}
	}
	if a.Document != nil {
		share = min(share, timeLeft(a.Document.URLExpirationDate, now))
	}
	return share
}

// timeLeft takes a date that it can't read for none.
func timeLeft(date *string, now time.Time) time.Duration {
	if date == nil {
		return rest.ShareTime
	}
	end, err := time.Parse(time.RFC3339, *date)
	if err != nil {
		return rest.ShareTime
	}
	return end.Sub(now)
}

func siteHeader(siteID string) http.Header {
	header := http.Header{}
	if siteID != "" {
		header.Set("wix-site-id", siteID)
	}
	return header
}

type getAttachmentResponse struct {
	Attachment *ContactAttachment `json:"attachment"`
}

func (r *getAttachmentResponse) check(id string) error {
	switch {
	case r.Attachment == nil:
		return errors.New(`it has no "attachment"`)
	case r.Attachment.ID == "":
		return errors.New(`its "attachment" has no "id"`)
	case !strings.EqualFold(r.Attachment.ID, id):
		return fmt.Errorf("it is attachment %q, not %q", r.Attachment.ID, id)
	}
	return nil
}
