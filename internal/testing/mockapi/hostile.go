package mockapi

import (
	"bytes"
	"compress/gzip"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// No API sends these faults on purpose.

// Hang never responds. It ends when the client disconnects.
func Hang(_ http.ResponseWriter, r *http.Request) {
	<-r.Context().Done()
}

// Reset resets the connection.
func Reset(w http.ResponseWriter, _ *http.Request) {
	connection := hijack(w)
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = connection.Close()
}

// Garbage sends bytes that aren't HTTP.
func Garbage(w http.ResponseWriter, _ *http.Request) {
	connection := hijack(w)
	_, _ = io.WriteString(connection, "\x00\xff\x1b[2J nonsense\r\n\r\n")
	_ = connection.Close()
}

// HugeHeader sends a header of 32 MiB.
func HugeHeader(w http.ResponseWriter, _ *http.Request) {
	connection := hijack(w)
	_, _ = io.WriteString(connection, "HTTP/1.1 200 OK\r\n")
	line := "X-Filler: " + strings.Repeat("x", 1<<16) + "\r\n"
	for range 512 {
		if _, err := io.WriteString(connection, line); err != nil {
			break
		}
	}
	_ = connection.Close()
}

// hijack takes over the connection, which HTTP/2 doesn't allow.
func hijack(w http.ResponseWriter) net.Conn {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	return connection
}

// Endless returns a fault with so many bytes of JSON.
func Endless(bytes int64) Fault {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"id":"`)
		_, _ = io.CopyN(w, repeated('x'), bytes)
	}
}

// GzipBomb returns a fault with a small compressed body that expands to so many bytes.
func GzipBomb(size int64) Fault {
	var compressed bytes.Buffer
	writer := gzip.NewWriter(&compressed)
	_, _ = io.CopyN(writer, repeated(' '), size)
	_ = writer.Close()
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(compressed.Bytes())
	}
}

// Drip sends a body byte by byte, with a pause after each, until the client disconnects.
func Drip(pause time.Duration) Fault {
	return func(w http.ResponseWriter, _ *http.Request) {
		for http.NewResponseController(w).Flush() == nil {
			_, _ = w.Write([]byte(" "))
			time.Sleep(pause)
		}
	}
}

type repeated byte

func (b repeated) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(b)
	}
	return len(p), nil
}
