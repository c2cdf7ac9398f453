package linq

import (
	"context"
	"errors"
	"maps"
	"slices"
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

// AttachmentErrors are from one to five errors that occurred at the same time.
type AttachmentErrors []struct {
	AttachmentID string
	Err          error
}

func (e AttachmentErrors) Error() string { return errors.Join(e.Unwrap()...).Error() }

// Unwrap returns the errors without their IDs.
func (e AttachmentErrors) Unwrap() (all []error) {
	for _, one := range e {
		all = append(all, one.Err)
	}
	return all
}

// with adds an error, unless the others caused it or there are too many.
func (e AttachmentErrors) with(id string, err error) AttachmentErrors {
	if len(e) > 0 && (len(e) == maxErrors || errors.Is(err, context.Canceled)) {
		return e
	}
	return append(e, AttachmentErrors{{id, err}}...)
}

// Attachments are attachments by their IDs.
type Attachments map[string]*Attachment

// Get returns the attachment with the ID, in any case, or nil.
func (a Attachments) Get(id string) *Attachment { return a[strings.ToLower(id)] }

// isMissing reports whether Linq itself says that the attachment doesn't exist. A 404 without a
// code can be from another server at a wrong base URL.
func isMissing(err error) bool {
	status, ok := errors.AsType[*rest.StatusError](err)
	return ok && errors.Is(err, rest.ErrNotFound) && ErrorCode.MatchString(status.Code)
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
	spellings := map[string][]string{}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		key := strings.ToLower(id)
		spellings[key] = append(spellings[key], id)
	}
	for _, key := range slices.Sorted(maps.Keys(spellings)) {
		same := spellings[key]
		group.Go(func() error {
			attachment, err := c.GetAttachment(groupCtx,
				Request{AttachmentID: same[0], WaitUntilReady: waitUntilReady})
			mu.Lock()
			defer mu.Unlock()
			switch {
			case isMissing(err):
				return nil
			case err != nil:
				failed = failed.with(same[0], err)
				return err
			}
			size += attachment.responseSize * len(same)
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
