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

// What a clone remembers of its values is what would be read: a scenario that is
// changed after it was read is the one that is read with the change, to the digest.
func TestAChangedCloneIsReadAsWrittenSo(t *testing.T) {
	for _, set := range []string{"run.horizon=30d", "hospital.koya.buffer=33", "plant.lawzha.machines.restart=3 h (1 h – 4 h)"} {
		want := open(t, "kri-erbil", set)
		tree := open(t, "kri-erbil").Tree.Clone()
		if problems := tree.Set(set); len(problems) > 0 {
			t.Fatal(problems)
		}
		got, problems := Understand("kri-erbil", tree)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if got.Digest != want.Digest || !reflect.DeepEqual(got.Config, want.Config) || !reflect.DeepEqual(got.File, want.File) {
			t.Errorf("%s: the change of a clone is another scenario than the change of what is read", set)
		}
	}
}
