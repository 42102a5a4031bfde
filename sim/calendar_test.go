package sim

import (
	"cmp"
	"slices"
	"testing"
)

// pending is the calendar's plain twin: a sorted slice.
type pending []struct {
	at   Time
	slot int
}

func (p *pending) set(slot int, at Time) {
	*p = slices.DeleteFunc(*p, func(e struct {
		at   Time
		slot int
	}) bool {
		return e.slot == slot
	})
	if at >= 0 && at < 1<<40 {
		*p = append(*p, struct {
			at   Time
			slot int
		}{at, slot})
	}
	slices.SortFunc(*p, func(a, b struct {
		at   Time
		slot int
	}) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.slot, b.slot))
	})
}

// The calendar does what a sorted slice would do, whatever is set and cancelled.
func FuzzCalendarIsASortedSlice(f *testing.F) {
	f.Add(uint8(1), []byte{0, 1, 2})
	f.Add(uint8(10), []byte{3, 200, 7, 3, 100, 9, 3, 255, 255, 4, 4, 4})
	f.Add(uint8(33), []byte{32, 0, 0, 0, 0, 0, 31, 1, 1})
	f.Fuzz(func(t *testing.T, n uint8, ops []byte) {
		slots := int(n)%70 + 1
		c := NewCalendar(slots)
		var twin pending
		for len(ops) >= 3 {
			slot := int(ops[0]) % slots
			at := Time(ops[1])<<4 | Time(ops[2]&15)
			if ops[2] > 240 {
				at = Never
			}
			ops = ops[3:]
			c.Set(slot, at)
			twin.set(slot, at)
			gotSlot, gotAt, ok := c.Next()
			if ok != (len(twin) > 0) {
				t.Fatalf("pending %v, want %v", ok, len(twin) > 0)
			}
			if ok && (gotSlot != twin[0].slot || gotAt != twin[0].at) {
				t.Fatalf("next is slot %d at %v, want slot %d at %v", gotSlot, gotAt, twin[0].slot, twin[0].at)
			}
			if got := c.At(slot); at == Never && got != Never || at != Never && got != at {
				t.Fatalf("slot %d is at %v, want %v", slot, got, at)
			}
		}
	})
}

// Simultaneous events come in the order of their slots, whatever the order in
// which they were set.
func TestTiesGoToTheLowerSlot(t *testing.T) {
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}} {
		c := NewCalendar(3)
		for _, slot := range order {
			c.Set(slot, 7)
		}
		for want := range 3 {
			got, at, ok := c.Next()
			if got != want || at != 7 || !ok {
				t.Errorf("set in order %v: next is %d at %v, want %d at 7 s", order, got, at, want)
			}
			c.Cancel(got)
		}
	}
}

// A copy has a future of its own.
func TestCopyIsIndependent(t *testing.T) {
	a, b := NewCalendar(5), NewCalendar(5)
	a.Set(3, 10)
	b.CopyFrom(&a)
	a.Set(3, 20)
	if got := b.At(3); got != 10 {
		t.Errorf("the copy's slot 3 is at %v, want 10 s", got)
	}
}

// What is out of the calendar's range never happens.
func TestOutOfRangeIsNever(t *testing.T) {
	c := NewCalendar(2)
	for _, at := range []Time{-1, Never, 1 << 40} {
		c.Set(0, at)
		if _, _, ok := c.Next(); ok {
			t.Errorf("something is pending after it was set to %d", at)
		}
	}
}

func TestHeapIsASortedSlice(t *testing.T) {
	var h Heap
	x := uint64(1)
	next := func(n uint64) uint64 { x = x*6364136223846793005 + 1442695040888963407; return x >> 33 % n }
	var twin []entry
	less := func(a, b entry) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.id, b.id)) }
	for i := range int32(20_000) {
		switch {
		case len(twin) > 0 && next(3) == 0:
			at, id := h.Pop()
			if e := (entry{at, id}); e != twin[0] {
				t.Fatalf("popped %v, want %v", e, twin[0])
			}
			twin = twin[1:]
		case len(twin) > 0 && next(5) == 0:
			k := int(next(uint64(len(twin))))
			if !h.Remove(twin[k].id) {
				t.Fatalf("id %d is not there", twin[k].id)
			}
			twin = slices.Delete(twin, k, k+1)
		default:
			e := entry{Time(next(50)), i}
			h.Push(e.at, e.id)
			at, _ := slices.BinarySearchFunc(twin, e, less)
			twin = slices.Insert(twin, at, e)
		}
		if h.Len() != len(twin) {
			t.Fatalf("%d entries, want %d", h.Len(), len(twin))
		}
	}
}

// BenchmarkHold is the hold model: the next event is set anew, a random time
// later.
func BenchmarkHold(b *testing.B) {
	for _, slots := range []int{16, 32, 256, 4096, 65536} {
		b.Run("slots="+itoa(slots), func(b *testing.B) {
			c := NewCalendar(slots)
			x := uint64(1)
			next := func() Time { x = x*6364136223846793005 + 1442695040888963407; return Time(x >> 54) }
			for s := range slots {
				c.Set(s, next())
			}
			b.ReportAllocs()
			for b.Loop() {
				slot, at, _ := c.Next()
				c.Set(slot, at+next())
			}
		})
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}
