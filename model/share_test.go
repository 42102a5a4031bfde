package model

import "testing"

// One gets in proportion to what one wants, at least one, and the last what is
// left.
func TestShareOf(t *testing.T) {
	for _, x := range []struct{ want, all, free, share int }{
		{5, 5, 10, 5},
		{5, 10, 10, 5},
		{5, 20, 10, 2},
		{10, 40, 20, 5},
		{1, 100, 10, 1}, // at least one
		{7, 100, 0, 0},
		{0, 100, 10, 0},
		{12, 12, 7, 7}, // nobody else
	} {
		if got := shareOf(x.want, x.all, x.free); got != x.share {
			t.Errorf("of %d free, who wants %d of %d gets %d, want %d", x.free, x.want, x.all, got, x.share)
		}
	}
	// Shared out one after another, everything is given away. Once there is one
	// for each, nobody gets less than its part, rounded down, nor two more, which
	// is what the rounding of those before can leave over.
	for free := range 43 {
		all, left := 42, free
		for _, want := range []int{7, 3, 12, 20} {
			got := shareOf(want, all, left)
			if part := want * free / 42; free >= 14 && (got < part || got > part+2) {
				t.Errorf("%d free: who wants %d of 42 gets %d", free, want, got)
			}
			all -= want
			left -= got
		}
		if left != 0 {
			t.Errorf("%d free: %d are left over", free, left)
		}
	}
}

// Ten cylinders, three clinics that want 8 each and are known to have 1, 5 and
// 3 days left: who gets how many, each by a truck of its own.
func TestAllocation(t *testing.T) {
	for _, x := range []struct {
		name     string
		share    Allocation
		reserve  int
		urgent   int // the clinic whose order is urgent
		priority []int
		want     []float64
	}{
		{"first come", FirstCome, 0, None, []int{2, 2, 2}, []float64{8, 2, 0}},
		{"by need, in proportion", FairShare, 0, None, []int{2, 2, 2}, []float64{3, 4, 3}}, // a, c, then b has what is left
		{"by priority", ByPriority, 0, None, []int{3, 1, 2}, []float64{0, 8, 2}},
		{"an urgent order is first", FirstCome, 0, 2, []int{2, 2, 2}, []float64{2, 0, 8}},
		{"whatever the priority", ByPriority, 0, 2, []int{1, 1, 3}, []float64{2, 0, 8}},
		{"and need", FairShare, 0, 2, []int{2, 2, 2}, []float64{1, 1, 8}},
		{"a reserve is kept", FirstCome, 4, None, []int{2, 2, 2}, []float64{6, 0, 0}},
		{"for the first priority", FirstCome, 4, None, []int{2, 1, 2}, []float64{6, 4, 0}},
		{"and for urgent orders", FirstCome, 4, 2, []int{2, 2, 2}, []float64{0, 0, 8}},
	} {
		c := depot(clinic("a", 8, 8), clinic("b", 8, 8), clinic("c", 8, 8))
		c.Plants[0].Full, c.Plants[0].Share, c.Plants[0].Reserve = []int{10}, x.share, x.reserve
		c.Trucks = nil
		for h := range c.Hospitals {
			c.Hospitals[h].Priority = x.priority[h]
			c.Links = append(c.Links, way(c.Hospitals[h].Name, 0, 1+h, 1))
			c.Trucks = append(c.Trucks, Truck{Name: c.Hospitals[h].Name + ".truck", Serves: []int{h}, Room: 30, Stops: 1})
		}
		c.Horizon = 20 * hour
		if x.urgent != None {
			c.Hospitals[x.urgent].Lines[0].Supply.Urgent = 12
		}
		w := New(c)
		for h, use := range []float64{12, 2.4, 4} { // a day, of the 12 left
			w.hospitals[h].meanUse[0] = use
		}
		out := w.Run(1, 0)
		for h, want := range x.want {
			if got := out[metricAt(t, w, c.Hospitals[h].Name+".delivered")]; got != want {
				t.Errorf("%s: %s got %v, want %v", x.name, c.Hospitals[h].Name, got, want)
			}
		}
	}
}
