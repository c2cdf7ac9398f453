package mockapi

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"time"
)

// SlowTransport is an [http.RoundTripper] without a network. It calls Handler one second after each
// request, on the clock of the caller's [testing/synctest] bubble.
type SlowTransport struct {
	Handler  http.Handler
	Requests atomic.Int64
}

// RoundTrip implements [http.RoundTripper].
func (t *SlowTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	t.Requests.Add(1)
	time.Sleep(time.Second)
	recorder := httptest.NewRecorder()
	t.Handler.ServeHTTP(recorder, request)
	return recorder.Result(), nil
}
