package model

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// midst lets a random network begin in the midst of things.
func midst(r *rand.Rand, cfg *Config) *Config {
	pick := func(n int) bool { return r.IntN(n) == 0 }
	cfg.WarmUp = 0
	if pick(2) {
		cfg.At = sim.Span(r.IntN(9*24*3600)) + sim.Day
		cfg.Horizon += cfg.At
	}
	soon := func() sim.Time { return sim.Time(cfg.At).Add(sim.Span(r.IntN(4 * 86400))) }
	for i := range cfg.Grids {
		if pick(2) {
			cfg.Grids[i].Out = &Failed{For: sim.Span(r.IntN(50_000))}
		}
	}
	down := func(m *Machine) {
		if len(m.Modes) == 0 || pick(2) {
			return
		}
		f := Failed{Mode: r.IntN(len(m.Modes)+1) - 1, For: sim.Span(r.IntN(400_000))}
		if pick(3) {
			f.Until = soon()
		}
		m.Down = slices.Repeat([]Failed{f}, r.IntN(m.Count+m.Spares+1))
	}
	for i := range cfg.Plants {
		if k := cfg.Plants[i].Make; k != nil {
			down(&k.Machines)
		}
	}
	for i := range cfg.Hospitals {
		h := &cfg.Hospitals[i]
		if h.Concentrators != nil {
			down(&h.Concentrators.Machines)
		}
		for k := range h.Lines {
			l := &h.Lines[k]
			l.InUse = r.IntN(6)
			for _, d := range h.Cylinders {
				if d.Line == k && d.Places > 0 {
					l.InUse = min(l.InUse, d.Places)
				}
			}
			for range r.IntN(3) {
				l.Coming = append(l.Coming, Coming{1 + r.IntN(5), soon()})
			}
		}
	}
	for i := range cfg.Trucks {
		t := &cfg.Trucks[i]
		if pick(3) {
			continue
		}
		a := &Away{Until: soon(), Full: make([]int, len(cfg.Types)), Empty: make([]int, len(cfg.Types))}
		t.Away = a
		if pick(3) {
			a.Broken = true
			continue
		}
		if t.Room > 3 {
			a.Empty[0] = r.IntN(2)
		}
		serves := t.Serves
		if serves == nil {
			for h := range cfg.Hospitals {
				serves = append(serves, h)
			}
		}
		if own := t.Home >= len(cfg.Plants); own || pick(3) || len(serves) == 0 {
			continue // on its way home
		}
		load := make([]int, len(cfg.Types))
		h := serves[r.IntN(len(serves))]
		if lines := cfg.Hospitals[h].Lines; len(lines) > 0 && t.Room > 4 {
			load[lines[0].Type] = 1 + r.IntN(2)
		}
		a.Stops = []Visit{{h, load}}
	}
	return cfg
}

// Whatever is in use, on its way, down or away at the start, cylinders and gas
// are conserved after every event, and what is shipped is on its way.
func TestBeginningInTheMidstObeysTheLaws(t *testing.T) {
	seen := map[string]int{}
	for seed := range networks(400) {
		r := rand.New(rand.NewPCG(seed, 5))
		cfg := anyNetwork(seed)
		if seed%4 == 0 {
			cfg = randomNetwork(seed) // with wards
		}
		w := New(midst(r, cfg))
		w.reset(7, int(seed))
		for _, l := range w.lines {
			seen["in use"] += int(w.ledger.piles[l.use].count)
			seen["coming"] += len(l.cfg.Coming)
		}
		for _, x := range w.trucks {
			if x.phase != parked {
				seen[x.phase.String()]++
			}
		}
		for _, m := range w.machines {
			if m.duty > standsBy {
				seen["down"]++
			}
		}
		if w.now > 0 {
			seen["later"]++
		}
		for first := true; first || w.step(); first = false {
			if broken := w.brokenLaw(); broken != "" {
				t.Fatalf("midst(anyNetwork(%d)), seed 7, replication %d, %v: %s", seed, seed, w.now, broken)
			}
			for i := range w.lines {
				if l := &w.lines[i]; w.coming(l) != int(l.shipped-l.delivered) {
					t.Fatalf("midst(anyNetwork(%d)), seed 7, replication %d, %v: line %d has shipped %d, and %d are on their way", seed, seed, w.now, i, l.shipped-l.delivered, w.coming(l))
				}
			}
		}
		w.now = w.end
		for i, x := range w.outcome() {
			if m := w.Metrics()[i]; x-x != 0 || x < -1e-9 || m.Indicator() && x != 0 && x != 1 {
				t.Fatalf("midst(anyNetwork(%d)): %s is %v", seed, m.Name, x)
			}
		}
	}
	for _, what := range []string{"in use", "coming", "driving", "broken", "down", "later"} {
		if seen[what] == 0 {
			t.Errorf("in no network was anything %q at the start", what)
		}
	}
}

// A world without chance and calendars that begins a week later is the same a
// week later.
func TestBeginningLaterIsTheSameLater(t *testing.T) {
	config := func(at sim.Span) *Config {
		cfg := &Config{
			Start: DateOf(2024, 1, 1), At: at, Horizon: at + 30*sim.Day + 5*sim.Hour,
			Types: []CylinderType{{Name: "J", Content: 6800 * Litre, Usable: 0.9, Leak: 0.01}},
			Grids: []Grid{{Name: "g", Parent: None, Storm: None, Shed: Windows{{6 * sim.Hour, 11 * sim.Hour}}}},
			Plants: []Plant{{
				Name: "plant.p", Full: []int{5}, Empty: []int{4}, Power: Power{Grid: 0, Generator: &Generator{Start: 1, ChangeOver: rng.Constant(600), Fuel: 8 * sim.Hour, Refill: rng.Constant(90_000)}},
				Make: &Make{Flow: litres(90), Tank: 10 * CubicMetre, Stored: 3 * CubicMetre, Machines: Machine{Count: 2, Crew: None, Maintenance: 7 * sim.Day, Stop: rng.Constant(7200), Restart: rng.Constant(600)}},
				Fill: &Fill{Positions: 3, Time: rng.Constant(5400), Content: rng.Constant(1), Hours: Windows{{7 * sim.Hour, 18 * sim.Hour}}},
			}},
			Hospitals: []Hospital{{
				Name: "hospital.h", Power: Power{Grid: None},
				Lines:     []Line{{Type: 0, Full: 8, Empty: 2, InUse: 0, Supply: &Supply{Plant: 0, Urgent: -1, Policy: Policy{Kind: OrderUpTo, Point: 4, UpTo: 9, Every: sim.Day, First: 8 * sim.Hour}, Report: &Report{Every: 12 * sim.Hour, First: 6 * sim.Hour, Late: rng.Constant(3600)}}}},
				Cylinders: []CylinderDemand{{Name: "hospital.h.cylinders", Storm: None, Interval: rng.Constant(6 * 3600), First: 4 * sim.Hour, Batch: rng.Constant(1), Use: rng.Constant(40_000), Unmet: Waits}},
			}},
			Links:  []Link{{Name: "l", From: 0, To: 1, Length: 50, Speed: 40, Storm: None, DayVary: rng.Constant(1), TripVary: rng.Constant(1)}},
			Trucks: []Truck{{Name: "truck.t", Home: 0, Room: 6, LoadEach: sim.Minute, Shift: Windows{{6 * sim.Hour, 18 * sim.Hour}}, Days: 0b0111111, Stops: 1}},
			Rounds: []Round{{Name: "r", Plant: 0, Truck: None, Stops: []int{0}, Days: 1 << 2, Time: 9 * sim.Hour}},
		}
		return cfg
	}
	first := slices.Clone(New(config(0)).Run(1, 0))
	w := New(config(7 * sim.Day))
	for i, x := range w.Run(1, 0) {
		if name := w.Metrics()[i].Name; math.Abs(x-first[i]) > 1e-12*math.Abs(first[i]) {
			t.Errorf("%s is %v, a week later %v", name, first[i], x)
		}
	}
	if i := slices.IndexFunc(w.Metrics(), func(m Metric) bool { return m.Name == "hospital.h.delivered" }); first[i] < 20 {
		t.Errorf("only %v cylinders were delivered, want a world in which something happens", first[i])
	}
}

// What is left of a repair that has lasted for d is drawn from its law given
// that it lasts longer: the probability that it lasts x more is S(d+x)/S(d).
func TestRemainingRepairIsConditional(t *testing.T) {
	normal := func(z float64) float64 { return math.Erfc(z/math.Sqrt2) / 2 } // above z
	lognormal := func(mean, cv float64) func(x float64) float64 {
		v := math.Log1p(cv * cv)
		return func(x float64) float64 { return normal((math.Log(x/mean) + v/2) / math.Sqrt(v)) }
	}
	const n = 40_000
	for _, c := range []struct {
		law      rng.Law
		survives func(x float64) float64
	}{
		{rng.LogNormal(172_800, 1), lognormal(172_800, 1)},
		{rng.LogNormal(50_000, 0.3), lognormal(50_000, 0.3)},
		{rng.Exponential(90_000), func(x float64) float64 { return math.Exp(-x / 90_000) }},
		{rng.Uniform(0, 200_000), func(x float64) float64 { return max(1-x/200_000, 0) }},
	} {
		for _, d := range []sim.Span{0, 20_000, 90_000} {
			for _, x := range []float64{3000, 40_000, 95_000} {
				more := 0
				s := rng.New(3, 9).Stream(rng.NameOf(fmt.Sprint(c.law, d, x)))
				for i := range uint64(n) {
					if float64(remaining(&c.law, s, i, d)) > x {
						more++
					}
				}
				want := c.survives(float64(d)+x) / c.survives(float64(max(d, 1)))
				// 5σ, and half a second of rounding
				if got := float64(more) / n; math.Abs(got-want) > 5*math.Sqrt(want*(1-want)/n)+1e-4 {
					t.Errorf("%v, down for %v: more than %v s remain with probability %v, want %v", c.law, d, x, got, want)
				}
			}
		}
	}
}

// A machine that has been down since before the start comes back as the law of
// its repair says given that time, part and repair together.
func TestDownMachineComesBackInTime(t *testing.T) {
	const n, d = 4000, 30 * sim.Hour
	for _, spare := range []rng.Law{rng.Constant(0), rng.Exponential(20 * 3600)} {
		cfg := &Config{
			Horizon: 2 * sim.Hour, Types: []CylinderType{{Name: "J", Content: 6800 * Litre, Usable: 1}},
			Plants: []Plant{{Name: "plant.p", Power: Power{Grid: None}, Full: []int{0}, Empty: []int{0}, Make: &Make{Machines: Machine{
				Count: 1, Crew: None, Down: []Failed{{Mode: None, For: d}},
				Modes: []Failure{{Name: "m", After: rng.Exponential(9e9), Spare: spare, Lasts: rng.Exponential(20 * 3600)}},
			}}}},
		}
		w := New(cfg)
		back := 0
		for k := range n {
			w.Run(1, k)
			if w.pools[0].running == 1 {
				back++
			}
		}
		// Of two exponential times of one mean m, the sum is longer than x with
		// probability (1+x/m)exp(-x/m).
		m := 20.0
		survives := func(x float64) float64 { return math.Exp(-x / m) }
		if !spare.IsConstant() {
			survives = func(x float64) float64 { return (1 + x/m) * math.Exp(-x/m) }
		}
		want := 1 - survives(32)/survives(30)
		if got := float64(back) / n; math.Abs(got-want) > 5*math.Sqrt(want*(1-want)/n)+1e-4 {
			t.Errorf("part %v: back within 2 h with probability %v, want %v", spare, got, want)
		}
	}
}

// What is left of a use that is going on has the mean E(T²)/2E(T), and of a
// constant one an equal chance of any part.
func TestResidualUse(t *testing.T) {
	const n = 20_000
	for _, l := range []rng.Law{rng.Constant(80_000), rng.Exponential(50_000), rng.LogNormal(50_000, 0.5), rng.Uniform(0, 90_000)} {
		s := rng.New(3, 9).Stream(rng.NameOf(l.String()))
		sum, squares := 0.0, 0.0
		for i := range uint64(n) {
			x := float64(residual(&l, s, i))
			sum += x
			squares += x * x
		}
		mean := sum / n
		want := (l.Variance() + l.Mean()*l.Mean()) / (2 * l.Mean())
		// 5σ, and 0.5 % for the cells, whose longest ends where a cell does
		if sd := math.Sqrt(squares/n - mean*mean); math.Abs(mean-want) > 5*sd/math.Sqrt(n)+0.005*want {
			t.Errorf("%v: what is left is %v on average, want %v", l, mean, want)
		}
	}
}
