package model

import (
	"math"
	"slices"
	"testing"

	"oxysim/sim"
)

// Little's law, exactly: the mean number in a stage times the length of the run
// is the sum of all the times that cylinders spent there, to the second.
func TestLittlesLawExactly(t *testing.T) {
	for seed := range networks(60) {
		c := anyNetwork(seed)
		c.WarmUp = 0
		w := New(c)
		w.reset(7, 1)
		var spent [stages]int64
		was, since := make([]pileID, len(w.ledger.cylinders)), make([]sim.Time, len(w.ledger.cylinders))
		look := func() {
			for i := range w.ledger.cylinders {
				if p := w.ledger.cylinders[i].pile; p != was[i] || w.now == w.end {
					spent[w.ledger.stage(was[i])] += int64(w.now - since[i])
					was[i], since[i] = p, w.now
				}
			}
		}
		for i := range w.ledger.cylinders {
			was[i] = w.ledger.cylinders[i].pile
		}
		for w.step() {
			look()
		}
		w.now = w.end
		look()
		for s := range stages {
			area := int64(0)
			for p := w.ledger.base[s]; p < w.ledger.end(s); p++ {
				area += w.ledger.area(p, w.now)
			}
			if area != spent[s] {
				t.Errorf("anyNetwork(%d), seed 7, replication 1: %d cylinder-seconds %q by their number, %d by their times", seed, area, s, spent[s])
			}
		}
	}
}

// Every cylinder is in one stage at each instant, so that the mean numbers in
// the stages add up to the fleet.
func TestFleetIsTheSumOfItsStages(t *testing.T) {
	for seed := range networks(60) {
		w := New(anyNetwork(seed))
		out := w.Run(7, 1)
		sum := 0.0
		for i, m := range w.Metrics() {
			if len(m.Name) > 14 && m.Name[:14] == "network.fleet_" {
				sum += out[i]
			}
		}
		for _, s := range []Stage{Missing, Condemned} {
			for p := w.ledger.base[s]; p < w.ledger.end(s); p++ {
				sum += w.ledger.mean(p, w.begin, w.now)
			}
		}
		if fleet := float64(len(w.ledger.cylinders)); math.Abs(sum-fleet) > 1e-9*fleet {
			t.Errorf("anyNetwork(%d), seed 7, replication 1: the stages add up to %v of %v cylinders", seed, sum, fleet)
		}
	}
}

// In the closed loop, the mean number in a stage over the throughput is the mean
// time there: 20 minutes for a fill, four hours on each way. And over the whole
// loop, the fleet over the throughput is the cycle time.
func TestTimesInTheLoopByLittlesLaw(t *testing.T) {
	if checked {
		t.Skip("checking the laws after each of its events takes a minute")
	}
	c := closedLoop(10, 10)
	w := New(c)
	var fill, out, back, lost sample
	at := func(name string) int { return metricAt(t, w, "network."+name) }
	for r := range 400 {
		x := w.Run(1, r)
		perHour := x[at("filled")] / (365 * 24)
		fill.add(x[at("fleet_filling")] / perHour)
		out.add(x[at("fleet_outbound")] / perHour)
		back.add(x[at("fleet_inbound")] / perHour)
		lost.add(x[at("lost_share")])
		if cycle, fleet := x[at("cycle_days")], 240/(perHour*24); math.Abs(cycle-fleet) > 1e-9*fleet {
			t.Fatalf("seed 1, replication %d: the cycle takes %v days, the fleet over the throughput is %v", r, cycle, fleet)
		}
	}
	for _, x := range []struct {
		what  string
		s     *sample
		exact float64
		off   float64 // by what is under way at the ends of a run
	}{
		{"hours of a fill", &fill, 1. / 3, 0.0002},
		{"hours outbound", &out, 4, 0.01},
		{"hours inbound", &back, 4, 0.01},
		{"share lost, by SimPy", &lost, 0.0231, 0.0002},
	} {
		if got, se := x.s.mean(), x.s.standardError(); math.Abs(got-x.exact) > 5*se+x.off {
			t.Errorf("%s: got %.5g ± %.2g, want %.5g", x.what, got, se, x.exact)
		}
	}
}

// What is counted after a warm-up is what a run without one has counted at the
// end, less what it had counted when the warm-up would have ended: the
// statistics begin as if the world had begun there.
func TestWarmUpIsASubtraction(t *testing.T) {
	counts := []string{
		"demanded", "lost", "left", "orders", "ordered", "deliveries", "delivered", "used", "filled", "rejected", "tested", "shipped",
		"stockout_hours", "km", "trips", "driving_hours", "held_hours", "breakdowns", "urgent_trips", "due", "done", "skipped",
	}
	means := []string{"waiting", "on_hand", "in_use", "empties", "filling", "away_share"}
	for seed := range networks(150) {
		c := anyNetwork(seed)
		c.WarmUp = 11 * sim.Day
		whole, start := *c, *c
		whole.WarmUp, start.WarmUp, start.Horizon = 0, 0, c.WarmUp
		end, total, early := outcomeByName(c, 1), outcomeByName(&whole, 1), outcomeByName(&start, 1)
		for name, got := range end {
			want := total[name] - early[name]
			switch last := lastOf(name); {
			case slices.Contains(counts, last):
			case slices.Contains(means, last):
				want = (total[name]*c.Horizon.Days() - early[name]*c.WarmUp.Days()) / (c.Horizon - c.WarmUp).Days()
			default:
				continue
			}
			if math.Abs(got-want) > 1e-6*max(1, want) {
				t.Errorf("anyNetwork(%d), seed 7, replication 1, warm-up 11 d: %s is %v, want %v", seed, name, got, want)
			}
		}
	}
}

// lastOf returns the last part of a dotted name.
func lastOf(name string) string {
	for k := len(name) - 1; k >= 0; k-- {
		if name[k] == '.' {
			return name[k+1:]
		}
	}
	return name
}
