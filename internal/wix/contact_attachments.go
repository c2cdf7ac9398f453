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
	// pageSize is the most that Wix gives at once.
	pageSize = 100
	// maxRestarts is how often a list that changes while it is read is begun again.
	maxRestarts = 2
)

// ErrListChanged tells that a list changed each time it was read, so that no reading of it is
// whole.
var ErrListChanged = errors.New("the list changed while it was read")

// ListContactAttachments reads all attachments of a contact, page by page, in Wix's order. A list
// that changes meanwhile is begun again, twice at most.
//
// Errors are those of [rest.Do], and [ErrListChanged].
func (c *Client) ListContactAttachments(
	ctx context.Context,
	siteID, contactID string,
) ([]*ContactAttachment, error) {
	for range maxRestarts + 1 {
		attachments, err := c.listOnce(ctx, siteID, contactID)
		if !errors.Is(err, ErrListChanged) {
			return attachments, err
		}
	}
	return nil, ErrListChanged
}

// listOnce knows a list that changed by its total, by an attachment that it gives twice, and by a
// page that is missing.
func (c *Client) listOnce(
	ctx context.Context,
	siteID, contactID string,
) ([]*ContactAttachment, error) {
	var all []*ContactAttachment
	seen := map[string]bool{}
	var total *int
	for {
		page, err := c.listPage(ctx, siteID, contactID, len(all))
		if err != nil {
			return nil, err
		}
		for _, attachment := range page.Attachments {
			id := strings.ToLower(attachment.ID)
			if seen[id] {
				return nil, ErrListChanged
			}
			seen[id] = true
			all = append(all, attachment)
		}

		if len(all) == len(page.Attachments) {
			total = page.total()
		} else if !equal(total, page.total()) {
			return nil, ErrListChanged
		}
		short := len(page.Attachments) < pageSize
		switch {
		case total == nil && short, total != nil && len(all) == *total:
			return all, nil
		case total != nil && (len(all) > *total || len(page.Attachments) == 0):
			return nil, ErrListChanged
		}
	}
}

func equal(a, b *int) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

func (c *Client) listPage(
	ctx context.Context,
	siteID, contactID string,
	offset int,
) (*listAttachmentsResponse, error) {
	return rest.Do(ctx, c.rest, rest.Request{
		Path: []string{"contacts", "v4", "attachments", contactID},
		Query: url.Values{
			"paging.limit":  {strconv.Itoa(pageSize)},
			"paging.offset": {strconv.Itoa(offset)},
		},
		Header: siteHeader(siteID),
	}, (*listAttachmentsResponse).check)
}

// listAttachmentsResponse is a page, as "List Attachments" documents it.
type listAttachmentsResponse struct {
	Attachments []*ContactAttachment `json:"attachments"`
	Metadata    *struct {
		Total          *int `json:"total"`
		TooManyToCount bool `json:"tooManyToCount"`
	} `json:"metadata"`
}

// total is nil where Wix doesn't count.
func (r *listAttachmentsResponse) total() *int {
	if r.Metadata.TooManyToCount {
		return nil
	}
	return r.Metadata.Total
}

func (r *listAttachmentsResponse) check() error {
	if r.Metadata == nil {
		return errors.New(`it has no "metadata"`)
	}
	for i, attachment := range r.Attachments {
		if attachment == nil || attachment.ID == "" {
			return fmt.Errorf(`number %d of its "attachments" has no "id"`, i+1)
		}
	}
	return nil
}
