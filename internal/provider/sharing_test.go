package provider

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// TestAccReadsAfterDependsOnAreFresh reads data sources in turn during apply. Their attachments
// change with each read.
func TestAccReadsAfterDependsOnAreFresh(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, fixture(t), newMock(t).env())
	w.mustRun(t, "init")
	w.mustRun(t, "apply", "-auto-approve")
	if diff := cmp.Diff(map[string]any{"linq": 3.0, "wix": 3.0}, w.outputs(t)); diff != "" {
		t.Errorf("different URLs: %s", diff)
	}
}

// TestAccEphemeralOpensAreNotShared opens one attachment of each API twice.
func TestAccEphemeralOpensAreNotShared(t *testing.T) {
	t.Parallel()
	requireEngine(t, "ephemeral resources", "1.10", "1.11")
	api := newMock(t)
	w := newWorkspace(t, fixture(t), api.env())
	w.mustRun(t, "init")
	w.mustRun(t, "plan")
	if n := len(api.Requests()); n != 4 {
		t.Errorf("%d requests", n)
	}
}

func TestAccTwoHundredReadsShareConnections(t *testing.T) {
	t.Parallel()
	const reads, parallelism = 200, 10 // the latter is Terraform's default
	api := newMock(t)
	api.putMany(reads)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: serveProvider(api.env()),
		Steps: []resource.TestStep{{
			Config: under("linq", `data "linq_attachment" "a" {
  count         = `+strconv.Itoa(reads)+`
  attachment_id = format("00000000-0000-4000-8000-%012d", count.index)
}
`),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(
				"data.linq_attachment.a["+strconv.Itoa(reads-1)+"]",
				tfjsonpath.New("filename"), knownvalue.StringExact("199.jpg"))},
		}},
	})
	requests, connections := len(api.Requests()), api.connections.Load()
	t.Logf("%d requests over %d connections", requests, connections)
	if requests < reads {
		t.Errorf("only %d requests", requests)
	}
	// Terraform configures the provider again for each command, which makes a new pool.
	if commands := int64(requests / reads); connections > commands*parallelism {
		t.Errorf("%d connections for %d commands", connections, commands)
	}
}
