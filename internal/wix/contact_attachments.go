package wix

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

const (
	// pageSize is the maximum that Wix allows.
	pageSize = 100
	// maxPageSize is the maximum size of a page in bytes.
	maxPageSize = 4 << 20
	maxPages    = 500
	// maxAttachments is the maximum length of a list. It takes 190 to 230 MB of memory.
	maxAttachments = 25_000
	// maxRestarts is how often a list is read again because it changed.
	maxRestarts = 2
)

var (
	// ErrListChanged is the error of a list that changed during each read.
	ErrListChanged = errors.New("the list changed while it was read")
	// ErrTooManyAttachments is the error of a list with more than 25,000 attachments.
	ErrTooManyAttachments = fmt.Errorf("the list has more than %d attachments", maxAttachments)
	// ErrTooManyPages is the error of a list with more than 500 pages.
	ErrTooManyPages = fmt.Errorf("the list has more than %d pages", maxPages)
)

// ListContactAttachments reads all attachments of a contact, page by page, in Wix's order. A list
// that changes meanwhile is read again, at most twice. Concurrent calls with the same request share
// one list.
//
// Errors are those of [rest.Do], [ErrListChanged], [ErrTooManyAttachments], [ErrTooManyPages] and
// [rest.ErrTooLarge].
func (c *Client) ListContactAttachments(
	ctx context.Context,
	siteID, contactID string,
) ([]*ContactAttachment, error) {
	key := Request{SiteID: siteID, ContactID: contactID}.lower()
	return c.lists.Do(ctx, key, func(ctx context.Context) ([]*ContactAttachment, error) {
		for range maxRestarts + 1 {
			attachments, err := c.listOnce(ctx, siteID, contactID)
			if !errors.Is(err, ErrListChanged) {
				return attachments, err
			}
		}
		return nil, ErrListChanged
	})
}

// listOnce reads pages until it has the total number of attachments or, if Wix returns no total,
// until a page is empty. It returns [ErrListChanged] if the total changes, an attachment is
// repeated, or a page is missing.
func (c *Client) listOnce(
	ctx context.Context,
	siteID, contactID string,
) ([]*ContactAttachment, error) {
	all := []*ContactAttachment{}
	seen := map[string]bool{}
	var total *int64
	size := 0
	for range maxPages {
		page, bytes, err := c.listPage(ctx, siteID, contactID, len(all))
		if err != nil {
			return nil, err
		}
		size += bytes
		if size > rest.MaxTotalSize {
			return nil, rest.ErrTooLarge
		}
		if len(all)+len(page.Attachments) > maxAttachments {
			return nil, ErrTooManyAttachments
		}
		for _, attachment := range page.Attachments {
			id := strings.ToLower(attachment.ID)
			if seen[id] {
				return nil, ErrListChanged
			}
			seen[id] = true
		}
		all = append(all, page.Attachments...)

		counted := page.total()
		if total == nil {
			total = counted
		}
		read, empty := int64(len(all)), len(page.Attachments) == 0
		switch {
		case total == nil && empty, total != nil && *total == read:
			return all, nil
		case total != nil && (empty || *total < read || counted != nil && *counted != *total):
			return nil, ErrListChanged
		}
	}
	return nil, ErrTooManyPages
}

func (c *Client) listPage(
	ctx context.Context,
	siteID, contactID string,
	offset int,
) (*listAttachmentsResponse, int, error) {
	return rest.Do(ctx, c.rest, rest.Request{
		Path: []string{"contacts", "v4", "attachments", contactID},
		Query: url.Values{
			"paging.limit":  {strconv.Itoa(pageSize)},
			"paging.offset": {strconv.Itoa(offset)},
		},
		Header:          siteHeader(siteID),
		MaxResponseSize: maxPageSize,
	}, func(r *listAttachmentsResponse) error { return r.check(offset == 0) })
}

// listAttachmentsResponse is one page of "List Attachments".
type listAttachmentsResponse struct {
	Attachments []*ContactAttachment `json:"attachments"`
	Metadata    struct {
		Total          *int64 `json:"total"`
		TooManyToCount *bool  `json:"tooManyToCount"`
	} `json:"metadata"`
}

// total returns nil if Wix doesn't count.
func (r *listAttachmentsResponse) total() *int64 {
	if r.Metadata.TooManyToCount != nil && *r.Metadata.TooManyToCount {
		return nil
	}
	return r.Metadata.Total
}

func (r *listAttachmentsResponse) check(first bool) error {
	if total := r.total(); first && r.Attachments == nil && (total == nil || *total != 0) {
		return &rest.MissingError{Field: "attachments"}
	}
	for i, attachment := range r.Attachments {
		if attachment == nil || attachment.ID == "" {
			return fmt.Errorf(`number %d of its "attachments" has no "id"`, i+1)
		}
		if err := attachment.check(fmt.Sprintf("attachments.%d.", i)); err != nil {
			return err
		}
	}
	return nil
}
