package model

import (
	"fmt"
	"slices"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// outcomeByName runs one replication and returns its metrics by name.
func outcomeByName(cfg *Config, replication int) map[string]float64 {
	w := New(cfg)
	values := map[string]float64{}
	for i, x := range w.Run(7, replication) {
		values[w.Metrics()[i].Name] = x
	}
	return values
}

// sameFor reports the first metrics, among those of both outcomes, in which two
// Configs differ.
func sameFor(t *testing.T, what string, a, b *Config, replication int, except ...string) {
	t.Helper()
	x, y := outcomeByName(a, replication), outcomeByName(b, replication)
	var wrong []string
	for name := range x {
		if other, ok := y[name]; ok && other != x[name] && !slices.Contains(except, name) {
			wrong = append(wrong, name)
		}
	}
	if slices.Sort(wrong); len(wrong) > 0 {
		t.Errorf("%s, seed 7, replication %d: other %v", what, replication, wrong[:min(len(wrong), 6)])
	}
}

// waits returns how long each request at the first line waited, in their order,
// and the number of those that still wait at the end.
func waits(cfg *Config, replication int) (list []sim.Span) {
	w := New(cfg)
	var asked []sim.Time
	for w.reset(7, replication); w.step(); {
		l := &w.lines[0]
		for len(asked) < int(l.tally.demanded) {
			asked = append(asked, w.now)
		}
		for len(list) < int(l.tally.served) {
			list = append(list, w.now.Sub(asked[len(list)]))
		}
	}
	return list
}

// More cylinders in a loop never make anybody wait longer. It holds in every
// replication, for every request: the line is first come first served; how long
// the k-th use, return, fill and delivery take is drawn at k; and at each of
// these the k-th to be finished is finished no later if the k-th to begin begins
// no later, whether or not they may overtake each other. With a cylinder more,
// the k-th delivery is one that would have been the one before.
func TestMoreCylindersNeverHurt(t *testing.T) {
	for r := range 20 {
		var before []sim.Span
		for n := 2; n <= 9; n++ {
			c := byCourier(0, clinic("a", 0, 1))
			h := &c.Hospitals[0]
			h.Lines[0].Full, h.Lines[0].Supply.Policy.UpTo = n, n
			h.Lines[0].Supply.Courier = &Courier{Out: rng.Exponential(20 * 3600), Back: rng.LogNormal(15*3600, 1), AtOnce: true}
			d := &h.Cylinders[0]
			d.Mean, d.Use = 12*3600, rng.Exponential(10*3600)
			c.Plants[0].Fill = &Fill{Positions: 2, Time: rng.Exponential(9 * 3600), Content: rng.Constant(1)}
			c.Horizon = 200 * sim.Day
			now := waits(c, r)
			if len(now) < len(before) {
				t.Fatalf("seed 7, replication %d: with %d cylinders %d requests are served, with one less %d", r, n, len(now), len(before))
			}
			for k := range before {
				if now[k] > before[k] {
					t.Fatalf("seed 7, replication %d: request %d waits %v with %d cylinders, %v with one less", r, k, now[k], n, before[k])
				}
			}
			before = now
		}
		if !slices.ContainsFunc(before, func(d sim.Span) bool { return d > 0 }) {
			t.Errorf("replication %d: nobody waits", r)
		}
	}
}

// Closing the only road never brings a cylinder earlier, if the journey always
// takes as long and there is a truck for each: each leaves no earlier, and who
// leaves later is not there sooner. (With few trucks it may: one that has to
// wait takes more at once.)
func TestClosingTheRoadNeverHelps(t *testing.T) {
	deliveries := func(r int, closures ...Closure) (list []sim.Time) {
		c := depot(clinic("a", 0, 1))
		d := &c.Hospitals[0].Cylinders[0]
		d.Mean = 20 * 3600
		c.Links = []Link{way("way", 0, 1, 10)}
		c.Links[0].Closures = closures
		for k := range 60 {
			c.Trucks = append(c.Trucks, Truck{Name: fmt.Sprint(k), Room: 1, Stops: 1})
		}
		w := New(c)
		for w.reset(7, r); w.step(); {
			for len(list) < int(w.lines[0].tally.got) {
				list = append(list, w.now)
			}
		}
		return list
	}
	for r := range 40 {
		random := newRand(uint64(r))
		var closures []Closure
		was := deliveries(r)
		for range 4 {
			from := sim.Span(random.IntN(1000))
			closures = append(closures, dated(from, from+1+sim.Span(random.IntN(150)), random.IntN(2) == 0))
			now := deliveries(r, closures...)
			for k := range now {
				if now[k] < was[k] {
					t.Fatalf("seed 7, replication %d: delivery %d comes at %v, with a closure less at %v: %+v", r, k, now[k], was[k], closures)
				}
			}
			was = now
		}
	}
}

// A road that nobody needs may close: it leads nowhere.
func TestUnusedRoadMayClose(t *testing.T) {
	for seed := range networks(200) {
		c := anyNetwork(seed)
		c.Junctions = append(c.Junctions, "nowhere")
		places := len(c.Plants) + len(c.Hospitals) + len(c.Junctions)
		c.Links = append(c.Links, way("unused", 0, places-1, 1))
		closed := *c
		closed.Links = slices.Clone(c.Links)
		closed.Links[len(c.Links)-1].Closures = []Closure{dated(0, 5000, true), {Name: "often", Storm: None, Mean: 9000, Lasts: hours(3), Daily: 0.3}}
		sameFor(t, fmt.Sprintf("anyNetwork(%d) with a road that is closed", seed), c, &closed, 1)
	}
}

// withHospital returns a network with one hospital more, at the end of a road
// of its own.
func withHospital(c *Config, h Hospital) *Config {
	more := *c
	more.Hospitals = append(slices.Clone(c.Hospitals), h)
	more.Links = slices.Clone(c.Links)
	first := len(c.Plants) + len(c.Hospitals) // of the junctions, which are now one further
	for i := range more.Links {
		l := &more.Links[i]
		if l.From >= first {
			l.From++
		}
		if l.To >= first {
			l.To++
		}
	}
	more.Links = append(more.Links, way("more", 0, first, 3))
	return &more
}

// A hospital that asks for nothing changes nothing for others: it draws from
// streams of its own, and orders nothing.
func TestHospitalWithoutDemandChangesNothing(t *testing.T) {
	for seed := range networks(200) {
		c := anyNetwork(seed)
		idle := Hospital{Name: "hospital.idle", Power: Power{Grid: None}, Priority: 1}
		idle.Lines = []Line{{Type: len(c.Types) - 1, Full: 9, Empty: 3, Supply: &Supply{Urgent: 3, Policy: Policy{Kind: OneForOne, UpTo: 9}}}}
		network := []string{}
		for _, m := range networkMeasures {
			network = append(network, "network."+m.name) // it has cylinders
		}
		sameFor(t, fmt.Sprintf("anyNetwork(%d) with a hospital without demand", seed), c, withHospital(c, idle), 1, network...)
	}
}

// A truck that serves nobody, a crew without machines and a weather nobody minds
// change nothing.
func TestBystandersChangeNothing(t *testing.T) {
	for seed := range networks(200) {
		c := anyNetwork(seed)
		more := *c
		more.Trucks = append(slices.Clone(c.Trucks), Truck{Name: "truck.idle", Serves: []int{}, Room: 9, Stops: 3, Life: 10, Repair: hours(1), LoadFix: rng.Exponential(60)})
		more.Weathers = append(slices.Clone(c.Weathers), Weather{Name: "idle", Wet: []float64{0.5}, Stay: 0.5})
		more.Crews = []Crew{{Name: "idle", Count: 3}}
		sameFor(t, fmt.Sprintf("anyNetwork(%d) with bystanders", seed), c, &more, 1)
	}
}
