package model

import (
	"slices"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// The queue is a slice from which the front is taken and anybody may leave, and
// its area the integral of its length.
func TestQueueIsASlice(t *testing.T) {
	type twin struct {
		number int32
		demand int32
	}
	for seed := range uint64(20) {
		r := newRand(seed)
		var q queue
		var list []twin
		var numbers []int32 // of all who ever came
		now, area := sim.Time(0), int64(0)
		for i := range int32(5000) {
			d := sim.Span(r.IntN(3))
			area += int64(len(list)) * int64(d)
			now = now.Add(d)
			switch k := r.IntN(10); {
			case k < 4:
				n := q.push(now, waiter{since: now, demand: i})
				list, numbers = append(list, twin{n, i}), append(numbers, n)
			case k < 6 && len(list) > 0:
				n, x := q.pop(now)
				if n != list[0].number || x.demand != list[0].demand {
					t.Fatalf("seed %d: got number %d, demand %d, want %v", seed, n, x.demand, list[0])
				}
				list = list[1:]
			case k < 9 && len(numbers) > 0:
				n := numbers[r.IntN(len(numbers))]
				at := slices.IndexFunc(list, func(x twin) bool { return x.number == n })
				x, ok := q.leave(now, n)
				if ok != (at >= 0) || ok && x.demand != list[at].demand {
					t.Fatalf("seed %d: %d left: %v, want %v", seed, n, ok, at >= 0)
				}
				if ok {
					list = slices.Delete(list, at, at+1)
				}
			}
			if int(q.n) != len(list) {
				t.Fatalf("seed %d: %d wait, want %d", seed, q.n, len(list))
			}
		}
		if q.tick(now); q.area != area {
			t.Errorf("seed %d: area %d, want %d", seed, q.area, area)
		}
	}
}

// The queue of courier orders is a slice from which any is taken out.
func TestParcelQueueIsASlice(t *testing.T) {
	var q parcelQueue
	var list []parcelOrder
	r := newRand(1)
	for i := range int32(5000) {
		if len(list) == 0 || r.IntN(2) == 0 {
			q.push(parcelOrder{line: i})
			list = append(list, parcelOrder{line: i})
		} else {
			k := r.IntN(len(list))
			q.remove(q.head + k)
			list = slices.Delete(list, k, k+1)
		}
		if !slices.Equal(q.waiting(), list) || q.len() != len(list) {
			t.Fatalf("after %d steps: got %v, want %v", i, q.waiting(), list)
		}
	}
}

// Reports arrive each in its own time, and one that comes after a later one
// says nothing new: the dispatcher always knows the latest count that has
// arrived.
func TestOldReportsNeverOverwriteNewer(t *testing.T) {
	for seed := range uint64(50) {
		r := newRand(seed)
		var m mail
		type letter struct {
			arrives sim.Time
			full    int32
		}
		var sent []letter
		seen, want := int32(-1), int32(-1)
		for now := sim.Time(0); now < 300; now++ {
			if r.IntN(3) == 0 {
				x := letter{now.Add(sim.Span(r.IntN(30))), int32(now)}
				sent = append(sent, x)
				m.post(report{stock{full: x.full}, x.arrives})
			}
			for m.next() <= now {
				seen = m.open().full
			}
			for _, x := range sent {
				if x.arrives <= now {
					want = max(want, x.full)
				}
			}
			if seen != want {
				t.Fatalf("seed %d, %d s: the count of %d s is known, want that of %d s", seed, now, seen, want)
			}
		}
	}
}

// Counts are taken at 0, 24 and 48 hours and take 60 hours to arrive. An order
// is placed when the count of hour 48, the first below the point, arrives, at
// hour 108; two others were on their way then.
func TestLateReportsByHand(t *testing.T) {
	c := oneRoad(func(c *Config) {
		s := c.Hospitals[0].Lines[0].Supply
		s.Policy = Policy{Kind: OrderUpTo, Point: 15, UpTo: 20}
		s.Report = &Report{Every: 24 * hour, Late: hours(60)}
		c.Hospitals[0].Cylinders[0].First, c.Hospitals[0].Cylinders[0].Batch = 30*hour, rng.Constant(6)
	})
	j := journey{"late reports", c, 0, []string{"108 driving to hospital.a", "114 driving to plant.depot", "120 parked"}}
	j.check(t)
	// What was shipped since is known: the next counts, old when they arrive,
	// make nobody order twice. The order was 6.
	c.Horizon = 300 * hour
	expectMetrics(t, c, map[string]float64{"hospital.a.delivered": 6, "truck.0.trips": 1})
}
