package study

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"oxysim/model"
	"oxysim/sim"
	"oxysim/sim/rng"
	"oxysim/sim/stats"
)

// long reports whether a test may take minutes.
func longRare() bool { return os.Getenv("OXYSIM_LONG") != "" }

// openRare returns the question about a hospital of a ready-made scenario with
// settings.
func openRare(t *testing.T, scenario, hospital string, seed uint64, settings ...string) *Rare {
	t.Helper()
	s, problems := Open(scenario, settings...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	s.Seed = seed
	r, err := NewRare(s, hospital, "")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func answerRare(t *testing.T, r *Rare) *RareAnswer {
	t.Helper()
	a, err := r.Answer(context.Background(), NewWork(r.Subject))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// firstEmpty returns the probability that a shelf of s cylinders, full at first,
// is empty some time within so many days, when two a day are asked for and each
// is replaced after 3 days on average: the first passage of the number on order,
// a birth-death chain, by uniformisation (case V21).
func firstEmpty(s int, days float64) (p float64) {
	const rate, each = 2., 1. / 3
	fastest := rate + float64(s)*each
	state, next := make([]float64, s+1), make([]float64, s+1)
	state[0] = 1
	weight := -fastest * days // logarithm of the Poisson probability of k jumps
	for k := 0.; k < fastest*days+12*math.Sqrt(fastest*days)+50; k++ {
		p += math.Exp(weight) * state[s]
		weight += math.Log(fastest*days) - math.Log(k+1)
		clear(next)
		for i := range s {
			up, down := rate/fastest, float64(i)*each/fastest
			next[i+1] += state[i] * up
			if i > 0 {
				next[i-1] += state[i] * down
			}
			next[i] += state[i] * (1 - up - down)
		}
		next[s] += state[s]
		state, next = next, state
	}
	return p
}

// The exact case of the tests below is that of the validation.
func TestFirstEmptyIsTheCase(t *testing.T) {
	for _, c := range []struct {
		s    int
		days float64
		want float64
	}{{12, 30, 0.395299}, {16, 30, 0.0223853}, {20, 30, 0.000345869}, {16, 365, 0.307793}, {20, 365, 0.00594082}} {
		if p := firstEmpty(c.s, c.days); math.Abs(p-c.want) > 1e-6*c.want+5e-7 {
			t.Errorf("%d cylinders, %v days: %v, want %v", c.s, c.days, p, c.want)
		}
	}
}

// rareCovers asks the question under 20 seeds, and reports whether at least 16 of
// the 20 intervals of 95 %, of the logarithm, hold a probability, and the mean of
// all estimates is within 4 standard errors of it: for the truth it must be so,
// which fails by chance in 3 of 1000 such tests, and not for what is not true.
func rareCovers(t *testing.T, truth, other float64, ask func(seed uint64) *Rare) {
	t.Helper()
	const seeds = 20
	var answers []*RareAnswer
	mean, variance := 0., 0.
	for seed := range uint64(seeds) {
		a := answerRare(t, ask(seed+1))
		if a.Enough {
			t.Fatalf("seed %d: plain replications saw it %d times", seed+1, a.Hits)
		}
		answers = append(answers, a)
		mean += a.Estimate / seeds
		variance += a.StdErr * a.StdErr / (seeds * seeds)
	}
	judge := func(p float64) (held int, sigmas float64) {
		for _, a := range answers {
			if a.Log.Contains(p) {
				held++
			}
		}
		return held, (mean - p) / math.Sqrt(variance)
	}
	held, sigmas := judge(truth)
	t.Logf("%d of %d intervals hold %.4g; the mean is %.4g, off by %.1fσ", held, seeds, truth, mean, sigmas)
	if held < 16 || math.Abs(sigmas) > 4 {
		t.Errorf("%d of %d intervals hold the truth, and the mean is off by %.1fσ", held, seeds, sigmas)
	}
	if held, sigmas = judge(other); held >= 16 || math.Abs(sigmas) < 4 {
		t.Errorf("%d of %d intervals hold what is not true, from which the mean is off by %.1fσ", held, seeds, sigmas)
	}
}

// Splitting finds the exact probability of an empty shelf (case V21), which is
// 2.2e-6 within 30 days for 24 cylinders, and not that of one cylinder more.
func TestRareFindsTheExactProbability(t *testing.T) {
	ask := func(seed uint64) *Rare {
		r := openRare(t, "exact-first-stockout", "hospital.clinic", seed, "hospital.clinic.buffer=24", "run.horizon=30 d")
		r.Plain, r.Runs, r.Estimates = 50, 64, 12
		return r
	}
	rareCovers(t, firstEmpty(24, 30), firstEmpty(25, 30), ask)
}

// longOutage returns the probability that within a horizon a plant, which runs for
// 20 days on average, is down for so many days at a stretch, its repairs taking
// mean days; both exponential. It solves the renewal equation in small steps.
func longOutage(horizon, stretch, mean float64) float64 {
	const step, fails = 0.005, 1. / 20
	repairs := 1 / mean
	lag := int(math.Round(stretch / step))
	n := int(math.Round(horizon / step))
	whole := math.Exp(-repairs * stretch)
	hit := make([]float64, n+1) // within i steps, for a plant that runs
	again := 0.                 // for one that has just failed, but is repaired in time
	slope := func(i int, f, g float64) (df, dg float64) {
		before, now := 0., 0.
		if i >= lag {
			before, now = hit[i-lag], whole
		}
		return fails * (now + g - f), repairs*f - repairs*g - repairs*whole*before
	}
	for i := range n { // Heun
		df, dg := slope(i, hit[i], again)
		ef, eg := slope(i+1, hit[i]+step*df, again+step*dg)
		hit[i+1], again = hit[i]+step*(df+ef)/2, again+step*(dg+eg)/2
	}
	return hit[n]
}

// Splitting finds what one long outage does, too: the tank of a ward lasts for
// 30 days, repairs take 2 on average, and a machine that makes very much fills it
// at once. How long a repair still takes is drawn anew at each level, given how
// long it has taken; so levels of the tank help, although the outage is one
// event. The truth is 4.66e-6, and not that of repairs 10 % longer.
func TestRareFindsTheLongOutage(t *testing.T) {
	if !longRare() {
		t.Skip("set OXYSIM_LONG=1: it takes a minute")
	}
	ask := func(seed uint64) *Rare {
		r := openRare(t, "exact-buffer-tank", "hospital.ward", seed, "plant.works.tank=432 m3",
			"plant.works.machines.flow=15000 L/min", "run.horizon=365 d", "run.warm_up=0 d")
		r.Plain, r.Runs, r.Estimates = 50, 64, 12
		return r
	}
	rareCovers(t, longOutage(365, 30, 2), longOutage(365, 30, 2.2), ask)
}

// The same within a quarter, with few runs, for every day: the truth is 3.6e-5
// with 15 days of 1.5 days' repairs.
func TestRareSeesRepairsThrough(t *testing.T) {
	exact := longOutage(90, 15, 1.5)
	r := openRare(t, "exact-buffer-tank", "hospital.ward", 3, "plant.works.tank=216 m3", "plant.works.machines.failure.any.lasts=exponential(1.5 d)",
		"plant.works.machines.flow=15000 L/min", "run.horizon=90 d", "run.warm_up=0 d")
	r.Plain, r.Runs, r.Estimates = 100, 128, 20
	a := answerRare(t, r)
	// 4 standard errors, and an estimate worth something: it fails by chance once in thousands of seeds.
	if a.Estimate == 0 || math.Abs(a.Estimate-exact) > 4*a.StdErr || a.StdErr > exact/3 {
		t.Errorf("%.3g ± %.1g, want %.3g", a.Estimate, a.StdErr, exact)
	}
	if n := a.Replaces(); n < 5*a.Effort {
		t.Errorf("it simulated %.0f replications in place of %.0f; want a gain", a.Effort, n)
	}
}

// Where plain replications see it often, splitting agrees with them.
func TestRareAgreesWithPlain(t *testing.T) {
	for _, hospital := range []string{"hospital.clinic", ""} {
		r := openRare(t, "exact-first-stockout", hospital, 5, "hospital.clinic.buffer=17", "run.horizon=30 d")
		r.Plain, r.Runs, r.Estimates = 1000, 64, 20
		levels := &RareAnswer{Rare: *r}
		k := NewWork(r.Subject)
		if err := levels.plain(context.Background(), k); err != nil {
			t.Fatal(err)
		}
		at, err := levels.pilot(context.Background(), k)
		if err != nil {
			t.Fatal(err)
		}
		if err := levels.split(context.Background(), k, at); err != nil {
			t.Fatal(err)
		}
		exact := firstEmpty(17, 30) // 0.0092
		if math.Abs(levels.Estimate-exact) > 4*levels.StdErr {
			t.Errorf("%q: %.3g ± %.1g by splitting, want %.3g", hospital, levels.Estimate, levels.StdErr, exact)
		}
		if !levels.PlainInterval.Contains(exact) {
			t.Errorf("%q: %d of %d plain ones, want a share of %.3g", hospital, levels.Hits, levels.Simulated, exact)
		}
	}
}

// A run that is stopped when what is feared happens sees it when the outcome of
// a whole replication says so, in every ready-made scenario: for each hospital
// and the network, stockouts and empty shelves.
func TestNearnessIsTheMetric(t *testing.T) {
	for _, name := range []string{
		"district", "closed-loop", "exact-first-stockout", "exact-buffer-tank", "one-cylinder", "zambia-eastern", "kri-erbil", "manaus-2021",
	} {
		s, problems := Open(name)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		cfg := *s.Config
		cfg.Horizon = min(cfg.Horizon, max(40*sim.Day, cfg.WarmUp+10*sim.Day))
		w := model.New(&cfg)
		values := map[string]float64{}
		for i, x := range w.Run(3, 1) {
			values[w.Metrics()[i].Name] = x
		}
		check := func(what string, a model.Alarm) {
			want, ok := values[what]
			if !ok {
				return
			}
			w.Begin(3, 1)
			if got := w.Approach(a, model.Rings) >= model.Rings; got != (want == 1) {
				t.Errorf("%s: %s is %v, and a look at each instant says %v", name, what, want, got)
			}
		}
		for h := range cfg.Hospitals {
			check(cfg.Hospitals[h].Name+".stockout", model.Alarm{Hospital: h, Chain: 0.5})
			check(cfg.Hospitals[h].Name+".empty", model.Alarm{Hospital: h, Empty: true})
		}
		check("network.stockout", model.Alarm{Hospital: model.None, Chain: 0.5})
	}
}

// Copies of ready-made scenarios go on alike, to the last bit, from any instant.
func TestCopiesOfReadyScenariosGoOnAlike(t *testing.T) {
	for i, name := range []string{
		"district", "closed-loop", "exact-repair", "exact-buffer-tank", "one-cylinder", "zambia-eastern", "kri-erbil", "manaus-2021",
	} {
		s, problems := Open(name)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		cfg := *s.Config
		cfg.Horizon = min(cfg.Horizon, max(40*sim.Day, cfg.WarmUp+10*sim.Day))
		a, b := model.New(&cfg), model.New(&cfg)
		want := append([]float64(nil), a.Run(3, 1)...)
		a.Begin(3, 1)
		a.RunTo(sim.Time(cfg.Horizon) * sim.Time(2+i%5) / 7)
		b.Begin(4, 2)
		b.RunTo(sim.Time(cfg.Horizon) / 3)
		b.CopyFrom(a)
		b.RunTo(b.Horizon())
		a.Diverge(1)
		a.RunTo(a.Horizon())
		for i, x := range b.Outcome() {
			if x != want[i] {
				t.Errorf("%s: the copy gives %s = %v, want %v", name, b.Metrics()[i].Name, x, want[i])
				break
			}
		}
	}
}

// The answer is the same on any number of workers, and if it is asked again
// after an interruption, of which the finished part is kept.
func TestRareIsTheSameHowever(t *testing.T) {
	ask := func() *Rare {
		r := openRare(t, "exact-first-stockout", "hospital.clinic", 2, "hospital.clinic.buffer=22", "run.horizon=30 d")
		r.Plain, r.Runs, r.Estimates = 40, 32, 10
		return r
	}
	answer := func(workers int, k *Work) *RareAnswer {
		k.Workers = workers
		a, err := ask().Answer(context.Background(), k)
		if err != nil {
			t.Fatal(err)
		}
		a.Subject = nil
		return a
	}
	want := answer(1, NewWork(ask().Subject))
	for _, workers := range []int{2, 7} {
		if got := answer(workers, NewWork(ask().Subject)); !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers: %+v, want %+v", workers, got, want)
		}
	}
	for _, stop := range []int{20, 41, 44} { // plain replications, pilots, estimates
		k := NewWork(ask().Subject)
		k.Workers = 1 // which is a few rows ahead, and not done
		ctx, cancel := context.WithCancel(context.Background())
		seen := 0
		k.Watch = func(p Progress) {
			if seen++; seen == stop {
				cancel()
			}
		}
		if _, err := ask().Answer(ctx, k); !errors.Is(err, context.Canceled) {
			t.Fatalf("interrupted after %d rows: %v", seen, err)
		}
		k.Watch = nil
		if got := answer(2, k); !reflect.DeepEqual(got, want) {
			t.Errorf("resumed after %d rows: %+v, want %+v", seen, got, want)
		}
	}
}

// What plain replications see often is theirs to answer: they stop at the 20th
// time, and the interval is made for that.
func TestRareLeavesTheFrequentToPlainReplications(t *testing.T) {
	const p = 0.3952992 // of an empty shelf within 30 days, of 12
	held := 0
	for seed := range uint64(100) {
		r := openRare(t, "exact-first-stockout", "hospital.clinic", seed, "hospital.clinic.buffer=12", "run.horizon=30 d")
		r.Plain = 500
		a := answerRare(t, r)
		if !a.Enough || a.Hits != plainEnough || len(a.Levels) > 0 || a.Simulated == a.Plain {
			t.Fatalf("seed %d: %+v; want a plain answer", seed, a)
		}
		if a.PlainInterval.Contains(p) {
			held++
		}
	}
	if held < 89 { // 95 % or more, and 3 standard deviations of a binomial
		t.Errorf("%d of 100 intervals hold the truth", held)
	}
}

// What never happens is bounded, and what cannot be asked is refused.
func TestRareKnowsItsLimits(t *testing.T) {
	r := openRare(t, "one-cylinder", "hospital.clinic", 1)
	r.Event = RareEmpty
	if a := answerRare(t, r); !a.Enough || a.PlainEstimate != 1 || a.PlainInterval.Hi != 1 {
		t.Errorf("what always happens: %+v", a)
	}
	s, problems := Open("exact-first-stockout", "hospital.clinic.cylinders.ward.rate=0.000001/day", "run.horizon=30 d")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	r, err := NewRare(s, "", "")
	if err != nil || r.Event != RareEmpty {
		t.Fatalf("%v, the event %q; want the target's, empty", err, r.Event)
	}
	r.Plain, r.Runs, r.Estimates = 100, 16, 10
	if a := answerRare(t, r); a.Hits != 0 || a.Estimate != 0 || a.PlainInterval != stats.ClopperPearson(0, 100, a.Confidence) ||
		!strings.Contains(fmt.Sprint(a.Warnings), "nothing was hit") {
		t.Errorf("what never happens: %+v", a)
	}
	for _, c := range []struct{ hospital, event, want string }{
		{"hospital.clinic", "stokout", `did you mean "stockout"?`},
		{"hospital.clinc", "", "there is no hospital"},
	} {
		if _, err := NewRare(s, c.hospital, c.event); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q, %q: %v, want %q", c.hospital, c.event, err, c.want)
		}
	}
	r.Estimates = 5
	if _, err := r.Answer(context.Background(), NewWork(s)); err == nil || !strings.Contains(err.Error(), "at least 10") {
		t.Errorf("five estimates: %v", err)
	}
}

// The interval of the logarithms holds the mean of lognormal estimates, whatever
// their spread, about as often as it says: 95 % of 4000, within 5 standard
// deviations of a binomial below, and not much more. One zero among them is no
// harm.
func TestLogIntervalsHold(t *testing.T) {
	const studies, estimates = 4000, 20
	for _, spread := range []float64{0.2, 0.5, 1} {
		law := rng.LogNormal(1, spread)
		s := rng.New(1, 2).Stream(rng.NameOf("estimates"))
		held := 0
		for range studies {
			var all, logs stats.Tally
			for range estimates {
				x := law.Draw(&s)
				all.Add(x)
				logs.Add(math.Log(x))
			}
			if logInterval(all, logs, 0.95).Contains(1) {
				held++
			}
		}
		if share := float64(held) / studies; share < 0.95-5*math.Sqrt(0.95*0.05/studies) || share > 0.98 {
			t.Errorf("cv %v: %.3f of the intervals hold the mean, want 0.95", spread, share)
		}
	}
	var all, logs stats.Tally
	for _, x := range []float64{0, 1, 2, 3} {
		if all.Add(x); x > 0 {
			logs.Add(math.Log(x))
		}
	}
	if in := logInterval(all, logs, 0.95); !in.Contains(1.5) || in.Lo <= 0 || math.IsInf(in.Hi, 1) {
		t.Errorf("with a zero: %v, want an interval about 1.5", in)
	}
}
