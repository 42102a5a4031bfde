package study

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"oxysim/sim/stats"
)

// mean answers the question for a mean, or the mean of a tail. First a search on
// the same futures at each value finds about where the mean crosses its bound;
// then, on fresh futures, tests of one value each show that it is sufficient, or
// insufficient: looks at more and more of them, each with a share of the allowed
// error. What is promised rests on the tests alone, and not on the search.
func (p *Plan) mean(ctx context.Context, k *Work, a *PlanAnswer) error {
	a.Method = MeanSearch
	c := a.Scale
	s := &meanSearch{plan: p, scale: c, work: k, values: map[int]*sample{}}
	root := 0
	fewest := p.fewest()
	for at := 1; ; at++ {
		s.n = lookAt(fewest, at, p.Most)
		var err error
		if root, err = s.first(ctx, c.Top(), func(x stats.Interval, mean float64) bool { return p.good(mean) }); err != nil {
			return err
		}
		// Within one standard error of where it crosses there should be no more
		// than the resolution to each side.
		from, err := s.first(ctx, c.Top(), func(x stats.Interval, _ float64) bool { return p.good(p.best(x)) })
		if err != nil {
			return err
		}
		to, err := s.first(ctx, c.Top(), func(x stats.Interval, _ float64) bool { return p.good(p.worst(x)) })
		if err != nil {
			return err
		}
		if to-from <= 2*p.enough(c, min(root, c.Top())) || s.n == p.Most {
			break
		}
	}
	a.N = s.n
	if err := (&meanTest{search: s, first: s.n}).bracket(ctx, a, root); err != nil {
		return err
	}
	s.curve(a)
	switch {
	case a.Sufficient >= 0:
		a.Verdict = Met
		a.Settled = p.near(a)
	case a.Insufficient == c.Top():
		a.Verdict = Missed
	}
	return nil
}

// good reports whether a mean is within the bound.
func (p *Plan) good(mean float64) bool {
	if p.Goal.less() {
		return mean <= p.Goal.AtMost
	}
	return mean >= p.Goal.AtLeast
}

// best and worst return the ends of an interval, as the goal sees them.
func (p *Plan) best(x stats.Interval) float64 {
	if p.Goal.less() {
		return x.Lo
	}
	return x.Hi
}

func (p *Plan) worst(x stats.Interval) float64 {
	if p.Goal.less() {
		return x.Hi
	}
	return x.Lo
}

// sample is the judged metrics of consecutive replications at one step.
type sample struct{ of [][]float64 }

// meanSearch is what is known of the means at some steps.
type meanSearch struct {
	plan   *Plan
	scale  *Scale
	work   *Work
	n      int // replications of each
	values map[int]*sample
}

// at returns the values at a step.
func (s *meanSearch) at(ctx context.Context, step int) (*sample, error) {
	x := s.values[step]
	if x == nil {
		x = &sample{make([][]float64, len(s.plan.judged))}
		s.values[step] = x
	}
	if len(x.of[0]) < s.n {
		if err := s.plan.sample(ctx, s.work, "mean", "the same futures at several values", s.scale.Settings(step), len(x.of[0]), s.n, x); err != nil {
			return nil, err
		}
	}
	return x, nil
}

// sample adds replications, from a number on up to another, to the values of a
// design.
func (p *Plan) sample(ctx context.Context, k *Work, what, title string, settings []string, first, end int, x *sample) error {
	st := Stage{Name: p.stage(what, strconv.Quote(joined(settings))), Title: title, First: first, N: end - first, Width: len(p.judged)}
	return simulate(ctx, k, st, p.newProbe,
		func(b *probe, r int, row []float64) error { return b.values(settings, r, row) },
		func(_ int, row []float64) bool {
			for j, v := range row {
				x.of[j] = append(x.of[j], v)
			}
			return true
		})
}

// first returns the least step at which the judged metrics are all as wanted,
// by an interval of one standard error and an estimate; one above the top if
// there is none. It takes for granted that it is so at all greater ones.
func (s *meanSearch) first(ctx context.Context, top int, wanted func(stats.Interval, float64) bool) (int, error) {
	lo, hi := -1, top+1
	for hi-lo > 1 {
		step := lo + (hi-lo)/2
		x, err := s.at(ctx, step)
		if err != nil {
			return 0, err
		}
		all := true
		for _, v := range x.of {
			in, mean := s.plan.rough(v)
			all = all && wanted(in, mean)
		}
		if all {
			hi = step
		} else {
			lo = step
		}
	}
	return hi, nil
}

// rough returns an interval of one standard error for the mean, or the tail, of
// values, and its estimate: enough to search by.
func (p *Plan) rough(x []float64) (stats.Interval, float64) {
	mean := tallied(x).Mean
	if p.Goal.Form == OfTail { // as CVaRInterval, by the values whose mean it is
		sign := 1.
		if !p.Goal.less() {
			sign = -1
		}
		y := make([]float64, len(x))
		for i := range x {
			y[i] = sign * x[i]
		}
		mean = sign * stats.CVaR(y, p.Goal.Level)
		sorted := slices.Sorted(slices.Values(y))
		v := sorted[min(len(y)-1, int(p.Goal.Level*float64(len(y))))]
		x = x[:0:0]
		for _, z := range y {
			x = append(x, max(0, z-v)/(1-p.Goal.Level))
		}
	}
	error := 0.0
	if t := tallied(x); t.Count > 1 {
		error = t.StdDev() / math.Sqrt(float64(t.Count))
	}
	return stats.Interval{Lo: mean - error, Hi: mean + error}, mean
}

// tallied returns the tally of values.
func tallied(x []float64) (t stats.Tally) {
	for _, v := range x {
		t.Add(v)
	}
	return t
}

// interval returns an interval for the mean, or the tail, of values, and its
// estimate; ok is false if they say too little.
func (p *Plan) interval(x []float64, confidence float64) (in stats.Interval, mean float64, ok bool) {
	t := tallied(x)
	if p.Goal.Form == OfTail {
		sign := 1.
		if !p.Goal.less() { // the worst are the lowest
			sign = -1
			x = slices.Clone(x)
			for i := range x {
				x[i] = -x[i]
			}
		}
		mean = sign * stats.CVaR(x, p.Goal.Level)
		in, err := stats.CVaRInterval(x, p.Goal.Level, confidence)
		if sign < 0 {
			in = stats.Interval{Lo: -in.Hi, Hi: -in.Lo}
		}
		if err != nil || t.SumSq == 0 {
			return stats.Interval{Lo: mean, Hi: mean}, mean, false
		}
		return in, mean, true
	}
	in = stats.MeanT(t, confidence)
	if math.IsInf(in.HalfWidth(), 1) || t.SumSq == 0 {
		return stats.Interval{Lo: t.Mean, Hi: t.Mean}, t.Mean, false
	}
	return in, t.Mean, len(stats.MeanWarnings(t)) == 0 && (p.bounded() || t.Count-countZeros(x) >= leastSeen)
}

// leastSeen is how many values that are not 0 a claim on a mean rests on at
// least, unless they are bounded: of fewer, a heavy tail shows nothing of itself.
const leastSeen = 100

// bounded reports whether the metric lies between 0 and 1.
func (p *Plan) bounded() bool {
	return p.Goal.Probability() || strings.HasPrefix(p.Goal.kind.Meaning, "share of ")
}

// countZeros counts the values that are 0.
func countZeros(x []float64) (n int) {
	for _, v := range x {
		if v == 0 {
			n++
		}
	}
	return n
}

// meanTest tests steps on fresh replications.
type meanTest struct {
	search *meanSearch
	first  int // number of the first replication that is fresh
	tests  int // so far
}

// mostTested is how many steps are tested.
const mostTested = 24

// bracket finds a step that is shown to be sufficient and one that is shown to
// be insufficient, as close to each other as it can be shown: first away from
// about where the mean crosses its bound, then between the two.
func (t *meanTest) bracket(ctx context.Context, a *PlanAnswer, root int) error {
	top := t.search.scale.Top()
	margin := t.search.plan.enough(t.search.scale, min(root, top))
	above, below := min(root+margin, top), min(root-1-margin, top) // to be tested next
	aboveDone, belowDone := false, below < 0
	from, to := top+1, -1 // steps that cannot be told from the bound, with what is between
	for stride := 1; t.tests < mostTested; stride *= 2 {
		var step int
		switch {
		case !aboveDone:
			step = above
		case !belowDone:
			step = below
		case a.Sufficient >= 0 && to < from && a.Sufficient-a.Insufficient > t.search.plan.enough(t.search.scale, a.Sufficient):
			step = a.Insufficient + (a.Sufficient-a.Insufficient)/2
		case a.Sufficient >= 0 && to >= from && a.Sufficient-to > margin:
			step = to + (a.Sufficient-to)/2
		case a.Sufficient >= 0 && to >= from && from-a.Insufficient > margin && a.Insufficient >= 0:
			step = a.Insufficient + (from-a.Insufficient)/2
		default:
			return nil
		}
		proof, err := t.test(ctx, step)
		if err != nil {
			return err
		}
		a.Checks = append(a.Checks, proof)
		switch proof.Verdict {
		case Met:
			if a.Sufficient < 0 || step < a.Sufficient {
				a.Sufficient = step
			}
		case Missed:
			a.Insufficient = max(a.Insufficient, step)
		case Undecided:
			if aboveDone && belowDone {
				from, to = min(from, step), max(to, step)
			}
		}
		switch {
		case !aboveDone:
			aboveDone = proof.Verdict == Met || step == top
			above = min(step+stride*margin, top)
			belowDone = belowDone || a.Insufficient >= below
		case !belowDone:
			belowDone = proof.Verdict == Missed || step == 0
			below = max(step-stride*margin, 0)
		}
		if aboveDone && !belowDone && step == above {
			stride = 1
		}
	}
	return nil
}

// test looks at more and more fresh replications of a step, until it is decided.
//
// The j-th test has its share of the allowed error of each of the two claims,
// and so has each of its looks.
func (t *meanTest) test(ctx context.Context, step int) (Proof, error) {
	p := t.search.plan
	settings := t.search.scale.Settings(step)
	m := len(p.judged)
	x := &sample{make([][]float64, m)}
	proof := Proof{Step: step, First: t.first}
	defer func() { t.first = proof.First + proof.N }()
	t.tests++
	delta := p.delta() * look(t.tests)
	for at := 1; ; at++ {
		n := lookAt(max(p.fewest(), t.search.n/4), at, p.Most)
		what := "test " + strconv.Itoa(t.tests) + " from " + strconv.Itoa(t.first)
		if err := p.sample(ctx, t.search.work, what, "what is recommended, in fresh futures", settings, t.first+proof.N, t.first+n, x); err != nil {
			return proof, err
		}
		proof.N = n
		d := delta * look(at) / float64(m) // Bonferroni
		proof.Verdict = Met
		for j, v := range x.of {
			in, mean, ok := p.interval(v, 1-2*d)
			if !ok {
				in = stats.Interval{Lo: math.Inf(-1), Hi: math.Inf(1)}
			}
			if j == 0 || p.Goal.less() == (mean > proof.Estimate) {
				proof.Estimate, proof.Interval = mean, in
			}
			switch {
			case !p.good(p.best(in)):
				proof.Verdict = Missed
			case !p.good(p.worst(in)) && proof.Verdict == Met:
				proof.Verdict = Undecided
			}
		}
		if proof.Verdict != Undecided || n == p.Most {
			return proof, nil
		}
	}
}

// curve tells the means at the steps that were looked at.
func (s *meanSearch) curve(a *PlanAnswer) {
	var steps []int
	for step, x := range s.values {
		if len(x.of[0]) > 1 {
			steps = append(steps, step)
		}
	}
	slices.Sort(steps)
	p := s.plan
	for _, step := range steps {
		y := CurvePoint{Step: step, N: len(s.values[step].of[0])}
		for j, v := range s.values[step].of {
			// Bonferroni over the steps that are shown, so that all hold together.
			in, mean, ok := p.interval(v, 1-p.delta()/float64(len(steps)*len(p.judged)))
			if !ok {
				in = stats.Interval{Lo: math.Inf(-1), Hi: math.Inf(1)}
			}
			if j == 0 || p.Goal.less() == (mean > y.Estimate) {
				y.Estimate, y.Band = mean, in
			}
		}
		y.Exact = stats.Interval{Lo: math.NaN(), Hi: math.NaN()}
		a.Curve = append(a.Curve, y)
	}
	for _, x := range a.Checks { // that of the last test of a value, if the search did not come there
		if !slices.ContainsFunc(a.Curve, func(y CurvePoint) bool { return y.Step == x.Step }) {
			a.Curve = append(a.Curve, CurvePoint{Step: x.Step, N: x.N, Estimate: x.Estimate, Band: x.Interval, Exact: stats.Interval{Lo: math.NaN(), Hi: math.NaN()}})
		}
	}
	slices.SortFunc(a.Curve, func(x, y CurvePoint) int { return x.Step - y.Step })
	p.regrade(a)
}

// narrowMean is narrow for a mean.
func (p *Plan) narrowMean(ctx context.Context, k *Work, c *Scale, base int) error {
	next := func(n int) int {
		if c.Less {
			return max(c.low, n/2)
		}
		return min(c.high, max(2*n, n+10))
	}
	for n := base; (!c.Less || n > c.low) && (c.Less || n < c.high); {
		n = next(n)
		x := &sample{make([][]float64, len(p.judged))}
		if err := p.sample(ctx, k, "how far", "how far it may have to be turned", c.Lever.Settings(c.at(n)), 0, 2*pilots, x); err != nil {
			return err
		}
		all := true
		for _, v := range x.of {
			end := p.worst(stats.Interval{Lo: slices.Min(v), Hi: slices.Max(v)}) // of so few, that of a tail
			if p.Goal.Form == OfMean {
				in, _ := p.rough(v)
				end = p.worst(in)
			}
			all = all && p.good(end)
		}
		if all {
			c.limit(next(n))
			break
		}
	}
	return nil
}
