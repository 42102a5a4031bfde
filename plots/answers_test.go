package plots

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"oxysim/sim/stats"
	"oxysim/study"
)

// Figures of answers look as they did; GOLDEN=update draws them anew.
func TestGoldenAnswers(t *testing.T) {
	f := newFake(t, 7)
	a := f.compareOf(6, true)
	for _, x := range []struct {
		name   string
		figure Figure
		width  Width
	}{
		{"curve-band", f.curveOf(t, 12, study.CriticalValues), Page}, {"curve-grid", f.curveOf(t, 8, study.ValueGrid), Column},
		{"frontier", f.frontierOf(8, true), Page}, {"why", f.whyOf(6), Page}, {"why-each", f.eachOf(8, 5), Column}, {"tornado", f.tornadoOf(8), Page},
		{"compare", differences{a, a.Metrics[0]}, Page}, {"acceptability", acceptability{a, "patient-hour without oxygen"}, Page},
		{"sweep", f.sweepOf(t, 6), Column}, {"sweep-two", f.sweepOf(t, 5, 4), Page},
	} {
		got := drawn(t, x.figure, f.style("svg", x.width))
		path := filepath.Join("testdata", x.name+".svg")
		if os.Getenv("GOLDEN") == "update" {
			if err := os.WriteFile(path, got, 0o666); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is drawn otherwise; GOLDEN=update go test ./plots -run TestGoldenAnswers draws it anew, then look at it", path)
		}
	}
}

// Figures of answers are XML with numbers that are numbers, and the same bytes when
// they are drawn again.
func TestAnswersAreDrawnWell(t *testing.T) {
	f := newFake(t, 8)
	for name, figure := range f.answers(t, 7) {
		svg := drawn(t, figure, f.style("svg", Page))
		if bytes.Contains(svg, []byte("NaN")) || bytes.Contains(svg, []byte("Inf")) {
			t.Errorf("%s has a number that is none", name)
		}
		if !bytes.Equal(svg, drawn(t, figure, f.style("svg", Page))) {
			t.Errorf("%s differs when it is drawn again", name)
		}
		for in := xml.NewDecoder(bytes.NewReader(svg)); ; {
			if _, err := in.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if rows := figure.Data(); len(rows) < 2 || len(rows[1]) != len(rows[0]) {
			t.Errorf("%s has no table", name)
		}
	}
}

// What the titles of answers say can be found in the tables behind them.
func TestTitlesOfAnswersStateTheNumbers(t *testing.T) {
	for seed := range uint64(30) {
		f := newFake(t, seed)
		rows := []int{1, 2, 6, 25}[seed%4]
		checkCurveTitle(t, f.curveOf(t, rows+2, study.CriticalValues))
		checkFrontierTitle(t, f.frontierOf(rows, true))
		checkWhyTitle(t, f.whyOf(min(rows, 8)))
		checkEachTitle(t, f.eachOf(rows, min(rows, 8)))
		checkTornadoTitle(t, f.tornadoOf(rows))
		a := f.compareOf(rows, true)
		checkCompareTitle(t, differences{a, a.Metrics[0]})
		checkAcceptabilityTitle(t, acceptability{a, "stockout-day"})
		checkSweepTitle(t, f.sweepOf(t, rows+1))
	}
}

func checkCurveTitle(t *testing.T, f curve) {
	t.Helper()
	title := f.Title()
	said := map[string]bool{}
	for _, r := range tableOf(f) {
		switch r["role"] {
		case "sufficient":
			said["sufficient"] = true
			if r["verdict"] != "met" || !strings.Contains(title, " "+text(r["text"])+" is sufficient for ") {
				t.Errorf("%q of %v", title, r)
			}
		case "insufficient":
			said["insufficient"] = true
			if r["verdict"] != "missed" || !strings.Contains(title, " "+text(r["text"])+" is shown not to be") {
				t.Errorf("%q of %v", title, r)
			}
		}
	}
	if strings.Contains(title, " is sufficient for ") != said["sufficient"] || strings.Contains(title, " is shown not to be") != said["insufficient"] {
		t.Errorf("%q, but %v", title, said)
	}
}

func checkFrontierTitle(t *testing.T, f frontier) {
	t.Helper()
	n := map[string]int{}
	all := 0
	for _, r := range tableOf(f) {
		n[r["standing"]]++
		all++
	}
	are := map[bool]string{true: "is", false: "are"}[n["certified"] == 1]
	want := fmt.Sprintf("%d of %d designs %s shown to be on the frontier of cost and risk", n["certified"], all, are)
	if n["dominated"] > 0 {
		want += fmt.Sprintf("; %d shown not to be", n["dominated"])
	}
	if n["undecided"] > 0 {
		want += fmt.Sprintf("; %d undecided", n["undecided"])
	}
	if f.Title() != want {
		t.Errorf("got %q, want %q", f.Title(), want)
	}
	if want := " They hold at 95\u00a0% for luck alone, at prices as written."; !strings.Contains(f.Subtitle(), want) {
		t.Errorf("got %q, want %q", f.Subtitle(), want)
	}
}

func checkWhyTitle(t *testing.T, f shares) {
	t.Helper()
	other := *f.WhyAnswer
	if other.Total.Mean *= -1; !strings.HasPrefix(shares{&other}.Title(), "Thinking all causes away leaves more") {
		t.Errorf("got %q of causes that avert", shares{&other}.Title())
	}
	most, label, shown := math.Inf(-1), "", ""
	for _, r := range tableOf(f) {
		x := number(t, r["share"])
		if x > most {
			most, label = x, r["label"]
		}
		if lo := number(t, r["share_lo"]); shown == "" && lo > 0 {
			shown = r["label"]
		}
	}
	title := f.Title()
	switch {
	case shown == "" && !strings.HasPrefix(title, "None of ") && !strings.HasPrefix(title, "Chance may explain what "+label):
		t.Errorf("got %q, but nothing is shown", title)
	case shown != "" && (!strings.HasPrefix(title, "Behind the stockout hours of the network") || !strings.Contains(title, ": "+shown+" (")):
		t.Errorf("got %q, want %s", title, shown)
	case shown != "" && shown != label && !strings.Contains(title, "among others"):
		t.Errorf("got %q, but %s has more", title, label)
	}
}

func checkEachTitle(t *testing.T, f stacked) {
	t.Helper()
	sums, most := map[string]float64{}, map[string]float64{}
	first := map[string]string{} // by hospital
	for _, r := range tableOf(f) {
		x := number(t, r["amount"])
		sums[r["cause"]] += x
		if old, ok := most[r["hospital"]]; !ok || x > old {
			most[r["hospital"]], first[r["hospital"]] = x, r["cause"]
		}
	}
	best := f.Causes[0]
	for _, c := range f.Causes {
		if sums[c.Name] > sums[best.Name] {
			best = c
		}
	}
	count := 0
	for _, c := range first {
		if c == best.Name {
			count++
		}
	}
	all := 0.0
	for _, x := range sums {
		all += x
	}
	if all < 0 {
		if !strings.HasPrefix(f.Title(), "Thinking all causes away leaves more") {
			t.Errorf("got %q, but causes do %v", f.Title(), all)
		}
		return
	}
	if want := fmt.Sprintf(": %s, which comes first at %d of %d hospital", best.Label, count, len(first)); !strings.Contains(f.Title(), want) || !strings.HasPrefix(f.Title(), "In these 200\u00a0futures, ") {
		t.Errorf("got %q, want %q", f.Title(), want)
	}
	if drawn := strings.Contains(f.Subtitle(), "drawn by lot"); drawn != (len(f.Causes) > 5) { // up to five, every order is met
		t.Errorf("got %q of %d causes", f.Subtitle(), len(f.Causes))
	}
}

func checkTornadoTitle(t *testing.T, f tornado) {
	t.Helper()
	first, known := "", 0
	for _, r := range tableOf(f) {
		if r["end"] != "swing" {
			continue
		}
		if r["shown"] == "true" {
			if lo, hi := number(t, r["lo"]), number(t, r["hi"]); lo <= 0 && hi >= 0 {
				t.Errorf("%v is shown, but chance explains it", r)
			}
			known++
			if first == "" {
				first = r["parameter"]
			}
		}
	}
	title := f.Title()
	if want := f.Base; !strings.Contains(f.Subtitle(), quantityOf(risky, want.Mean, want.Interval)+" in these 200\u00a0futures, ") {
		t.Errorf("got %q", f.Subtitle())
	}
	switch {
	case known == 0 && !strings.HasPrefix(title, "None of "), known > 0 && !strings.HasPrefix(title, first+", "),
		known > 1 && !strings.HasSuffix(title, fmt.Sprintf("%d more of %d %s shown to", known-1, len(f.Bars), map[bool]string{true: "is", false: "are"}[known == 2])):
		t.Errorf("%q, but %d are known, %s first", title, known, first)
	}
}

func checkCompareTitle(t *testing.T, f differences) {
	t.Helper()
	least, label := 0.0, ""
	for _, r := range tableOf(f) {
		if x := number(t, r["difference"]); x < least {
			least, label = x, r["label"]
		}
	}
	title := f.Title()
	switch {
	case label == "" && len(f.Best.TooClose) == 0:
		if !strings.HasPrefix(title, "No option is better") {
			t.Errorf("%q, but all are worse", title)
		}
	case len(f.Best.TooClose) > 0:
		if !strings.HasPrefix(title, "Too close to call by ") {
			t.Errorf("%q, but %v are too close", title, f.Best.TooClose)
		}
	case !strings.HasPrefix(title, capitalised(label)+" is best by ") || !strings.Contains(title, ": −"):
		t.Errorf("%q, but %s has %v", title, label, least)
	}
}

func checkAcceptabilityTitle(t *testing.T, f acceptability) {
	t.Helper()
	leader, best := map[float64]string{}, map[float64]float64{}
	last := 0.0
	for _, r := range tableOf(f) {
		pay, x := number(t, r["pay"]), number(t, r["worth_most"])
		if x > best[pay] {
			leader[pay], best[pay] = r["label"], x
		}
		last = max(last, pay)
	}
	from := last
	for i := len(f.Money.Accept.Pay) - 1; i >= 0 && leader[f.Money.Accept.Pay[i]] == leader[last]; i-- {
		from = f.Money.Accept.Pay[i]
	}
	want := fmt.Sprintf("From %s\u00a0USD to %s\u00a0USD for a stockout-day averted, %s is likeliest", plainNumber(from), plainNumber(last), leader[last]) // beyond, nothing was tried
	switch from {
	case last:
		want = fmt.Sprintf("At %s\u00a0USD for a stockout-day averted, %s is likeliest", plainNumber(from), leader[last])
	case 0:
		want = capitalised(leader[last]) + " is likeliest to be worth most, whatever"
	}
	if !strings.HasPrefix(f.Title(), want) {
		t.Errorf("got %q, want %q", f.Title(), want)
	}
}

func checkSweepTitle(t *testing.T, f sweep) {
	t.Helper()
	list := tableOf(f)
	first, last := list[0]["hospital.clinic.buffer"], list[len(list)-1]["hospital.clinic.buffer"]
	title := f.Title()
	if !strings.Contains(title, f.reading(0)+" at "+first) || !strings.HasSuffix(title, f.reading(len(list)-1)+" at "+last) {
		t.Errorf("%q, but from %s to %s", title, first, last)
	}
	if x := number(t, strings.Fields(strings.ReplaceAll(f.reading(0), "\u00a0", " "))[0]); math.Abs(x-number(t, list[0]["mean"])) > f.Points[0].Readings[0].Interval.HalfWidth() {
		t.Errorf("%q says %v, not %s", title, x, list[0]["mean"])
	}
}

// A curve on which nothing changes is drawn over all that was looked at.
func TestFlatCurvesReachToTheEnd(t *testing.T) {
	f := newFake(t, 1).curveOf(t, 12, study.CriticalValues)
	for i := range f.Curve {
		f.Curve[i].Estimate = 1
	}
	if n := len(f.shown()); n != 12 {
		t.Errorf("got %d of 12 points", n)
	}
}

// A title about causes says how little they explain, where that is little.
func TestTitlesSayWhatCausesLeave(t *testing.T) {
	f := newFake(t, 1)
	a := f.whyOf(6)
	for i := range a.Shares {
		a.Shares[i].Interval = stats.Interval{Lo: a.Shares[i].Of - 0.01, Hi: a.Shares[i].Of + 0.01}
	}
	a.With.Mean, a.With.Interval = 20*a.Total.Mean, stats.Interval{Lo: 20*a.Total.Mean - 1, Hi: 20*a.Total.Mean + 1}
	want := " that these causes explain, " + quantityOf(a.Metric, a.Total.Mean, a.Total.Interval) + " of " + quantityOf(a.Metric, a.With.Mean, a.With.Interval)
	if title := a.Title(); !strings.Contains(title, want) {
		t.Errorf("got %q, want %q", title, want)
	}
	e := f.eachOf(4, 3)
	for i := range e.Hospitals {
		e.Hospitals[i].With.Mean = e.Hospitals[i].Total.Mean + 1000
	}
	p, _ := sheet(e, f.style("svg", Page))
	if !slices.ContainsFunc(p.texts, func(x printed) bool { return x.text == "left without these causes" }) {
		t.Error("what is left without all causes is not explained")
	}
}

// A title that tells of more than all of a shortage says what averts the rest, and
// whether that is shown.
func TestTitlesSayWhatAverts(t *testing.T) {
	of := func(lead, half float64) shares {
		a := newFake(t, 1).whyOf(3)
		for i, x := range []float64{lead, 0.85 - lead, 0.15} {
			s := &a.Shares[i]
			s.Cause.Label = []string{"roads", "power cuts", "machines"}[i]
			s.Of, s.Interval = x, stats.Interval{Lo: x - half, Hi: x + half}
		}
		return a
	}
	for _, x := range []struct {
		f    shares
		want string
	}{
		{of(1.1, 0.05), "first of all: roads (110\u00a0%), with some averted by power cuts (−25\u00a0%)"},
		{of(1.1, 0.26), "first of all: roads (110\u00a0%), with some averted by power cuts (−25\u00a0%), as far as these futures go"},
		{of(0.8, 0.05), "first of all: roads (80\u00a0%)"},
	} {
		if !strings.HasSuffix(x.f.Title(), x.want) {
			t.Errorf("got %q, want %q", x.f.Title(), x.want)
		}
	}
}

// Keys that are cut can be told from each other.
func TestKeysAreCutInTheMiddle(t *testing.T) {
	p, _ := sheet(newFake(t, 1).cylinders(), newFake(t, 1).style("svg", Column))
	l := p.plain(0)
	a, b := "hospital.rizgary.bulk.tanker.sulaymaniyah.fails", "hospital.rizgary.bulk.tanker.sulaymaniyah.load"
	for width := 40.0; width < 300; width += 7 {
		x, y := p.fitKey(a, width, l), p.fitKey(b, width, l)
		if x == y || p.widthOf(x, l) > width || !strings.HasSuffix(x, "fails") || !strings.HasSuffix(y, "load") {
			t.Errorf("%.0f points: %q and %q", width, x, y)
		}
	}
	for _, x := range [][3]string{{"5000\u00a0km", "20000\u00a0km", "5000 – 20000\u00a0km"}, {"0.9", "1.1", "0.9 – 1.1"}, {"2074\u00a0m³", "13\u00a0824\u00a0m³", "2074 – 13\u00a0824\u00a0m³"}, {"9000", "10\u00a0000", "9000 – 10\u00a0000"}, {"4\u00a0h", "2\u00a0d", "4\u00a0h – 2\u00a0d"}} {
		if got := rangeOf(x[0], x[1]); got != x[2] {
			t.Errorf("got %q, want %q", got, x[2])
		}
	}
	for _, x := range [][2]string{{"935000 m3", "935\u00a0000\u00a0m³"}, {"0.12345 m3/h", "0.12345\u00a0m³/h"}, {"5000 km", "5000\u00a0km"}} {
		if got := text(x[0]); got != x[1] {
			t.Errorf("got %q, want %q", got, x[1])
		}
	}
}

// Differences that chance explains are grey, and have no number.
func TestWhatChanceExplainsIsGrey(t *testing.T) {
	f := newFake(t, 3)
	a := f.compareOf(25, false)
	d := differences{a, a.Metrics[0]}
	chance := 0
	for _, x := range d.of.Against {
		if grey := d.color(x) == pale; grey != !x.Shown {
			t.Errorf("%+v is %v", x, d.color(x))
		}
		if !x.Shown {
			chance++
		}
	}
	p, _ := sheet(d, f.style("svg", Page))
	marks := 0
	for _, x := range p.texts {
		if x.text == "~" {
			marks++
		}
	}
	if chance == 0 || marks != chance {
		t.Errorf("got %d \"~\", want %d", marks, chance)
	}
}

// What is bold in a tornado is what its title counts, and chance alone makes little
// of it: a bar whose own interval is beyond 0 need not be shown.
func TestTornadoIsBoldForAllTogether(t *testing.T) {
	some := false
	for seed := range uint64(10) {
		f := newFake(t, seed)
		a := f.tornadoOf(25)
		p, _ := sheet(a, f.style("svg", Page))
		bold := 0
		for i := range a.Bars {
			some = some || !a.Bars[i].Shown && !a.Bars[i].Swing.Chance
		}
		for _, mark := range p.pen.(*recorder).marks {
			b := boldPen{}
			if mark(&b); strings.HasPrefix(b.text, "hospital.h") {
				bold++
			}
		}
		if bold != a.known() {
			t.Errorf("seed %d: %d are bold, %d shown", seed, bold, a.known())
		}
	}
	if !some {
		t.Error("got no bar that chance does not explain by itself, and may of all")
	}
}

// boldPen keeps the last bold text that ends where it was told to.
type boldPen struct {
	recorder
	text string
}

func (b *boldPen) print(_ ink, _ float64, bold bool, align float64, _ point, text string) {
	if bold && align == 1 {
		b.text = text
	}
}
