package study

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"oxysim/model"
	"oxysim/sim/stats"
)

func TestVerdicts(t *testing.T) {
	inf := math.Inf(1)
	most := Target{AtMost: 0.05, AtLeast: -inf}
	least := Target{AtMost: inf, AtLeast: 0.98}
	both := Target{AtMost: 0.2, AtLeast: 0.1}
	for _, c := range []struct {
		target Target
		lo, hi float64
		want   Verdict
	}{
		{most, 0, 0.01, Met},
		{most, 0, 0.05, Met},
		{most, 0.04, 0.06, Undecided},
		{most, 0.05, 0.06, Undecided},
		{most, 0.051, 0.06, Missed},
		{most, -inf, inf, Undecided},
		{least, 0.98, 1, Met},
		{least, 0.9, 0.97, Missed},
		{least, 0.9, 0.99, Undecided},
		{both, 0.12, 0.18, Met},
		{both, 0.05, 0.15, Undecided},
		{both, 0.3, 0.4, Missed},
		{both, 0.01, 0.09, Missed},
	} {
		if got := c.target.of(c.lo, c.hi); got != c.want {
			t.Errorf("%v, %v to %v: got %v, want %v", c.target, c.lo, c.hi, got, c.want)
		}
	}
}

// One hospital that misses the target is enough to miss it; one that is
// undecided, not to meet it.
func TestTheWorstHospitalDecides(t *testing.T) {
	for want, vs := range map[Verdict][][]Verdict{
		Met:       {{Met}, {Met, Met}},
		Undecided: {{Undecided}, {Met, Undecided, Met}},
		Missed:    {{Missed}, {Met, Missed}, {Missed, Undecided}, {Undecided, Missed, Met}},
	} {
		for _, list := range vs {
			var js []Judgement
			for _, v := range list {
				js = append(js, Judgement{Verdict: v})
			}
			if got := overall(js); got != want {
				t.Errorf("%v: got %v, want %v", list, got, want)
			}
		}
	}
}

// A target that every hospital just meets, or just misses, is called missed or
// met of any of them in at most 5 % of studies: that is what Bonferroni's
// intervals promise. 2000 studies of 10 hospitals; the tolerance is four
// standard errors of their share.
func TestAVerdictIsSeldomWrong(t *testing.T) {
	const studies, n, hospitals, at = 2000, 400, 10, 0.05
	g := rand.New(rand.NewPCG(1, 1))
	decided := 0
	together := 1 - 0.05/hospitals
	target := Target{AtMost: at, AtLeast: math.Inf(-1)}
	verdicts := map[int]Verdict{}
	for range studies {
		for range hospitals {
			k := 0
			for range n {
				if g.Float64() < at {
					k++
				}
			}
			v, ok := verdicts[k]
			if !ok {
				in := stats.ClopperPearson(k, n, together)
				v = target.of(in.Lo, in.Hi)
				verdicts[k] = v
			}
			if v != Undecided {
				decided++
				break
			}
		}
	}
	if most := 0.05 + 4*math.Sqrt(0.05*0.95/studies); float64(decided)/studies > most {
		t.Errorf("got a verdict in %d of %d studies, want at most %.3f of them", decided, studies, most)
	}
}

func TestAnswersJudgeHospitalsTheWorstFirst(t *testing.T) {
	s := fakeSubject(0.01, 0.5, 0.0001, 0.05)
	_, r := records(t, s, 0, 0, 2000, Precision{})
	a := r.Answer()
	var got []string
	for _, j := range a.Judged {
		got = append(got, strings.TrimPrefix(j.Thing, "hospital.")+" "+j.Verdict.String())
	}
	if want := "b missed, d undecided, a met, c met"; strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if a.Verdict != Missed || a.Target.String() != "P(stockout) ≤ 5 %" || !a.Target.Default {
		t.Errorf("got %v of %v", a.Verdict, a.Target)
	}
	worst := a.Judged[0]
	if e := worst.Estimate; e.Method != wilson || e.Interval != stats.Wilson(int(math.Round(e.Mean*2000)), 2000, 0.95) {
		t.Errorf("got %+v, want Wilson's interval", e)
	}
	if want := stats.ClopperPearson(int(math.Round(worst.Estimate.Mean*2000)), 2000, 1-0.05/4); worst.Promise != want {
		t.Errorf("got %v, want %v, at a quarter of the error", worst.Promise, want)
	}
	if hours := a.Estimate("hospital.b.stockout_hours"); hours.Method != student || hours.P95 <= hours.P50 || hours.Min != 0 {
		t.Errorf("got %+v", hours)
	}
	if a.Estimate("hospital.b.nothing") != nil {
		t.Error("got an estimate of what there is not")
	}
}

// A run that stops at a precision has it, needs no more replications than it
// takes, and uses intervals that hold although it stopped.
func TestRunsStopAtThePrecision(t *testing.T) {
	s := fakeSubject(0.3, 0.05)
	_, r := records(t, s, 0, 0, 100_000, Precision{Points: 4})
	a := r.Answer()
	if !a.Reached || a.N >= 100_000 || a.N < 500 {
		t.Errorf("got %d replications", a.N)
	}
	for _, j := range a.Judged {
		if j.Estimate.Interval.HalfWidth() > 0.04 || j.Estimate.Method != anytime {
			t.Errorf("got %+v", j.Estimate)
		}
	}
	_, r = records(t, s, 0, 0, a.N-1, Precision{Points: 4})
	if a := r.Answer(); a.Reached {
		t.Error("one replication less would have done")
	}
}

func TestPrecisionsAsWritten(t *testing.T) {
	for text, want := range map[string]Precision{"1pp": {Points: 1}, "0.5 pp": {Points: 0.5}, "5%": {Relative: 5}, "5 %": {Relative: 5}} {
		if got, err := ParsePrecision(text); got != want || err != nil {
			t.Errorf("%q: got %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "abc", "1", "0.01", "pp", "0pp", "-1pp", "99pp", "nanpp", "1e9%"} {
		if got, err := ParsePrecision(text); err == nil || !strings.Contains(err.Error(), `want percentage points`) {
			t.Errorf("%q: got %v, %v, want an error", text, got, err)
		}
	}
	if _, err := NewRun(fakeSubject(0.1), 0, 10, Precision{Relative: 5}); err == nil || !strings.Contains(err.Error(), `stockout is a probability: want percentage points, such as "1pp", not "5%"`) {
		t.Errorf("got %v", err)
	}
}

func TestTargetsInWords(t *testing.T) {
	inf := math.Inf(1)
	yes := model.Metric{Unit: "1", Meaning: "1 if it was so"}
	for want, target := range map[string]Target{
		"P(stockout) ≤ 5 %":       {Metric: "stockout", AtMost: 0.05, AtLeast: -inf, kind: yes},
		"P(stockout) ≤ 0.1 %":     {Metric: "stockout", AtMost: 0.001, AtLeast: -inf, kind: yes},
		"P(stockout) ≤ 7 %":       {Metric: "stockout", AtMost: 0.07, AtLeast: -inf, kind: yes}, // 100*0.07 is not 7
		"fill_rate ≥ 0.98":        {Metric: "fill_rate", AtMost: inf, AtLeast: 0.98, kind: model.Metric{Unit: "1"}},
		"stockout_hours ≤ 24 h":   {Metric: "stockout_hours", AtMost: 24, AtLeast: -inf, kind: model.Metric{Unit: "h"}},
		"2 d ≤ cover_days ≤ 20 d": {Metric: "cover_days", AtMost: 20, AtLeast: 2, kind: model.Metric{Unit: "d"}},
	} {
		if got := target.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestThings(t *testing.T) {
	for metric, want := range map[string][2]string{
		"hospital.rizgary.stockout":             {"hospital.rizgary", "stockout"},
		"hospital.rizgary.patients.child.unmet": {"hospital.rizgary", "patients.child.unmet"},
		"network.stockout":                      {"network", "stockout"},
	} {
		if thing, rest := Thing(metric); [2]string{thing, rest} != want {
			t.Errorf("%s: got %q, %q", metric, thing, rest)
		}
	}
}
