package provider

// vendor is what is particular to one API, and the same for all that is read from it. Each has a
// file of its own, with its part of the provider's configuration.
type vendor struct {
	api      string // as in "Missing Wix Credentials"
	argument string // of the provider, such as "wix"
	baseURL  setting
	// credentials are the kinds that the API takes, of which exactly one has to be set.
	credentials []credentialKind
	whereToSet  string // all arguments and variables of credentials

	requestID string // what the vendor calls the id of an answer
	// notFoundHasCode is whether a 404 of its own has a code. One without may come from elsewhere.
	notFoundHasCode bool
	// What to do, in whole sentences, about a 401, a 403, a 404, and an app that got no access token.
	unauthorized, forbidden, notFound, appRefused string
	// explain says what a diagnostic says of an error that only this API has; the summary is "" for
	// any other error. It is nil where there are none.
	explain func(s subject, err error) (summary, what, advice string)
}
