// Package traffic is what the benchmark and its mock have to agree on.
package traffic

// MaxReads is the number of attachments that there are to read.
const MaxReads = 5000

// ID is a format for the id of the attachment with a number.
const ID = "00000000-0000-4000-8000-%012d"

// Document is a format for an attachment with an id, with the fields that Linq documents.
const Document = `{"id":%q,"filename":"photo.jpg","content_type":"image/jpeg",` +
	`"size_bytes":1024000,"status":"complete",` +
	`"download_url":"https://cdn.linqapp.com/attachments/photo.jpg",` +
	`"created_at":"2024-01-15T10:30:00Z"}`

// Traffic is what the mock has seen since it was reset.
type Traffic struct {
	Requests    int64
	Connections int64 // that a request came over
}
