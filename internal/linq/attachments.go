package linq

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

const (
	// maxErrors is the number of errors of one call that are kept. More would say the same again.
	maxErrors = 5
	// maxReaders is how many attachments are waited for at once: each for its turn, or until it is
	// ready. How many requests there are at once is for [rest.Options] to say.
	maxReaders = 512
)

// AttachmentError is an error with the attachment that it is about.
type AttachmentError struct {
	AttachmentID string
	Err          error
}

func (e *AttachmentError) Error() string {
	return fmt.Sprintf("attachment %s: %s", e.AttachmentID, e.Err)
}

// Unwrap returns the error without the attachment.
func (e *AttachmentError) Unwrap() error { return e.Err }

// AttachmentErrors are at least one, and at most five, that came at the same time.
type AttachmentErrors []*AttachmentError

func (e AttachmentErrors) Error() string { return errors.Join(e.Unwrap()...).Error() }

// with adds an error, unless it is only a consequence of those that are there, or one too many.
func (e AttachmentErrors) with(err *AttachmentError) AttachmentErrors {
	if len(e) > 0 && (len(e) == maxErrors || errors.Is(err, context.Canceled)) {
		return e
	}
	return append(e, err)
}

// Unwrap returns all of them.
func (e AttachmentErrors) Unwrap() []error {
	var all []error
	for _, err := range e {
		all = append(all, err)
	}
	return all
}

// Attachments are read by their ids.
type Attachments map[string]*Attachment

// Get returns the attachment with the id, in whatever case it is written, or nil.
func (a Attachments) Get(id string) *Attachment { return a[strings.ToLower(id)] }

// isMissing tells whether Linq itself says that there is no such attachment. A 404 without a code
// may be from whatever answers at a wrong base URL.
func isMissing(err error) bool {
	var status *rest.StatusError
	return errors.Is(err, rest.ErrNotFound) && errors.As(err, &status) && status.Code != ""
}

// GetSharedAttachments reads attachments side by side, each one once however often its id is given.
// One that the account doesn't have is left out. Any other error ends the reading of all, and is an
// [AttachmentErrors] of what [Client.GetSharedAttachment] returns.
func (c *Client) GetSharedAttachments(
	ctx context.Context,
	ids []string,
	waitUntilReady bool,
) (Attachments, error) {
	var mu sync.Mutex
	found := Attachments{}
	var failed AttachmentErrors

	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(maxReaders)
	begun := map[string]bool{}
	for _, id := range ids {
		key := strings.ToLower(id)
		if begun[key] {
			continue
		}
		begun[key] = true
		group.Go(func() error {
			attachment, err := c.GetSharedAttachment(groupCtx, Request{id, waitUntilReady})
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				found[key] = attachment
			case isMissing(err):
				return nil
			default:
				failed = failed.with(&AttachmentError{id, err})
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, failed
	}
	return found, nil
}
