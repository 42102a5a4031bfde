package model

import (
	"math"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// A cylinder of 6 m³ leaks a tenth of what is in it a day, wherever it stands
// full: ten hours at the depot, six on the road, four at the clinic, where it is
// breathed down to 1 m³ of residual.
func TestLeakageByHand(t *testing.T) {
	c := oneRoad(func(c *Config) {
		c.Types[0].Leak, c.Types[0].Usable = 0.1, 5./6
		c.Plants[0].Full = []int{1}
		c.Hospitals[0].Lines[0].Full = 0
		c.Hospitals[0].Lines[0].Supply.Policy = Policy{Kind: LotEach, Lot: 1, Every: 1000 * hour, First: 10 * hour}
		c.Hospitals[0].Cylinders[0].First = 20 * hour
	})
	left := 6.0
	for _, hours := range []float64{10, 6, 4} {
		left -= left * 0.1 * hours / 24
	}
	w := New(c)
	out := w.Run(1, 0)
	for name, want := range map[string]float64{"network.gas_leaked": 6 - left, "network.gas_breathed": left - 1} {
		if got := out[metricAt(t, w, name)]; math.Abs(got-want) > 1e-9 { // to the unit of 1/60 mL, three times
			t.Errorf("%s: got %.12g, want %.12g", name, got, want)
		}
	}
}

// A cylinder that is always about is lost after an exponential time: of many
// that go round quickly, the share that is left after a year is exp(-rate).
func TestLossIsExponential(t *testing.T) {
	if checked {
		t.Skip("its laws take minutes to check after each of half a million events")
	}
	const n, rate = 2000, 0.5
	c := byCourier(0, clinic("a", 0, 1))
	c.Types[0].Loss = rate
	l, d := &c.Hospitals[0].Lines[0], &c.Hospitals[0].Cylinders[0]
	l.Full, l.Supply.Policy.UpTo = n, n
	l.Supply.Courier = &Courier{AtOnce: true}
	c.Plants[0].Vendor = &Vendor{}
	d.Interval = rng.Constant(60) // each goes round in a day and a half
	c.Horizon = sim.Year
	w := New(c)
	missing := w.Run(1, 0)[metricAt(t, w, "network.missing")]
	share := 1 - math.Exp(-rate)
	if want := n * share; math.Abs(missing-want) > 5*math.Sqrt(n*share*(1-share))+n*rate*1.5/365 {
		t.Errorf("of %d cylinders %v are lost in a year, want about %.0f", n, missing, want)
	}
}
