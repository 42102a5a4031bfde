package plots

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// No text stands on another or beyond the page, however many hospitals there are
// and whatever befalls them.
func TestTextsStandApart(t *testing.T) {
	for _, hospitals := range []int{1, 2, 6, 25, 80} {
		f := newFake(t, uint64(hospitals))
		figures := f.all(hospitals)
		maps.Copy(figures, f.answers(t, hospitals))
		for _, name := range slices.Sorted(maps.Keys(figures)) {
			for _, width := range []Width{Column, Page} {
				p, height := sheet(figures[name], f.style("svg", width))
				page := rect{0, 0, p.width, height}
				for i, a := range p.texts {
					if !page.contains(a.box) {
						t.Errorf("%s of %d, %s: %q stands at %.0f, beyond the page of %.0f", name, hospitals, width, a.text, a.box, page)
					}
					for _, b := range p.texts[:i] {
						if a.box.overlaps(b.box) {
							t.Errorf("%s of %d, %s: %q stands on %q (%.1f and %.1f)", name, hospitals, width, a.text, b.text, a.box, b.box)
						}
					}
				}
				if height > 297*millimetre {
					t.Errorf("%s of %d, %s: it is %.0f mm high, want 297 at most", name, hospitals, width, height/millimetre)
				}
			}
		}
	}
}

// No text is smaller than 5 points in a column of a journal.
func TestTextCanBeRead(t *testing.T) {
	f := newFake(t, 1)
	figures := f.all(80)
	maps.Copy(figures, f.answers(t, 80))
	for name, figure := range figures {
		for _, width := range []Width{Column, Page} {
			p, _ := sheet(figure, f.style("svg", width))
			for _, x := range p.texts {
				if size := (x.box.y1 - x.box.y0) / (ascent + descent); size < 5-1e-9 {
					t.Errorf("%s, %s: %q has %.1f points", name, width, x.text, size)
				}
			}
		}
	}
}

// Discs that are moved apart do not overlap, if there is room for all.
func TestDiscsAreMovedApart(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 50 {
		within := rect{0, 0, 300, 300}
		var at []point
		var radius []float64
		for i := range 40 {
			p := point{300 * r.Float64(), 300 * r.Float64()}
			if i%4 == 1 {
				p = at[i-1] // on one spot
			}
			at, radius = append(at, p), append(radius, 2+6*r.Float64())
		}
		moved := separate(at, radius, within)
		for i := range moved {
			box := rect{moved[i].x - radius[i], moved[i].y - radius[i], moved[i].x + radius[i], moved[i].y + radius[i]}
			if !within.contains(box) {
				t.Errorf("round %d: disc %d is outside", round, i)
			}
			for j := range i {
				if d := math.Hypot(moved[i].x-moved[j].x, moved[i].y-moved[j].y); d < radius[i]+radius[j]-0.05 {
					t.Errorf("round %d: discs %d and %d are %.2f apart, want %.2f", round, i, j, d, radius[i]+radius[j])
				}
			}
		}
	}
}

// Labels stand on nothing, and their leaders cross nothing.
func TestLabelsFindRoom(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for round := range 50 {
		l := &labeller{within: rect{0, 0, 300, 300}}
		var at []point
		for range 40 {
			p := point{20 + 260*r.Float64(), 20 + 260*r.Float64()}
			at = append(at, p)
			l.discs = append(l.discs, rect{p.x - 3, p.y - 3, p.x + 3, p.y + 3})
		}
		placed := 0
		for _, p := range at {
			if _, _, ok := l.place(p, 3, 50, 7); ok {
				placed++
			}
		}
		if placed < 30 {
			t.Errorf("round %d: only %d of 40 labels have room", round, placed)
		}
		for i, a := range l.texts {
			for _, b := range append(slices.Clone(l.texts[:i]), l.discs...) {
				if a.overlaps(b) {
					t.Errorf("round %d: a label at %v stands on %v", round, a, b)
				}
			}
			for _, s := range l.leads {
				if crosses(a, s[0], s[1]) {
					t.Errorf("round %d: a leader %v crosses the label at %v", round, s, a)
				}
			}
		}
	}
}

// Heights that are spread are far enough apart, in their order, within their
// bounds if there is room, and stay where they are if they are apart already.
func TestSpread(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		var y []float64
		for range 1 + r.IntN(9) {
			y = append(y, 100*r.Float64())
		}
		slices.Sort(y)
		out := spread(y, 8, 0, 100)
		for i := range out {
			if i > 0 && out[i]-out[i-1] < 8-1e-9 {
				t.Fatalf("%v of %v are too near", out, y)
			}
			if out[i] < -1e-9 || out[i] > 100+1e-9 {
				t.Fatalf("%v of %v are out of bounds", out, y)
			}
		}
	}
	apart := []float64{5, 20, 90}
	if got := spread(apart, 8, 0, 100); !slices.Equal(got, apart) {
		t.Errorf("got %v, want %v", got, apart)
	}
}

// A text is broken where it is as wide as the page at most, and no letter is lost.
func TestWrap(t *testing.T) {
	p := &page{theme: themeOf(Column), letters: newLetters()}
	l := p.plain(0)
	for _, s := range []string{"", "one", "a text that is broken into several lines because it is long", "ananumberofwordswithoutspacesthatiswiderthanthewholecolumnofthepageandmustbebrokensomewhere", "5\u00a0% of all"} {
		var all string
		for _, line := range p.wrap(s, 60, l) {
			if w := p.widthOf(line, l); w > 60 {
				t.Errorf("%q is %.0f wide", line, w)
			}
			all += line
		}
		if got, want := len(all), len(s); fmt.Sprint(len(all) == 0) != fmt.Sprint(len(s) == 0) || got > want {
			t.Errorf("%q became %q", s, all)
		}
	}
	if lines := p.wrap("at most 5\u00a0%", p.widthOf("at most 5", l)+1, l); len(lines) != 2 || lines[1] != "5\u00a0%" {
		t.Errorf("a number is parted from its unit: %q", lines)
	}
}
