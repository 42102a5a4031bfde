package report

import (
	"math"
	"strings"
	"testing"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/sim/stats"
	"oxysim/study"
)

// Others are spoken of where there are others.
func TestOthersMissIfThereAreOthers(t *testing.T) {
	designs := []*study.Option{{Label: "as it is"}, {Label: "a truck"}, {Label: "a machine"}}
	for open, want := range map[int]bool{2: true, 3: false} {
		a := &study.CompareAnswer{Compare: &study.Compare{Designs: designs}, Designs: make([]study.DesignVerdict, 3)}
		a.Cheapest.Design, a.Cheapest.Open = -1, []int{0, 1, 2}[:open]
		text := new(htmlPage).cheapest(a).plain()
		if strings.Contains(text, "the others") != want {
			t.Errorf("%d of 3 open: %s", open, text)
		}
	}
}

// A cause that averts does not hide those that come after it, and what is not most is
// not called so.
func TestWhatCausesMakeMostly(t *testing.T) {
	known := stats.Interval{Lo: 99, Hi: 101}
	cause := func(label string, of float64) study.Share {
		return study.Share{Cause: scenarios.Cause{Name: label, Label: label}, Of: of, Interval: stats.Interval{Lo: of - 0.01, Hi: of + 0.01}}
	}
	a := &study.WhyAnswer{Why: &study.Why{Metric: model.Metric{Name: "network.stockout_hours", Unit: "h"}}, Total: study.Part{Mean: 100, Interval: known}, Replications: 36}
	a.Shares = []study.Share{cause("orders", -0.9), cause("trucks", 0.8), cause("roads", 0.6), cause("power", 0.5)}
	if text := new(htmlPage).mostly(a).plain(); !strings.Contains(text, "most of that trucks") || strings.Contains(text, "orders") {
		t.Errorf("got %q", text)
	}
	a.Shares = []study.Share{cause("trucks", 0.15), cause("roads", 0.14), cause("power", 0.13), cause("plant", 0.12)}
	if text := new(htmlPage).mostly(a).plain(); strings.Contains(text, "most of that") || !strings.Contains(text, "the largest parts") {
		t.Errorf("got %q", text)
	}
	a.Shares[0].Interval = stats.Interval{Lo: math.Inf(-1), Hi: math.Inf(1)}
	if text := new(htmlPage).mostly(a).plain(); !strings.Contains(text, "too few to say") {
		t.Errorf("got %q", text)
	}
	a.Total.Interval.Lo = -1
	if text := new(htmlPage).mostly(a).plain(); !strings.Contains(text, "not shown to make any") || strings.Contains(text, "trucks") {
		t.Errorf("got %q", text)
	}
}

// What an option brings about for certain is not put down to chance.
func TestHarmIsNotChance(t *testing.T) {
	for _, x := range []struct {
		lo, hi float64
		want   string
	}{{1, 3, "yes"}, {-3, -1, "yes"}, {-1, 1, "chance may explain it"}} {
		y := study.Averted{Amount: study.Amount{Mean: (x.lo + x.hi) / 2, Interval: stats.Interval{Lo: x.lo, Hi: x.hi}}, Known: x.lo > 0}
		if got := averted(y); got != x.want {
			t.Errorf("%v to %v: got %q", x.lo, x.hi, got)
		}
	}
}

// The hospital that is without oxygen for longest was chosen for that: it is said
// whether chance may explain it.
func TestTheLongestIsDoubted(t *testing.T) {
	r := resultsOf(t, "district", 10, "run.horizon=40d")
	p := &htmlPage{section: "verdict"}
	text := p.worst(r).plain()
	if strings.Contains(text, "Longest") && !strings.Contains(text, "Chance may explain") {
		t.Errorf("got %q of ten futures", text)
	}
	if text == "" {
		t.Error("nobody is without oxygen")
	}
}
