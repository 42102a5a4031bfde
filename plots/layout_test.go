package plots

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
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

// A map of eighty hospitals names nearly all of them on a page, and most of them in
// a column.
func TestMapNamesMostOfEighty(t *testing.T) {
	for seed := range uint64(5) {
		f := newFake(t, seed)
		m := f.network(80, spreads["all"])
		for width, most := range map[Width]int{Page: 5, Column: 18} {
			p, _ := sheet(m, f.style("svg", width))
			written := map[string]bool{}
			for _, x := range p.texts {
				written[x.text] = true
			}
			hidden := 0
			for i := range m.Hospitals {
				h := &m.Hospitals[i]
				if !slices.ContainsFunc(slices.Collect(maps.Keys(written)), func(s string) bool { return begins(s, h.Label) }) {
					hidden++
				}
			}
			if hidden > most {
				t.Errorf("seed %d, %s: %d without a name, want %d at most", seed, width, hidden, most)
			}
		}
	}
}

// begins reports whether a text on a map is the name of a place, perhaps cut, with
// a number behind it.
func begins(text, label string) bool {
	name, _, ok := strings.Cut(text, "\u00a0")
	return ok && strings.HasPrefix(label, strings.TrimSuffix(name, "…"))
}

// Rows of futures at risk have names, for those who do not see their colours.
func TestRowsAtRiskHaveNames(t *testing.T) {
	f := newFake(t, 3)
	for _, width := range []Width{Column, Page} {
		s := f.survival(25, spreads["all"])
		p, _ := sheet(s, f.style("svg", width))
		named := map[float64]bool{} // lines of text, by their height
		head := 0.0
		for _, x := range p.texts {
			if x.text == "futures without a stockout so far" {
				head = x.box.y1
			}
			if _, err := strconv.Atoi(x.text); err != nil {
				named[x.box.y0] = true
			}
		}
		rows := 0
		for _, x := range p.texts {
			if _, err := strconv.Atoi(x.text); err == nil && head > 0 && x.box.y0 > head {
				if rows++; !named[x.box.y0] {
					t.Errorf("%s: %q stands in a row without a name", width, x.text)
				}
			}
		}
		if rows == 0 {
			t.Errorf("%s: got no futures at risk", width)
		}
	}
}

// A line meets a part if some of it is inside, however long it is.
func TestLinesMeetParts(t *testing.T) {
	r := rect{10, 10, 12, 12}
	for _, x := range []struct {
		a, b point
		want bool
	}{
		{point{0, 0}, point{1000, 1000}, true}, {point{11, -500}, point{11, 500}, true}, {point{11, 11}, point{11.5, 11.5}, true},
		{point{0, 0}, point{9, 9}, false}, {point{0, 20}, point{40, 20}, false}, {point{0, 12}, point{9, 30}, false}, {point{13, 0}, point{13, 40}, false},
	} {
		if got := crosses(r, x.a, x.b); got != x.want {
			t.Errorf("from %v to %v: got %v", x.a, x.b, got)
		}
	}
}

// Numbers on maps and in cells are of the class that their colour tells.
func TestColoursTellTheNumbers(t *testing.T) {
	for seed := range uint64(20) {
		f := newFake(t, seed)
		for name, spread := range spreads {
			m := f.network(25, spread)
			for i := range m.Hospitals {
				h := &m.Hospitals[i]
				text := m.written(h)
				shown, err := strconv.ParseFloat(strings.TrimSuffix(text, "\u00a0%"), 64)
				if err != nil {
					continue // less than 0.1 %
				}
				// One that is shown at the border of two classes is of either.
				if own := m.class(m.value(h)); own != m.class(shown/100) && own != m.class(shown/100+0.0006) {
					t.Errorf("seed %d, %s: %q is of class %d, not %d", seed, name, text, m.class(shown/100), own)
				}
			}
		}
		c := f.cover(25, 11)
		for _, h := range c.Hospitals {
			for _, x := range h.Low {
				if shown := number(t, c.written(x)); coverClass(shown) != coverClass(x) {
					t.Errorf("seed %d: %v is written %v", seed, x, shown)
				}
			}
		}
	}
}

// A hospital of which it is not known whether it meets the target is hollow on a
// map, and no other is; a key says so where there is one.
func TestUndecidedHospitalsAreHollow(t *testing.T) {
	some := 0
	for seed := range uint64(20) {
		f := newFake(t, seed)
		for _, name := range slices.Sorted(maps.Keys(spreads)) {
			m := f.network(25, spreads[name])
			undecided := 0
			for _, r := range tableOf(m) {
				if r["verdict"] == "undecided" {
					undecided++
				}
			}
			p, _ := sheet(m, f.style("svg", Page))
			key := 0
			for _, x := range p.texts {
				if strings.HasPrefix(x.text, "hollow: undecided") {
					key++
				}
			}
			var discs discPen
			for _, mark := range p.pen.(*recorder).marks {
				mark(&discs)
			}
			// All hospitals have a white rim, which is drawn first.
			if hollow := discs.white - len(m.Hospitals) - key; hollow != undecided || key != min(1, undecided) {
				t.Errorf("seed %d, %s: %d are hollow, with %d keys; %d are undecided", seed, name, hollow, key, undecided)
			}
			some += undecided
		}
	}
	if some == 0 {
		t.Error("got none that is undecided")
	}
}

// discPen counts white discs.
type discPen struct {
	recorder
	white int
}

func (d *discPen) disc(c ink, _ point, _ float64) {
	if c == white {
		d.white++
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
