package validation

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"oxysim/model"
	"oxysim/scenarios"
)

const golden = "testdata/golden.txt"

// digest hashes the bits of every metric of three replications of a scenario.
func digest(t *testing.T, name string) string {
	t.Helper()
	s, problems := scenarios.Open(name)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	w := model.New(s.Config)
	h := sha256.New()
	for replication := range 3 {
		values := w.Run(1, replication)
		for i, m := range w.Metrics() {
			h.Write([]byte(m.Name))
			h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(values[i])))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// The same scenario and seed give the same bits on every machine: this test
// runs on amd64, on amd64 with GOAMD64=v3, on arm64 and in WebAssembly, against
// the same file. A difference that is meant raises model.Behaviour.
func TestSameBitsOnEveryMachine(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, "behaviour %d\n", model.Behaviour)
	for _, name := range scenarios.Ready() {
		fmt.Fprintf(&b, "%s %s\n", name, digest(t, name))
	}
	if os.Getenv("GOLDEN") == "update" {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
