package workbook

import (
	"bytes"
	"testing"

	"oxysim/scenarios"
)

// A scenario that is written as a workbook, or as files, and read again is the
// same: not only its numbers, but titles, targets, prices, and where each value
// comes from.
func TestThereAndBackIsTheIdentity(t *testing.T) {
	for _, name := range scenarios.Ready() {
		sc, problems := scenarios.Open(name)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		same := func(way string, back *scenarios.Scenario, problems scenarios.Problems) {
			t.Helper()
			if len(problems) > 0 {
				t.Fatalf("%s, %s: %v", name, way, problems)
			}
			if got, want := back.Tree.Canonical("source"), sc.Tree.Canonical("source"); back.Digest != sc.Digest || !bytes.Equal(got, want) {
				at := 0
				for at < min(len(got), len(want)) && got[at] == want[at] {
					at++
				}
				from := max(0, at-100)
				t.Errorf("%s, %s: digest %.8s, want %.8s; from there:\n got %.200s\nwant %.200s", name, way, back.Digest, sc.Digest, got[from:], want[from:])
			}
			for _, x := range sc.Tree.Leaves() {
				if got := back.Tree.Source(x.Key()); got != x.Source {
					t.Errorf("%s, %s: source of %s: got %q, want %q", name, way, x.Key(), got, x.Source)
				}
			}
		}
		files, err := Files(name, sc)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		back, problems := reread(name, files)
		same("files", back, problems)

		var first, second bytes.Buffer
		if err := Write(&first, sc); err != nil {
			t.Fatal(err)
		}
		if err := Write(&second, sc); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: written twice, the workbook differs", name)
		}
		sheets, err := OpenXLSX(name+".xlsx", first.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		back, problems = Read(name, sheets)
		same("workbook", back, problems)
	}
}
