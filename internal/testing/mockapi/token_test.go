package mockapi

import (
	"cmp"
	"slices"
	"testing"
)

func TestWixTokensRequireTheAppAndCanBeRevoked(t *testing.T) {
	t.Parallel()
	api, url := start(t)
	read := func(authorization string) int {
		response, _ := call(t, url, "GET", "/contacts/v4/attachments/"+WixContact+"/"+WixImage, "",
			"Authorization", authorization)
		return response.status
	}
	const id, secret, instance = DefaultWixAppID, DefaultWixAppSecret, DefaultWixAppInstanceID
	if got := read(""); got != 401 {
		t.Errorf("without a credential: %d", got)
	}
	for body, want := range map[[4]string]string{
		{"password", id, secret, instance}:            "unsupported_grant_type",
		{"client_credentials", "x", secret, instance}: "invalid_client",
		{"client_credentials", id, "x", instance}:     "invalid_client",
		{"client_credentials", id, secret, "x"}:       "invalid_client",
	} {
		if response, got := askToken(t, url, body); response.status != 400 || got != want {
			t.Errorf("%v: %d %s", body, response.status, got)
		}
	}
	valid := [4]string{"client_credentials", id, secret, instance}
	_, first := askToken(t, url, valid)
	_, second := askToken(t, url, valid)
	got := []int{read(first), read(second), read("Bearer " + second)}
	api.RevokeWixTokens()
	got = append(got, read(second), read(""))
	if want := []int{401, 200, 200, 401, 401}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// askToken requests a token with a grant type, and the ID, secret, and instance ID of an app. It
// returns the token or the error's code.
func askToken(t *testing.T, url string, values [4]string) (reply, string) {
	t.Helper()
	response, body := call(t, url, "POST", "/oauth2/token", marshal(map[string]string{
		"grant_type": values[0], "client_id": values[1], "client_secret": values[2],
		"instance_id": values[3],
	}))
	code, _ := body["error"].(string)
	token, _ := body["access_token"].(string)
	return response, cmp.Or(token, code)
}
