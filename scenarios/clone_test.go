package scenarios

import (
	"reflect"
	"testing"

	"oxysim/scenarios/source"
)

// A clone shares nothing that causes change: thinking all of them away leaves
// every ready-made scenario as its files say.
func TestCausesAreThoughtAwayFromAClone(t *testing.T) {
	for _, name := range Ready() {
		s := open(t, name)
		written := new(File)
		if problems := source.Decode(s.Tree.Clone(), written); len(problems) > 0 {
			t.Fatal(problems)
		}
		if !reflect.DeepEqual(s.File.clone(), written) {
			t.Errorf("%s: the clone of what was read is something else", name)
		}
		for _, c := range Causes() {
			c.remove(s.File.clone(), s)
		}
		if !reflect.DeepEqual(s.File, written) {
			t.Errorf("%s: causes were thought away from the scenario itself", name)
		}
	}
}
