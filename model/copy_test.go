package model

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"oxysim/sim"
)

// scratch is what a world keeps for the length of one event, or for somebody
// who watches, by the path of the field: a copy need not have it.
var scratch = map[string]bool{
	"World.trace": true, "World.ledger.trace": true, "World.tried": true, "World.shaken": true, "World.metrics": true,
	"World.roads.cost": true, "World.roads.via": true, "World.roads.open": true,
	"World.ledger.recent": true, // points to the world's own
}

// twins walks through two worlds side by side.
type twins struct {
	shared  map[uintptr]bool // what hangs on the Config, which both may point to
	seen    map[[2]uintptr]bool
	problem string
}

// compare notes the first place in which two values differ, or in which they
// are one memory.
func (t *twins) compare(path string, a, b reflect.Value) {
	if t.problem != "" || scratch[path] {
		return
	}
	fail := func(format string, args ...any) {
		t.problem = path + ": " + fmt.Sprintf(format, args...)
	}
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			t.compare(path+"."+a.Type().Field(i).Name, a.Field(i), b.Field(i))
		}
	case reflect.Array:
		for i := range a.Len() {
			t.compare(path, a.Index(i), b.Index(i))
		}
	case reflect.Slice:
		if a.Len() != b.Len() {
			fail("%d and %d entries", a.Len(), b.Len())
			return
		}
		if a.Len() == 0 || t.shared[a.Pointer()] && a.Pointer() == b.Pointer() {
			return
		}
		if a.Pointer() == b.Pointer() {
			fail("both worlds have one slice")
		}
		for i := range a.Len() {
			t.compare(path, a.Index(i), b.Index(i))
		}
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			if a.IsNil() != b.IsNil() {
				fail("one is nil")
			}
			return
		}
		if t.shared[a.Pointer()] && a.Pointer() == b.Pointer() {
			return
		}
		if a.Pointer() == b.Pointer() {
			fail("both worlds have one %v", a.Type().Elem())
		}
		if k := [2]uintptr{a.Pointer(), b.Pointer()}; !t.seen[k] {
			t.seen[k] = true
			t.compare(path, a.Elem(), b.Elem())
		}
	case reflect.Func, reflect.Map, reflect.Interface, reflect.Chan:
		fail("no state can be a %v", a.Kind())
	default:
		if !a.Equal(b) {
			fail("%v and %v", a, b)
		}
	}
}

// note notes all memory that hangs on a value.
func (t *twins) note(v reflect.Value) {
	if v.CanAddr() {
		t.shared[v.UnsafeAddr()] = true
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			t.note(v.Field(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			t.note(v.Index(i))
		}
	case reflect.Slice:
		t.shared[v.Pointer()] = true
		for i := range v.Len() {
			t.note(v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() && !t.shared[v.Pointer()] {
			t.note(v.Elem())
		}
	}
}

// differ says where two worlds of one Config differ or share what may change,
// or nothing.
func differ(a, b *World) string {
	t := twins{shared: map[uintptr]bool{}, seen: map[[2]uintptr]bool{}}
	t.note(reflect.ValueOf(a.cfg))
	for i := range a.demands { // laws made of the Config's numbers, which never change, and their tables
		t.note(reflect.ValueOf(a.demands[i].gap))
	}
	t.compare("World", reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem())
	return t.problem
}

// A copy of a world is the world: every field is equal, nothing that changes is
// shared, and both go on alike to the last bit, whatever the copy did before
// and whatever the other does meanwhile.
func TestACopyGoesOnAlike(t *testing.T) {
	for seed := range networks(300) {
		for kind, cfg := range map[string]*Config{"anyNetwork": anyNetwork(seed), "randomNetwork": randomNetwork(seed)} {
			r := rand.New(rand.NewPCG(seed, 1))
			at := sim.Time(r.Int64N(int64(cfg.Horizon)))
			what := fmt.Sprintf("%s(%d), seed 7, replication 1, copied at %v", kind, seed, at)
			original := New(cfg)
			want := slices.Clone(original.Run(7, 1))
			original.Begin(7, 1)
			original.RunTo(at)
			second := New(cfg)
			if r.IntN(2) == 0 { // or it has never run
				second.Begin(8, 2)
				second.RunTo(sim.Time(r.Int64N(int64(cfg.Horizon))))
			}
			second.CopyFrom(original)
			if d := differ(second, original); d != "" {
				t.Fatalf("%s: %s", what, d)
			}
			third := New(cfg)
			third.CopyFrom(second)
			second.RunTo(second.Horizon())
			if d := differences(second, want, second.Outcome()); d != nil {
				t.Fatalf("%s: the copy gives other %v", what, d)
			}
			original.RunTo(original.Horizon())
			if d := differences(original, want, original.Outcome()); d != nil {
				t.Fatalf("%s: the original gives other %v after its copy has run", what, d)
			}
			third.RunTo(third.Horizon())
			if d := differences(third, want, third.Outcome()); d != nil {
				t.Fatalf("%s: the copy of the copy gives other %v", what, d)
			}
		}
	}
}

// The walk finds what it is there to find.
func TestDifferSeesWhatACopyForgets(t *testing.T) {
	cfg := anyNetwork(1)
	for name, spoil := range map[string]func(a, b *World){
		"a number":     func(a, _ *World) { a.lines[0].shipped++ },
		"a slice":      func(a, b *World) { a.ledger.piles = b.ledger.piles },
		"an inner one": func(a, b *World) { a.hospitals[0].meanUse = b.hospitals[0].meanUse },
		"a law":        func(a, b *World) { a.demands[0].gaps = b.demands[0].gaps },
		"a heap":       func(a, _ *World) { a.lines[0].uses.Push(1, 1) },
	} {
		a, b := New(cfg), New(cfg)
		b.Begin(7, 1)
		b.RunTo(sim.Time(sim.Day))
		a.CopyFrom(b)
		if spoil(a, b); differ(a, b) == "" {
			t.Errorf("%s: not seen", name)
		}
	}
}

// Time may pass in steps: each gives the outcome of Run to the last bit.
func TestRunInSteps(t *testing.T) {
	for seed := range networks(100) {
		w := New(anyNetwork(seed))
		want := slices.Clone(w.Run(7, 1))
		r := rand.New(rand.NewPCG(seed, 2))
		for w.Begin(7, 1); w.Now() < w.Horizon(); {
			w.RunTo(w.Now().Add(sim.Span(1 + r.Int64N(int64(sim.Day)))))
		}
		w.RunTo(0)
		if d := differences(w, want, w.Outcome()); d != nil {
			t.Fatalf("anyNetwork(%d), seed 7, replication 1: in steps, other %v", seed, d)
		}
	}
}

// Worlds of different Configs are not copied.
func TestOnlyTheSameConfigIsCopied(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a world of another Config was copied")
		}
	}()
	New(anyNetwork(1)).CopyFrom(New(anyNetwork(1)))
}

// A copy allocates nothing the second time.
func TestCopiesAllocateNothing(t *testing.T) {
	for seed := range networks(40) {
		cfg := anyNetwork(seed)
		w, o := New(cfg), New(cfg)
		o.Begin(7, 1)
		o.RunTo(o.Horizon() / 2)
		w.CopyFrom(o)
		if n := testing.AllocsPerRun(3, func() { w.CopyFrom(o) }); n != 0 {
			t.Errorf("anyNetwork(%d): %v allocations in a copy that was made before", seed, n)
		}
	}
}

// BenchmarkCopyFrom is one copy of a world in the middle of its year.
func BenchmarkCopyFrom(b *testing.B) {
	for _, n := range []int{10, 100, 899} {
		b.Run(fmt.Sprintf("hospitals=%d", n), func(b *testing.B) {
			cfg := closedLoop(n, 30)
			w, o := New(cfg), New(cfg)
			o.Begin(1, 0)
			o.RunTo(o.Horizon() / 2)
			b.ReportAllocs()
			for b.Loop() {
				w.CopyFrom(o)
			}
		})
	}
}
