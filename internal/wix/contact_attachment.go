package wix

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// ContactAttachment is a file of a contact, as "Get Attachment" documents it. A field that is
// absent or null in the response is nil. There is an Image or a Document, or neither.
type ContactAttachment struct {
	ID             string  `json:"id"` // a UUID, as Wix writes it
	FileName       *string `json:"fileName"`
	MimeType       *string `json:"mimeType"`
	AttachmentType *string `json:"attachmentType"` // UNKNOWN, IMAGE, OTHER; the list is open
	Image          *Media  `json:"image"`
	PreviewImage   *Media  `json:"previewImage"`
	Document       *Media  `json:"document"`
}

// Media is a file in Wix's media storage. Its ID isn't a UUID. A document has no height, width, or
// alternative text.
type Media struct {
	ID                *string `json:"id"`
	URL               *string `json:"url"`    // may be signed, and then expires
	Height            *int64  `json:"height"` // pixels
	Width             *int64  `json:"width"`  // pixels
	AltText           *string `json:"altText"`
	URLExpirationDate *string `json:"urlExpirationDate"` // RFC 3339
}

// Download returns the URL of the file and when it expires, from the image or the document,
// whichever has a URL. Each is nil if there is none.
func (a *ContactAttachment) Download() (url, expirationDate *string) {
	for _, media := range []*Media{a.Image, a.Document} {
		if media != nil && media.URL != nil {
			return media.URL, media.URLExpirationDate
		}
	}
	return nil, nil
}

// Request asks for one attachment of a contact.
type Request struct {
	SiteID       string // "" if the credential implies the site
	ContactID    string // a UUID
	AttachmentID string // a UUID
	// WaitUntilReady polls, for as long as the context lasts, until the attachment has a URL.
	WaitUntilReady bool
	// Fresh sends a request even while an identical one is under way.
	Fresh bool
}

// GetContactAttachment reads one attachment of a contact. Concurrent calls with the same request
// share one response.
//
// Errors are those of [rest.Do]: [rest.ErrNotFound] if the site has no such contact or the contact
// no such attachment, and [ErrNotReady] if it has no URL although WaitUntilReady is set.
func (c *Client) GetContactAttachment(
	ctx context.Context,
	request Request,
) (*ContactAttachment, error) {
	if request.Fresh {
		return c.getContactAttachment(ctx, request)
	}
	return c.attachments.Do(ctx, request.lower(),
		func(ctx context.Context) (*ContactAttachment, error) {
			return c.getContactAttachment(ctx, request)
		})
}

// lower returns the request with lower-case IDs, which Wix treats as equal.
func (r Request) lower() Request {
	r.SiteID = strings.ToLower(r.SiteID)
	r.ContactID = strings.ToLower(r.ContactID)
	r.AttachmentID = strings.ToLower(r.AttachmentID)
	return r
}

func (c *Client) getContactAttachment(
	ctx context.Context,
	request Request,
) (*ContactAttachment, error) {
	get := rest.Request{
		Path:   []string{"contacts", "v4", "attachments", request.ContactID, request.AttachmentID},
		Header: siteHeader(request.SiteID),
	}
	if request.WaitUntilReady {
		get.Pending = func(err error) bool { return errors.Is(err, ErrNotReady) }
	}
	response, _, err := rest.Do(ctx, c.rest, get, func(r *getAttachmentResponse) error {
		if err := r.check(request.AttachmentID); err != nil {
			return err
		}
		if url, _ := r.Attachment.Download(); url == nil && request.WaitUntilReady {
			return ErrNotReady
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return response.Attachment, nil
}

type getAttachmentResponse struct {
	Attachment *ContactAttachment `json:"attachment"`
}

func (r *getAttachmentResponse) check(id string) error {
	switch {
	case r.Attachment == nil:
		return &rest.MissingError{Field: "attachment"}
	case r.Attachment.ID == "":
		return errors.New(`its "attachment" has no "id"`)
	case !strings.EqualFold(r.Attachment.ID, id):
		return fmt.Errorf("it describes attachment %q instead of %q", r.Attachment.ID, id)
	}
	return r.Attachment.check("attachment.")
}

// check returns an error if a URL can't be used. The prefix precedes the names of fields in it.
func (a *ContactAttachment) check(prefix string) error {
	return cmp.Or(a.Document.check(prefix+"document.url"), a.Image.check(prefix+"image.url"),
		a.PreviewImage.check(prefix+"previewImage.url"))
}

func (m *Media) check(field string) error {
	if m == nil {
		return nil
	}
	rest.NilIfBlank(&m.URLExpirationDate)
	return rest.CheckURL(field, &m.URL)
}
