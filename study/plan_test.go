package study

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"oxysim/sim/stats"
)

// turn returns a lever of a subject, to be turned as far as needed.
func turn(t *testing.T, s *Subject, key string) *Turn {
	t.Helper()
	l, err := NewLever(s, key)
	if err != nil {
		t.Fatal(err)
	}
	return &Turn{Lever: l, From: math.NaN(), To: math.NaN()}
}

// between returns a lever to be turned within a range.
func between(t *testing.T, s *Subject, key string, from, to, step float64) *Turn {
	t.Helper()
	x := turn(t, s, key)
	x.From, x.To, x.Step = from, to, step
	return x
}

// planOf asks how much of a lever is enough.
func planOf(t *testing.T, s *Subject, goal string, turns ...*Turn) *PlanAnswer {
	t.Helper()
	p, err := NewPlan(s, turns, goal)
	if err != nil {
		t.Fatal(err)
	}
	return answerOf(t, p)
}

func answerOf(t *testing.T, p *Plan) *PlanAnswer {
	t.Helper()
	a, err := p.Answer(context.Background(), NewWork(p.Subject))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// opened opens a scenario.
func opened(t *testing.T, called string, settings ...string) *Subject {
	t.Helper()
	s, problems := Open(called, settings...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

// firstPassage returns the probability that a clinic with so many cylinders, one
// ordered for each that is asked for, is ever empty within days: the number on
// order is a birth-death chain, of so many births a day, and deaths after so
// many days on average; by uniformisation.
func firstPassage(cylinders int, perDay, delay, days float64) float64 {
	top := perDay + float64(cylinders)/delay // above every rate
	state := make([]float64, cylinders+1)    // the last is empty, once and for all
	state[0] = 1
	next := make([]float64, len(state))
	lost, weight := 0.0, 0.0
	mean := top * days
	logW := -mean
	for n := 0; weight < 1-1e-12 && float64(n) < mean+12*math.Sqrt(mean)+50; n++ {
		w := math.Exp(logW)
		lost += w * state[cylinders]
		weight += w
		logW += math.Log(mean) - math.Log(float64(n+1))
		clear(next)
		for i := range cylinders {
			down := float64(i) / delay
			next[i+1] += state[i] * perDay / top
			if i > 0 {
				next[i-1] += state[i] * down / top
			}
			next[i] += state[i] * (1 - (perDay+down)/top)
		}
		next[cylinders] += state[cylinders]
		state, next = next, state
	}
	return lost
}

// The reference of the tests below agrees with the numbers of the exact case.
func TestFirstPassageIsThatOfTheExactCase(t *testing.T) {
	for _, x := range []struct {
		cylinders int
		days      float64
		want      float64
	}{{12, 30, 0.395299}, {16, 365, 0.307793}, {20, 365, 0.00594082}, {20, 30, 0.000345869}} {
		if got := firstPassage(x.cylinders, 2, 3, x.days); math.Abs(got-x.want) > 1e-5*x.want+1e-7 {
			t.Errorf("%d cylinders, %g days: got %v, want %v", x.cylinders, x.days, got, x.want)
		}
	}
}

// studies are many plans of the exact case of the first stockout, by seed.
type studies struct {
	n, right, enough int         // plans; those that are 19 or 20; those that truly suffice
	missed           int         // claims of insufficiency that are false
	answers          map[int]int // by buffer
	curve            stats.Tally // at 16, of the plans that know it
	futures          float64     // mean number of replications
}

func planManyTimes(t *testing.T, n int, settings ...string) (x studies) {
	t.Helper()
	x.answers = map[int]int{}
	for seed := range n {
		s := opened(t, "exact-first-stockout", settings...)
		s.Seed = uint64(seed + 1)
		a := planOf(t, s, "", turn(t, s, "hospital.clinic.buffer"))
		x.n++
		if a.Method != CriticalValues {
			t.Fatalf("seed %d: want critical values, not method %d: audit %+v", s.Seed, a.Method, a.Audit)
		}
		x.futures += float64(a.N) / float64(n)
		answer := -1
		if a.Sufficient >= 0 {
			answer = int(a.Scale.Value(a.Sufficient))
		}
		x.answers[answer]++
		if answer == 19 || answer == 20 {
			x.right++
		}
		if answer < 0 || answer >= 19 {
			x.enough++
		}
		if a.Insufficient >= 0 && a.Scale.Value(a.Insufficient) >= 19 {
			x.missed++
		}
		for _, y := range a.Curve {
			if a.Scale.Value(y.Step) == 16 {
				x.curve.Add(y.Estimate)
			}
		}
	}
	return x
}

// The least buffer with a stockout in at most 5 % of the years is 19, exactly.
// Plans of other seeds answer that or one more, and are seldom wrong in what
// they claim: with a true rate of 5 %, more wrong answers of 8 than 2 come in 6
// of 1000 tests. Their curve at 16 is that of the exact case, within four
// standard errors; of a demand that is 5 % higher, it is not.
func TestPlanFindsTheExactMinimum(t *testing.T) {
	const n, most = 8, 2
	x := planManyTimes(t, n)
	if n-x.right > most || n-x.enough > most || x.missed > most {
		t.Errorf("of %d plans, %d are 19 or 20, %d suffice, %d call what suffices insufficient: %v", n, x.right, x.enough, x.missed, x.answers)
	}
	exact := firstPassage(16, 2, 3, 365)
	off := func(y studies) float64 {
		return math.Abs(y.curve.Mean-exact) / (y.curve.StdDev() / math.Sqrt(float64(y.curve.Count)))
	}
	if off(x) > 4 {
		t.Errorf("P at 16: got %v from %d plans, want %v", x.curve.Mean, x.curve.Count, exact)
	}
	if bent := planManyTimes(t, 3, "hospital.clinic.cylinders.ward.rate=2.1/day"); off(bent) < 4 {
		t.Errorf("P at 16 of a demand that is 5 %% higher: got %v, which is too close to %v", bent.curve.Mean, exact)
	}
}

// In 200 independent studies, at least 95 % of plans are the true minimum or one
// more, and at most 5 % of the claims are false. Each bound is that of the
// guarantee itself, without a tolerance: the method is better than it promises.
func TestPlanKeepsItsPromise(t *testing.T) {
	if os.Getenv("OXYSIM_LONG") == "" {
		t.Skip("200 studies: set OXYSIM_LONG=1")
	}
	x := planManyTimes(t, 200)
	t.Logf("%d plans, on average of %.0f futures: %d are 19 or 20, %d suffice, %d call what suffices insufficient: %v", x.n, x.futures, x.right, x.enough, x.missed, x.answers)
	if x.right < 190 || x.enough < 190 || x.missed > 10 {
		t.Error("want at least 190, 190, and at most 10")
	}
}

// The least fleet of the closed loop: at most 5 % of the time without a cylinder
// wants 10, at most 1 % wants 13; the share with 8 is exact. With use that takes
// 5 % longer, it is another.
func TestPlanFindsTheLeastFleet(t *testing.T) {
	const hours = 1035 * 24 // after the warm-up
	for _, x := range []struct{ share, want float64 }{{0.05, 10}, {0.01, 13}} {
		s := opened(t, "exact-closed-loop")
		a := planOf(t, s, fmt.Sprintf("E(hospital.clinic.stockout_hours) <= %g h", x.share*hours), turn(t, s, "hospital.clinic.buffer"))
		if a.Verdict != Met || a.Scale.Value(a.Sufficient) != x.want || a.Scale.Value(a.Insufficient) != x.want-1 {
			t.Errorf("at most %g: got sufficient %d, insufficient %d, want %g and one less", x.share, a.Sufficient, a.Insufficient, x.want)
		}
	}
	off := func(settings ...string) float64 {
		s := opened(t, "exact-closed-loop", settings...)
		a := planOf(t, s, fmt.Sprintf("E(hospital.clinic.stockout_hours) <= %g h", 0.05*hours), turn(t, s, "hospital.clinic.buffer"))
		for _, y := range a.Curve {
			if a.Scale.Value(y.Step) == 8 {
				half := y.Band.HalfWidth() / 3 // the band is of three standard errors or more
				return math.Abs(y.Estimate/hours-0.11547827) / (half / hours)
			}
		}
		t.Fatal("nothing is known of 8 cylinders")
		return 0
	}
	if x := off(); x > 4 {
		t.Errorf("the share with 8 cylinders is %.1f standard errors from the exact one", x)
	}
	if x := off("hospital.clinic.cylinders.ward.use=exponential(12.6 h)"); x < 4 {
		t.Errorf("with 5 %% longer use it is only %.1f standard errors from the exact one", x)
	}
}

// The least tank with which a ward is without oxygen at most 1 % of the time is
// 72.405 m3, by a formula. A plan brackets it, and that of repairs which take 5 %
// longer does not.
func TestPlanBracketsTheExactTank(t *testing.T) {
	exact := 50.281501 * 1.44 // m3: a unit of the exact case is 10 L/min over a tenth of a day
	bracket := func(n int, step string, settings ...string) (lo, hi float64) {
		s := opened(t, "exact-buffer-tank", settings...)
		x := turn(t, s, "plant.works.tank")
		unit, err := x.Parse("1 m3")
		if err != nil {
			t.Fatal(err)
		}
		if x.Step, err = x.Parse(step); err != nil {
			t.Fatal(err)
		}
		x.From, x.To = 60*unit, 100*unit
		p, err := NewPlan(s, []*Turn{x}, "E(hospital.ward.stockout_hours) <= 876 h")
		if err != nil {
			t.Fatal(err)
		}
		p.Most = n
		a := answerOf(t, p)
		if a.Sufficient < 0 || a.Insufficient < 0 {
			t.Fatalf("want a bracket, not steps %d and %d", a.Insufficient, a.Sufficient)
		}
		return a.Scale.Value(a.Insufficient) / unit, a.Scale.Value(a.Sufficient) / unit
	}
	lo, hi := bracket(1500, "1 m3")
	if lo >= exact || hi < exact || hi-lo > 0.1*exact {
		t.Errorf("got %g to %g m3, want a narrow bracket about %g", lo, hi, exact)
	}
	bent, _ := bracket(1500, "1 m3", "plant.works.machines.failure.any.lasts=exponential(2.1 d)")
	if bent < exact {
		t.Errorf("with repairs that take 5 %% longer, %g m3 is the most that is insufficient, which is below %g", bent, exact)
	}
	if os.Getenv("OXYSIM_LONG") == "" {
		return
	}
	lo, hi = bracket(40_000, "0.36 m3")
	t.Logf("between %g and %g m3: the middle is %.2f %% from the exact %g", lo, hi, 100*((lo+hi)/2/exact-1), exact)
	if math.Abs((lo+hi)/2/exact-1) > 0.01 || hi < exact || lo >= exact {
		t.Errorf("got %g to %g m3, want %g within 1 %%", lo, hi, exact)
	}
}

// A goal that no value reaches is said to be out of reach.
func TestPlanSaysWhatCannotBeReached(t *testing.T) {
	s := opened(t, "exact-first-stockout")
	a := planOf(t, s, "", between(t, s, "hospital.clinic.buffer", 8, 14, 1))
	if a.Verdict != Missed || a.Sufficient >= 0 || a.Insufficient != a.Scale.Top() {
		t.Errorf("got %v, sufficient %d, insufficient %d; want it missed", a.Verdict, a.Sufficient, a.Insufficient)
	}
}

// A lever of which less helps is turned down.
func TestPlanTurnsALeverDown(t *testing.T) {
	s := opened(t, "exact-first-stockout")
	a := planOf(t, s, "", turn(t, s, "hospital.clinic.supply.delay"))
	if !a.Scale.Less || a.Verdict != Met {
		t.Fatalf("got %v, turned down: %v", a.Verdict, a.Scale.Less)
	}
	good, bad := a.Scale.Value(a.Sufficient)/86400, a.Scale.Value(a.Insufficient)/86400
	if p := firstPassage(16, 2, good, 365); p > 0.05 {
		t.Errorf("a delay of %g days is called sufficient, with P = %v", good, p)
	}
	if p := firstPassage(16, 2, bad, 365); p <= 0.05 {
		t.Errorf("a delay of %g days is called insufficient, with P = %v", bad, p)
	}
}

// Of combinations of a buffer and a delay, the cheapest that truly does is
// recommended, by exact probabilities: no other is cheaper and does.
func TestPlanFindsTheCheapestCombination(t *testing.T) {
	s := opened(t, "exact-first-stockout")
	p, err := NewPlan(s, []*Turn{
		between(t, s, "hospital.clinic.buffer", 13, 21, 1), between(t, s, "hospital.clinic.supply.delay", 2*86400, 3*86400, 43200),
	}, "")
	if err != nil {
		t.Fatal(err)
	}
	p.Prices = []Price{{"hospital.clinic.buffer", 10, "USD"}, {"hospital.clinic.supply.delay", 60. / 86400, "USD"}} // of a day less: a faster courier costs more
	a := answerOf(t, p)
	c := a.Cost
	if a.Verdict != Met || len(c.Designs) != 9*3 || !c.Rows {
		t.Fatalf("got %v of %d designs, rows %v: %+v", a.Verdict, len(c.Designs), c.Rows, a.Audit)
	}
	for i, d := range c.Designs {
		exact := firstPassage(int(c.Scales[0].Value(d.Steps[0])), 2, c.Scales[1].Value(d.Steps[1])/86400, 365)
		switch {
		case d.Verdict == Met && exact > 0.05, d.Verdict == Missed && exact <= 0.05:
			t.Errorf("%v is %v, but P = %v", c.Settings(i), d.Verdict, exact)
		case i < c.Best && exact <= 0.05 && !slices.Contains(c.Closer, i):
			t.Errorf("%v was missed: P = %v", c.Settings(i), exact)
		case d.N > 0 && (exact < d.Risk.Lo || exact > d.Risk.Hi):
			t.Errorf("%v: P = %v is not within %v", c.Settings(i), exact, d.Risk)
		}
	}
}

// From values that are far apart a plan comes down to the cheapest that truly
// does, or to what cannot be told from it: a delay of two or three days, whatever
// its price, and no more than two cylinders beyond the least by exact
// probabilities, which is what plans of one buffer leave too.
func TestPlanComesCloserToTheCheapest(t *testing.T) {
	s := opened(t, "exact-first-stockout")
	p, err := NewPlan(s, []*Turn{
		between(t, s, "hospital.clinic.buffer", 10, 400, 0), between(t, s, "hospital.clinic.supply.delay", 2*86400, 3*86400, 86400),
	}, "")
	if err != nil {
		t.Fatal(err)
	}
	const perCylinder, perDay = 10, 25
	p.Prices = []Price{{"hospital.clinic.buffer", perCylinder, "USD"}, {"hospital.clinic.supply.delay", perDay / 86400., "USD"}}
	a := answerOf(t, p)
	c := a.Cost
	if a.Verdict != Met || c.Rounds < 2 {
		t.Fatalf("got %v after %d rounds, want it met after more than one", a.Verdict, c.Rounds)
	}
	least := math.Inf(1)
	for _, days := range []float64{2, 3} {
		n := 10
		for firstPassage(n, 2, days, 365) > 0.05 {
			n++
		}
		least = min(least, perCylinder*(float64(n)-16)+perDay*(3-days))
	}
	best := c.Designs[c.Best]
	if exact := firstPassage(int(c.Scales[0].Value(best.Steps[0])), 2, c.Scales[1].Value(best.Steps[1])/86400, 365); exact > 0.05 {
		t.Errorf("%v is recommended, with P = %v", c.Settings(c.Best), exact)
	}
	if best.Cost < least || best.Cost > least+2*perCylinder {
		t.Errorf("%v costs %g, want %g or up to two cylinders more", c.Settings(c.Best), best.Cost, least)
	}
	for i, d := range c.Designs {
		exact := firstPassage(int(c.Scales[0].Value(d.Steps[0])), 2, c.Scales[1].Value(d.Steps[1])/86400, 365)
		if d.Verdict == Met && exact > 0.05 || d.Verdict == Missed && exact <= 0.05 {
			t.Errorf("%v is %v, but P = %v", c.Settings(i), d.Verdict, exact)
		}
	}
}

// What helps by being less costs more the less of it there is, and more of it
// earns nothing.
func TestLessOfWhatHurtsCosts(t *testing.T) {
	s := opened(t, "exact-first-stockout")
	l, err := NewLever(s, "hospital.clinic.supply.delay")
	if err != nil {
		t.Fatal(err)
	}
	c := &CostPlan{Scales: []*Scale{{Lever: l, Step: 86400, Less: true, low: 1, high: 5}}, Yearly: []float64{7}}
	for step, want := range []float64{0, 0, 0, 7, 14} { // 5 days to 1; 3 as it is
		if got := c.costOf(0, step); got != want {
			t.Errorf("%g days: got %g, want %g", c.Scales[0].Value(step)/86400, got, want)
		}
	}
}

// Values that have had different numbers of replications are tried on together,
// each from where it was.
func TestValuesAreTriedOnFromWhereTheyWere(t *testing.T) {
	s := opened(t, "exact-first-stockout")
	p, err := NewPlan(s, []*Turn{turn(t, s, "hospital.clinic.buffer")}, "")
	if err != nil {
		t.Fatal(err)
	}
	p.Most = 400
	c := &Scale{Lever: p.Levers[0].Lever, Step: 1, low: 0, high: 40}
	point := func(step int) *gridPoint { return &gridPoint{step: step, alpha: 0.001, bad: []int{0}} }
	k, ctx := NewWork(s), context.Background()
	ahead, behind := point(18), point(19) // 5.17 % and less: the first can hardly be told from the bound
	if err := p.try(ctx, k, c, ahead, 300); err != nil {
		t.Fatal(err)
	}
	for _, points := range [][]*gridPoint{{behind, ahead}, {ahead, behind}} {
		if err := p.tryAll(ctx, k, c, points, 2); err != nil {
			t.Fatal(err)
		}
	}
	for _, x := range []*gridPoint{ahead, behind} {
		if x.n != 400 && x.is == Undecided {
			t.Errorf("%d cylinders: got %d replications and no verdict, want 400 or a verdict", x.step, x.n)
		}
	}
	if ahead.n != 400 {
		t.Errorf("got %d replications of what is 5.17 %%, want 400", ahead.n)
	}
}

// Only what was tested is marked in the curve of a mean.
func TestMeansMarkOnlyWhatWasTested(t *testing.T) {
	p := &Plan{}
	a := &PlanAnswer{Method: MeanSearch, Sufficient: 10, Insufficient: 5,
		Checks: []Proof{{Step: 10, Verdict: Met}, {Step: 5, Verdict: Missed}},
		Curve:  []CurvePoint{{Step: 4}, {Step: 5}, {Step: 7}, {Step: 10}, {Step: 12}}}
	p.regrade(a)
	for i, want := range []Verdict{Undecided, Missed, Undecided, Met, Undecided} {
		if got := a.Curve[i].Verdict; got != want {
			t.Errorf("step %d: got %v, want %v", a.Curve[i].Step, got, want)
		}
	}
}

// Where a larger value may hurt, the method falls back on single values, and
// what it claims is true.
func TestPlanFallsBackWhereMoreHurts(t *testing.T) {
	s := opened(t, "exact-first-stockout")
	a := planOf(t, s, "", turn(t, s, "hospital.clinic.buffer"))
	p, err := NewPlan(s, []*Turn{turn(t, s, "hospital.clinic.buffer")}, "")
	if err != nil {
		t.Fatal(err)
	}
	p.Most = 1380
	b := &PlanAnswer{Subject: s, Goal: p.Goal, Scale: a.Scale}
	if err := p.grid(context.Background(), NewWork(s), b); err != nil {
		t.Fatal(err)
	}
	if b.Method != ValueGrid || b.Verdict != Met || b.Scale.Value(b.Sufficient) < 19 || b.Scale.Value(b.Insufficient) > 18 {
		t.Errorf("got %v: sufficient %g, insufficient %g", b.Verdict, b.Scale.Value(b.Sufficient), b.Scale.Value(b.Insufficient))
	}
	for _, y := range b.Curve {
		if exact := firstPassage(int(b.Scale.Value(y.Step)), 2, 3, 365); exact < y.Band.Lo || exact > y.Band.Hi {
			t.Errorf("%g: P = %v is not within %v", b.Scale.Value(y.Step), exact, y.Band)
		}
	}
}

// The audit sees what it is made for: futures in which more is worse. A world in
// which every second future is bad with an even buffer has many.
func TestAuditSeesWhereMoreHurts(t *testing.T) {
	s := opened(t, "exact-first-stockout")
	inner := s.NewWorld
	s.NewWorld = func() World { return inner() }
	p, err := NewPlan(s, []*Turn{turn(t, s, "hospital.clinic.buffer")}, "")
	if err != nil {
		t.Fatal(err)
	}
	scale := &Scale{Lever: p.Levers[0].Lever, Step: 1, low: 0, high: 40}
	c := p.newCriticals(scale, nil)
	for r := range 20 {
		c.of[0].lo, c.of[0].hi = append(c.of[0].lo, 5), append(c.of[0].hi, float64(6+r%2)) // far too few, as if they were enough
	}
	a := &PlanAnswer{Scale: scale}
	if err := p.audit(context.Background(), NewWork(s), a, c, 0, 20); err != nil {
		t.Fatal(err)
	}
	if a.Audit.N != 20 || a.Audit.Reversed != 20 {
		t.Errorf("got %+v, want 20 of 20 reversed", a.Audit)
	}
}

// The same plan on one worker and on five, and after an interruption, is the
// same to the last bit.
func TestPlanIsTheSameOnAnyNumberOfWorkers(t *testing.T) {
	s := opened(t, "exact-first-stockout")
	text := func(k *Work, ctx context.Context) (string, error) {
		p, err := NewPlan(s, []*Turn{turn(t, s, "hospital.clinic.buffer")}, "")
		if err != nil {
			t.Fatal(err)
		}
		a, err := p.Answer(ctx, k)
		if err != nil {
			return "", err
		}
		return fmt.Sprint(a.Verdict, a.N, a.Sufficient, a.Insufficient, a.Things, a.Curve, a.Audit, a.Checks), nil
	}
	one := NewWork(s)
	one.Workers = 1
	want, err := text(one, context.Background())
	if err != nil {
		t.Fatal(err)
	}
	k := NewWork(s)
	k.Workers = 5
	ctx, cancel := context.WithCancel(context.Background())
	k.Watch = func(Progress) {
		if k.Count() == 150 {
			cancel()
		}
	}
	if _, err := text(k, ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("want it interrupted, not %v", err)
	}
	k.Watch = nil
	got, err := text(k, context.Background())
	if err != nil || got != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
}

// Every hospital of a network gets a buffer that does, exactly: here there is
// one, which wants 19.
func TestPlanGivesEachHospitalItsBuffer(t *testing.T) {
	s := opened(t, "exact-first-stockout")
	p, err := NewPlan(s, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	p.Hospitals = true
	a := answerOf(t, p)
	if h := a.Buffers.Hospitals[0]; a.Verdict != Met || h.Buffer < 19 || h.Buffer > 21 {
		t.Errorf("got %v with %d cylinders, want 19 or few more", a.Verdict, h.Buffer)
	}
}

// Goals say what they mean, and nonsense is refused with what was wanted.
func TestGoals(t *testing.T) {
	s := opened(t, "district")
	metrics := s.Metrics()
	for text, want := range map[string]string{
		"P(stockout) <= 5%":                        "P(stockout) ≤ 5 %",
		"stockout<=5 %":                            "P(stockout) ≤ 5 %",
		"stockout ≤ 0.05":                          "P(stockout) ≤ 5 %",
		"hospital.*.stockout <= 5%":                "P(stockout) ≤ 5 %",
		"E(stockout_hours) <= 2 h":                 "mean(stockout_hours) ≤ 2 h",
		"stockout_hours <= 1 d":                    "mean(stockout_hours) ≤ 24 h",
		"fill_rate >= 98 %":                        "mean(fill_rate) ≥ 98 %",
		"P95(stockout_hours) <= 10":                "P95(stockout_hours) ≤ 10 h",
		"CVaR95(stockout_hours) <= 20 h":           "CVaR95(stockout_hours) ≤ 20 h",
		"P(stockout_hours > 12 h) <= 5%":           "P(stockout_hours > 12 h) ≤ 5 %",
		"P(fill_rate >= 98%) >= 95%":               "P(fill_rate < 98 %) ≤ 5 %",
		"hospital.riverside.cover_days >= 3 d":     "mean(hospital.riverside.cover_days) ≥ 3 d",
		"network.stockout <= 10%":                  "P(network.stockout) ≤ 10 %",
		"P05(hospital.riverside.cover_days) >= 1d": "P5(hospital.riverside.cover_days) ≥ 1 d",
	} {
		g, err := NewGoal(s, metrics, text)
		if err != nil || g.String() != want {
			t.Errorf("%s: got %v, %v, want %s", text, g, err, want)
			continue
		}
		if again, err := NewGoal(s, metrics, g.String()); err != nil || again.String() != want { // it can be typed as it is written
			t.Errorf("%s: got %v, %v, want the same again", g, again, err)
		}
	}
	for text, want := range map[string]string{
		"P(stockot) <= 5%":           `did you mean "stockout"?`,
		"P(stockout) <= 120%":        "from 0 % to 100 %",
		"P(stockout) <= 0%":          "never happens",
		"P(stockout) >= 0%":          "always so",
		"fill_rate >= 120%":          "is a share",
		"P(stockout_hours) <= 5%":    "is a number",
		"P95(stockout) <= 5":         "happens or does not",
		"CVaR(stockout_hours) <= 5h": "CVaR95",
		"P0(stockout_hours) <= 5h":   "level",
		"Q(stockout_hours) <= 5h":    "want P, E",
		"stockout_hours <= 5 kg":     "is in h",
		"stockout":                   "<= or >=",
		"stockout = 5%":              "<= or >=",
		"P(stockout) <= five":        `such as "5%"`,
	} {
		if g, err := NewGoal(s, metrics, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, %v, want an error with %q", text, g, err, want)
		}
	}
}
