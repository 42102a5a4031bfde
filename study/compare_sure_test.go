package study

import (
	"math"
	"strings"
	"testing"

	"oxysim/model"
	"oxysim/sim/rng"
	"oxysim/sim/stats"
)

// rareHours is a mean that seldom differs: in one future of five hundred, by a
// thousand hours, so that the truth is 2 h.
func rareHours(study uint64, n int) *pair {
	s := rng.New(study, 1).Stream(rng.NameOf("rare"))
	var p pair
	for r := range n {
		x := 0.0
		if s.Float64At(uint64(r)) < 0.002 {
			x = 1000
		}
		p.add(x, 0)
	}
	return &p
}

// A difference that is rare and large was in most studies of 200 futures never
// seen. It is not taken to be none, and what is said of it is missed in at most
// 5 % of studies.
func TestADifferenceNeverSeenIsNotTakenToBeNone(t *testing.T) {
	unseen, missed := 0, 0
	const studies = 300
	for study := range studies {
		p := rareHours(uint64(study), 200)
		d := p.differenceOf(fakeMean, p.difference, stats.Tally{Count: 200}, way{0.95, true})
		if d.Same {
			unseen++
			fixed := p.differenceOf(fakeMean, p.difference, stats.Tally{Count: 200}, way{0.95, false})
			if d.Shown || fixed.Shown || !math.IsInf(fixed.Interval.Hi, 1) {
				t.Fatalf("study %d: got %+v and, if all are simulated, %+v", study, d, fixed)
			}
		}
		if !d.Interval.Contains(2) {
			missed++
		}
	}
	if unseen < studies/3 { // 0.998^200 is 67 %
		t.Errorf("the difference was never seen in only %d of %d studies: this test cannot tell", unseen, studies)
	}
	if missed*20 > studies {
		t.Errorf("missed in %d of %d studies", missed, studies)
	}
}

// Hours that were never seen do not make a target met: nothing is promised of a
// mean of which fewer than a hundred values are not 0, unless they are shares.
func TestNothingIsPromisedOfRareHours(t *testing.T) {
	hours, share := model.Metric{Name: "network.stockout_hours", Unit: "h", Meaning: "hours"}, model.Metric{Name: "network.fill_rate", Unit: "1", Meaning: "share of what was wanted"}
	for _, others := range []int{0, 1, 60, 99, 100, 150} {
		f := NewFold([]model.Metric{hours, share}, 0)
		for r := range 300 {
			x := 0.0
			if r < others {
				x = 1 + float64(r%3)/10
			}
			f.Add([]float64{x, x})
		}
		in, _ := f.promise(0, way{0.95, true})
		if got, want := !math.IsInf(in.Hi, 1), others >= 100; got != want {
			t.Errorf("%d futures with hours: got the promise %v", others, in)
		}
		if in, _ := f.promise(1, way{0.95, true}); others == 60 && math.IsInf(in.Hi, 1) {
			t.Errorf("got no promise of a share")
		}
	}
}

// chooser remembers a mean of designs, in a row each.
func chooser(designs int) *chosen {
	m := model.Metric{Name: "network.stockout_hours", Unit: "h", Better: model.Less, Meaning: "hours"}
	c := &Compare{Designs: make([]*Option, designs), By: m.Name, by: m, Confidence: 0.95, Indifference: 1}
	for d := range designs {
		c.from = append(c.from, d)
		c.reads = append(c.reads, []string{m.Name})
	}
	return newChosen(c)
}

// A design is said to be worse only if it differs in thirty futures or more:
// batches of which hardly any differs are far from normal.
func TestItIsTooCloseToCallWhileFewFuturesDiffer(t *testing.T) {
	for _, differ := range []int{0, 25, 29, 30, 60} {
		s := chooser(2)
		for r := range 150 {
			x := 0.0
			if r%5 == 0 && r/5 < differ || r%5 == 1 && r/5 < differ-30 {
				x = 1000 // about one in each batch, which vary little
			}
			s.add([]float64{0, x + float64(r/5%2)*x/10})
		}
		if got, want := len(s.tooClose(0)) == 0, differ >= 30; got != want {
			t.Errorf("%d futures differ: said to be worse: %v", differ, got)
		}
	}
}

// mid returns what is between the half-widths that the mean of as many values
// has at two shares of an error of 5 %: at the first it is shown to be above 0.
func mid(t *testing.T, half func(alpha float64) float64, few, many float64) float64 {
	t.Helper()
	a, b := half(0.05/few), half(0.05/many)
	if !(a < b) {
		t.Fatalf("got half-widths %v and %v", a, b)
	}
	return (a + b) / 2
}

// What is said of which of two of four designs is worse, or dearer, has a sixth
// of the error, not a third: any of them may be the best, and several at once. A
// difference that a third would show is not said to be one.
func TestAllThatIsSaidOfPairsHoldsTogether(t *testing.T) {
	noise := func(r int) float64 { return float64(r%2)*2 - 1 }
	var e stats.Tally
	for b := range 100 {
		e.Add(noise(b))
	}
	above := mid(t, func(alpha float64) float64 { return stats.StudentSequence(e, alpha).HalfWidth() }, 3, 6)
	s := chooser(4)
	for r := range 100 * batchSize {
		e := noise(r / batchSize)
		s.add([]float64{0, above + e, 50 + e, 60 - e})
	}
	if got := s.tooClose(0); len(got) != 1 || got[0] != 1 {
		t.Errorf("got %v too close to the first, want the second", got)
	}

	var n stats.Tally
	for r := range 200 {
		n.Add(noise(r))
	}
	above = mid(t, func(alpha float64) float64 { return stats.MeanT(n, 1-alpha).HalfWidth() }, 3, 6)
	m := &money{items: []Item{{Key: "price.km", Priced: true, Price: 1}}, designs: make([]spending, 4)}
	c := &comparison{Compare: &Compare{Confidence: 0.95, Fixed: true}, n: 200}
	for d := range 4 {
		m.read = append(m.read, [][]reading{{{}}})
		var used []float64
		for r := range 200 {
			x := 10.0
			if d == 1 {
				x += above + noise(r)
			}
			used = append(used, x, 0)
		}
		c.used = append(c.used, used)
	}
	a := &MoneyAnswer{t: c, m: m, prices: []float64{1}, Designs: make([]DesignMoney, 4)}
	if a.dearer(1, 0) {
		t.Error("a difference that only a third of the error shows is said to be one")
	}
	// The third has never been seen to use more than the first, and may yet.
	x, method := a.spent(1, 2, 0)
	if most := 10 * (1 - math.Pow(0.025, 1./200)); x.Mean != 0 || method != share || math.Abs(x.Interval.Hi-most) > 1e-9 || math.Abs(x.Interval.Lo+most) > 1e-9 {
		t.Errorf("got %+v by %s, want ±%v: no future of 200 differs, the greatest seen costs 10", x, method, most)
	}
}

// Names of what is no option are those of files if they look like it, and what
// there is is listed as one would write it.
func TestWhatIsNoOptionIsSaidAsOneWouldWriteIt(t *testing.T) {
	path := scenarioFile(t, twoClinics)
	for name, want := range map[string]string{"theirs.tml": "there is no such file", "folder/theirs": "there is no such file", "xxxxxxxx": "it has more, most, swapped"} {
		if _, err := OpenDesigns(path, []string{name}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", name, err, want)
		}
	}
}
