package linq

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// maxMessageSize is the maximum size of a message in bytes. Each of up to 100 parts can have text,
// a signed URL, or reactions with stickers, which make 1.3 MB.
const maxMessageSize = 4 << 20

// Message is the response of "Get a message by ID", without text, participants, and status. A field
// that is absent or null in the response is nil.
type Message struct {
	ID        string  `json:"id"`         // a UUID, as Linq writes it
	ChatID    *string `json:"chat_id"`    // a UUID, as Linq writes it
	CreatedAt *string `json:"created_at"` // RFC 3339, as Linq writes it
	IsFromMe  *bool   `json:"is_from_me"` // whether the account sent it
	// MediaParts are the parts of type "media" that have an ID, in the message's order.
	MediaParts []MediaPart `json:"parts"`
}

// MediaPart refers to an attachment of a message.
type MediaPart struct {
	ID        *string `json:"id"` // a UUID, as Linq writes it; GetMessage removes parts without one
	Filename  *string `json:"filename"`
	MIMEType  *string `json:"mime_type"`
	SizeBytes *int64  `json:"size_bytes"` // bytes
}

// UnmarshalJSONFrom implements [json.UnmarshalerFrom]. It leaves a part of another type
// empty, because its fields can have the same names but other JSON types.
func (p *MediaPart) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	value, err := decoder.ReadValue()
	if err != nil {
		return err
	}
	var kind struct {
		Type any `json:"type"`
	}
	err = json.Unmarshal(value, &kind, decoder.Options())
	if err == nil && kind.Type == "media" {
		type media MediaPart // without this method
		err = json.Unmarshal(value, (*media)(p), decoder.Options())
	}
	if mismatch, ok := errors.AsType[*json.SemanticError](err); ok {
		mismatch.JSONPointer = decoder.StackPointer() + mismatch.JSONPointer
	}
	return err
}

// GetMessage reads one message. Concurrent calls with the same ID share one response.
//
// Errors are those of [rest.Do]: [rest.ErrNotFound] if the account has no such message.
func (c *Client) GetMessage(ctx context.Context, id string) (*Message, error) {
	return c.messages.Do(ctx, strings.ToLower(id), func(ctx context.Context) (*Message, error) {
		get := rest.Request{Path: []string{"v3", "messages", id}, MaxResponseSize: maxMessageSize}
		message, _, err := rest.Do(ctx, c.rest, get, func(m *Message) error { return m.check(id) })
		if status, ok := errors.AsType[*rest.StatusError](err); ok && errors.Is(err, ErrNotReady) {
			status.Kind = rest.ErrNotFound // only attachments can be not ready
		}
		return message, err
	})
}

// check returns an error if this isn't the message with the ID. It removes parts without an
// attachment ID.
func (m *Message) check(id string) error {
	switch {
	case m.ID == "":
		return &rest.MissingError{Field: "id"}
	case !strings.EqualFold(m.ID, id):
		return fmt.Errorf("it describes message %q instead of %q", m.ID, id)
	}
	rest.NilIfBlank(&m.CreatedAt)
	m.MediaParts = slices.DeleteFunc(m.MediaParts, func(p MediaPart) bool {
		rest.NilIfBlank(&p.ID)
		return p.ID == nil
	})
	return nil
}
