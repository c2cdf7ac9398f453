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
	// maxErrors is the maximum number of errors that one call returns.
	maxErrors = 5
	// maxReaders is the maximum number of attachments to wait for at once. [rest.Options] limits the
	// number of requests.
	maxReaders = 512
)

// AttachmentError is the error of one attachment.
type AttachmentError struct {
	AttachmentID string
	Err          error
}

func (e *AttachmentError) Error() string {
	return fmt.Sprintf("attachment %s: %s", e.AttachmentID, e.Err)
}

// Unwrap returns the error without the attachment.
func (e *AttachmentError) Unwrap() error { return e.Err }

// AttachmentErrors are from one to five errors that occurred at the same time.
type AttachmentErrors []*AttachmentError

func (e AttachmentErrors) Error() string { return errors.Join(e.Unwrap()...).Error() }

// Unwrap returns all errors.
func (e AttachmentErrors) Unwrap() []error {
	var all []error
	for _, err := range e {
		all = append(all, err)
	}
	return all
}

// with adds an error, unless the others caused it or there are too many.
func (e AttachmentErrors) with(err *AttachmentError) AttachmentErrors {
	if len(e) > 0 && (len(e) == maxErrors || errors.Is(err, context.Canceled)) {
		return e
	}
	return append(e, err)
}

// Attachments are attachments by their IDs.
type Attachments map[string]*Attachment

// Get returns the attachment with the ID, in any case, or nil.
func (a Attachments) Get(id string) *Attachment { return a[strings.ToLower(id)] }

// isMissing reports whether Linq itself says that the attachment doesn't exist. A 404 without a
// code can be from another server at a wrong base URL.
func isMissing(err error) bool {
	var status *rest.StatusError
	return errors.Is(err, rest.ErrNotFound) && errors.As(err, &status) &&
		ErrorCode.MatchString(status.Code)
}

// GetAttachments reads attachments concurrently, and each of them once even if its ID is repeated.
// It omits attachments that the account doesn't have. Any other error stops all reads. An
// attachment counts toward [rest.MaxTotalSize] once for each spelling of its ID, because the caller
// returns the attachment for each.
//
// The error is an [AttachmentErrors] of errors from [Client.GetAttachment], or [rest.ErrTooLarge].
func (c *Client) GetAttachments(
	ctx context.Context,
	ids []string,
	waitUntilReady bool,
) (Attachments, error) {
	var mu sync.Mutex
	found, size := Attachments{}, 0
	var failed AttachmentErrors

	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(maxReaders)
	spellings, counted := map[string]int{}, map[string]bool{}
	for _, id := range ids {
		if !counted[id] {
			counted[id] = true
			spellings[strings.ToLower(id)]++
		}
	}
	for _, id := range ids {
		key := strings.ToLower(id)
		count := spellings[key]
		if count == 0 {
			continue // its read has started
		}
		delete(spellings, key)
		group.Go(func() error {
			attachment, err := c.GetAttachment(groupCtx,
				Request{AttachmentID: id, WaitUntilReady: waitUntilReady})
			mu.Lock()
			defer mu.Unlock()
			switch {
			case isMissing(err):
				return nil
			case err != nil:
				failed = failed.with(&AttachmentError{id, err})
				return err
			}
			size += attachment.responseSize * count
			if size > rest.MaxTotalSize {
				return rest.ErrTooLarge
			}
			found[key] = attachment
			return nil
		})
	}
	err := group.Wait()
	switch {
	case err == nil:
		return found, nil
	case errors.Is(err, rest.ErrTooLarge):
		return nil, rest.ErrTooLarge
	}
	return nil, failed
}
