package rest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// MaxBodySize is the number of bytes of an answer's body, after decompression, that are read.
// A documented answer has a few kilobytes.
const MaxBodySize = 1 << 20

func (c *Client) decode(
	response *http.Response,
	body []byte,
	answer any,
	check func() error,
) error {
	err := decodeJSON(body, answer)
	if err == nil {
		err = check()
	}
	if err == nil {
		return nil
	}
	return &AnswerError{
		Reason:     c.redact.clean(err.Error()),
		err:        err,
		StatusCode: response.StatusCode,
		RequestID:  c.requestID(response),
		WebPage:    isWebPage(response, body),
	}
}

// decodeJSON returns errors that end a sentence which begins with the answer.
func decodeJSON(body []byte, answer any) error {
	switch {
	case len(body) > MaxBodySize:
		return fmt.Errorf("its body has more than %d bytes", MaxBodySize)
	case len(body) == 0:
		return errors.New("its body is empty")
	}
	err := json.Unmarshal(body, answer)
	var mismatch *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &mismatch) && mismatch.Field != "":
		return fmt.Errorf("its field %q holds a %s", mismatch.Field, mismatch.Value)
	case errors.As(err, &mismatch):
		return fmt.Errorf("its body holds a JSON %s", mismatch.Value)
	}
	return fmt.Errorf("its body is no JSON: %w", err)
}
