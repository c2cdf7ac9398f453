package mockapi

// The attachments of the first Linq account.
const (
	LinqPhoto    = "550e8400-e29b-41d4-a716-446655440000" // the example of Linq's reference
	LinqPDF      = "6f1b8a52-8d0e-4c07-9b52-3b1f0c6f2a10"
	LinqVideo    = "c2a9d1de-4f6b-4b1c-8a9e-7d52b60e1f33" // larger than 2^31 bytes
	LinqNoStatus = "0d4c3e9a-71b5-4f0a-b0b4-9d2f5a7c8e21" // without the deprecated status
	LinqPending  = "a84e0c77-2f53-4d6e-9c0b-5e1d7b3f6a42" // without a URL
	LinqFailed   = "e7b5f2c1-9a3d-4e68-8f17-2c6a0d9b4e53"
	LinqNull     = "1f9e6d3c-5b2a-4870-a1d4-c8e7f0b3a964" // every optional field null
	LinqSigned   = "93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175" // ephemeral storage tier, so signed
)

// The messages of the first Linq account.
const (
	LinqMessage          = "69a37c7d-af4f-4b5e-af42-e28e98ce873a" // with a photo and a PDF
	LinqMessageText      = "b4c1e0a2-3d57-4f86-9a1b-70c2d9e8f354" // only text
	LinqMessageNullParts = "2e8d5b79-6a0f-4c13-b7e4-19f3a6c08d52"
	// One attachment is deleted, and one part is of a kind that Linq could add later.
	LinqMessageOddParts = "f07a9c36-84e1-4d2b-a5f8-3b6e1c7d0942"
)

// The contacts of the first Wix site, and the attachments of WixContact in the API's order.
const (
	WixContact      = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
	WixEmptyContact = "8046df3c-7575-4098-a5ab-c91ad8f33c47"

	WixImage   = "1e7efe60-355a-11eb-b032-19d0ca8630af" // the example of Wix's reference
	WixPDF     = "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"
	WixVideo   = "7c3e9a10-58d4-4f27-b6c9-0e1d2f3a4b57" // a document whose URL doesn't expire
	WixNoURL   = "9a5f1d38-0c7b-4be2-8e43-6d9c2a7b5f18" // an image that Wix hasn't processed
	WixNull    = "b2e64f07-d19c-4a35-9f80-3c5b7e1a6d29" // every optional field null
	WixUnknown = "d8c1a5e6-7b40-4d92-a3fe-58e0b6c4f73a" // of unknown type, without image or document
)

// The attachments of the second Linq account, and the contact of the second Wix site with its
// attachment.
const (
	SecondLinqPDF    = "5c8e1f07-b3a2-4d96-9e41-d07a6b2c8f35"
	SecondLinqText   = "8e30d5a9-1c64-4f7b-b2d8-67f9a40c3e12"
	SecondWixContact = "a16d0e93-4f7b-4c28-b5d1-36e8c9f20a74"
	SecondWixPDF     = "f4a7b2c6-91d3-4e08-a6c5-8b0d3e7f1952"
)

// signaturePlaceholder is replaced with a new signature in each response.
const signaturePlaceholder = "FRESH_SIGNATURE"

var linqFixtures = []string{
	`{"id":"550e8400-e29b-41d4-a716-446655440000","filename":"photo.jpg",
	  "content_type":"image/jpeg","size_bytes":1024000,"status":"complete",
	  "download_url":"https://cdn.linqapp.com/attachments/` + LinqPhoto + `/photo.jpg",
	  "created_at":"2024-01-15T10:30:00Z"}`,
	`{"id":"6f1b8a52-8d0e-4c07-9b52-3b1f0c6f2a10","filename":"Rechnung März 2026.pdf",
	  "content_type":"application/pdf","size_bytes":48213,"status":"complete",
	  "download_url":"https://cdn.linqapp.com/attachments/` + LinqPDF +
		`/Rechnung%20M%C3%A4rz%202026.pdf",
	  "created_at":"2026-03-31T23:59:59.123456+02:00"}`,
	`{"id":"c2a9d1de-4f6b-4b1c-8a9e-7d52b60e1f33","filename":"walkthrough.mov",
	  "content_type":"video/quicktime","size_bytes":5368709120,"status":"complete",
	  "download_url":"https://cdn.linqapp.com/attachments/` + LinqVideo + `/walkthrough.mov",
	  "created_at":"2025-11-02T08:00:00.5Z"}`,
	`{"id":"0d4c3e9a-71b5-4f0a-b0b4-9d2f5a7c8e21","filename":"memo.m4a",
	  "content_type":"audio/x-m4a","size_bytes":310422,
	  "download_url":"https://cdn.linqapp.com/attachments/` + LinqNoStatus + `/memo.m4a",
	  "created_at":"2026-06-01T12:00:00Z"}`,
	`{"id":"a84e0c77-2f53-4d6e-9c0b-5e1d7b3f6a42","filename":"scan.tiff",
	  "content_type":"image/tiff","size_bytes":7340032,"status":"pending",
	  "created_at":"2026-06-01T12:00:01Z"}`,
	`{"id":"e7b5f2c1-9a3d-4e68-8f17-2c6a0d9b4e53","filename":"broken.heic",
	  "content_type":"image/heic","size_bytes":1,"status":"failed",
	  "created_at":"2026-06-01T12:00:02Z"}`,
	`{"id":"1f9e6d3c-5b2a-4870-a1d4-c8e7f0b3a964","filename":"contact.vcf",
	  "content_type":"text/vcard","size_bytes":0,"status":null,"download_url":null,
	  "created_at":"2026-06-01T12:00:03Z"}`,
	`{"id":"93d7a0f4-6c1e-4b59-87e2-f4b0c5d8a175","filename":"passport.png",
	  "content_type":"image/png","size_bytes":204800,"status":"complete",
	  "download_url":"https://cdn.linqapp.com/ephemeral/` + LinqSigned + `/passport.png` +
		`?X-Amz-Expires=900&X-Amz-Signature=FRESH_SIGNATURE",
	  "created_at":"2026-06-01T12:00:04Z"}`,
}

var linqMessageFixtures = []string{
	`{"id":"69a37c7d-af4f-4b5e-af42-e28e98ce873a",
	  "chat_id":"94c6bf33-31d9-40e3-a0e9-f94250ecedb9",
	  "created_at":"2024-01-15T10:30:05Z","updated_at":"2024-01-15T10:30:09Z",
	  "is_from_me":false,"delivery_status":"received","is_delivered":true,"is_read":false,
	  "service":"iMessage","from":"+12025550147",
	  "from_handle":{"id":"550e8400-e29b-41d4-a716-446655440009","handle":"+12025550147"},
	  "parts":[
	    {"type":"text","value":"Here are the photo and the invoice.","reactions":null},
	    {"type":"media","id":"` + LinqPhoto + `","filename":"photo.jpg",
	      "mime_type":"image/jpeg","size_bytes":1024000,"reactions":[],
	      "url":"https://cdn.linqapp.com/parts/photo.jpg?X-Amz-Signature=FRESH_SIGNATURE"},
	    {"type":"link","value":"https://example.com/terms"},
	    {"type":"media","id":"` + LinqPDF + `","filename":"Rechnung März 2026.pdf",
	      "mime_type":"application/pdf","size_bytes":48213,"reactions":null,
	      "url":"https://cdn.linqapp.com/parts/invoice.pdf?X-Amz-Signature=FRESH_SIGNATURE"}]}`,
	`{"id":"b4c1e0a2-3d57-4f86-9a1b-70c2d9e8f354",
	  "chat_id":"94c6bf33-31d9-40e3-a0e9-f94250ecedb9","created_at":"2024-01-15T10:31:00Z",
	  "is_from_me":true,"parts":[{"type":"text","value":"Thanks!","reactions":[]}]}`,
	`{"id":"2e8d5b79-6a0f-4c13-b7e4-19f3a6c08d52",
	  "chat_id":"94c6bf33-31d9-40e3-a0e9-f94250ecedb9","created_at":"2024-01-15T10:32:00Z",
	  "is_from_me":true,"from":null,"from_handle":null,"parts":null}`,
	`{"id":"f07a9c36-84e1-4d2b-a5f8-3b6e1c7d0942",
	  "chat_id":"94c6bf33-31d9-40e3-a0e9-f94250ecedb9","created_at":"2026-06-01T12:00:05Z",
	  "is_from_me":false,"parts":[
	    {"type":"media","filename":"gone.jpg","mime_type":"image/jpeg","size_bytes":5},
	    {"type":"hologram","id":7,"filename":["a","b"],"size_bytes":"huge"},
	    {"type":"media","id":"` + LinqSigned + `","filename":"passport.png",
	      "mime_type":"image/png","size_bytes":204800,
	      "url":"https://cdn.linqapp.com/parts/passport.png?X-Amz-Signature=FRESH_SIGNATURE"}]}`,
}

var wixFixtures = []string{
	`{"id":"1e7efe60-355a-11eb-b032-19d0ca8630af","fileName":"a.png","mimeType":"image/png",
	  "attachmentType":"IMAGE",
	  "image":{"id":"11062b_abc~mv2.png","url":"https://static.wixstatic.com/media/11062b_abc~mv2.png",
	    "height":1080,"width":1920,"altText":"A red bicycle",
	    "urlExpirationDate":"2024-05-01T10:00:00Z"},
	  "previewImage":{"id":"11062b_abc~mv2.png",
	    "url":"https://static.wixstatic.com/media/11062b_abc~mv2.png/v1/fit/w_178,h_100/file.png",
	    "height":100,"width":178}}`,
	`{"id":"4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06","fileName":"offer.pdf",
	  "mimeType":"application/pdf","attachmentType":"OTHER",
	  "document":{"id":"11062b_offer.pdf",
	    "url":"https://download-files.wixmp.com/ugd/11062b_offer.pdf?token=FRESH_SIGNATURE",
	    "urlExpirationDate":"2046-07-01T00:00:00.000Z"}}`,
	`{"id":"7c3e9a10-58d4-4f27-b6c9-0e1d2f3a4b57","fileName":"tour.mp4","mimeType":"video/mp4",
	  "attachmentType":"OTHER",
	  "document":{"id":"11062b_tour.mp4","url":"https://video.wixstatic.com/video/11062b_tour.mp4"}}`,
	`{"id":"9a5f1d38-0c7b-4be2-8e43-6d9c2a7b5f18","fileName":"fresh.jpg","mimeType":"image/jpeg",
	  "attachmentType":"IMAGE","image":{"id":"11062b_fresh~mv2.jpg"}}`,
	`{"id":"b2e64f07-d19c-4a35-9f80-3c5b7e1a6d29","fileName":"old.gif","mimeType":"image/gif",
	  "attachmentType":"IMAGE",
	  "image":{"id":null,"url":null,"height":null,"width":null,"altText":null,
	    "urlExpirationDate":null},
	  "previewImage":null,"document":null}`,
	`{"id":"d8c1a5e6-7b40-4d92-a3fe-58e0b6c4f73a","fileName":"mystery.bin",
	  "mimeType":"application/octet-stream","attachmentType":"UNKNOWN"}`,
}

var secondLinqFixtures = []string{
	`{"id":"5c8e1f07-b3a2-4d96-9e41-d07a6b2c8f35","filename":"invoice.pdf",
	  "content_type":"application/pdf","size_bytes":20480,"status":"complete",
	  "download_url":"https://cdn.linqapp.com/attachments/` + SecondLinqPDF + `/invoice.pdf",
	  "created_at":"2026-06-01T12:00:06Z"}`,
	`{"id":"8e30d5a9-1c64-4f7b-b2d8-67f9a40c3e12","filename":"receipt.txt",
	  "content_type":"text/plain","size_bytes":512,"status":"complete",
	  "download_url":"https://cdn.linqapp.com/attachments/` + SecondLinqText + `/receipt.txt",
	  "created_at":"2026-06-01T12:00:07Z"}`,
}

var secondWixFixtures = []string{
	`{"id":"f4a7b2c6-91d3-4e08-a6c5-8b0d3e7f1952","fileName":"contract.pdf",
	  "mimeType":"application/pdf","attachmentType":"OTHER",
	  "document":{"id":"22f3a1_contract.pdf",
	    "url":"https://download-files.wixmp.com/ugd/22f3a1_contract.pdf?token=FRESH_SIGNATURE",
	    "urlExpirationDate":"2046-07-01T00:00:00.000Z"}}`,
}
