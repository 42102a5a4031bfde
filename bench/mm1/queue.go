package main

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// unit is the mean service time at rate 1: long against the clock's second, so
// that rounding does not show.
const unit = 100_000 * sim.Second

// Slots of the calendar. Who is served leaves before who arrives at the same
// instant.
const (
	leaves = iota
	arrives
	slots
)

// queue is a single server, first come first served.
type queue struct {
	calendar sim.Calendar
	gap      rng.Law
	service  rng.Law
	gaps     rng.Ahead
	services rng.Ahead
	came     []sim.Time // arrival times of those in the system; a ring
	first    int
	present  int
}

func newQueue(arrivals, services float64) *queue {
	return &queue{
		calendar: sim.NewCalendar(slots),
		gap:      rng.Exponential(float64(unit) / arrivals),
		service:  rng.Exponential(float64(unit) / services),
		came:     make([]sim.Time, 1<<12),
	}
}

// run simulates until so many customers have left, and returns their mean time
// in the system, in units of the mean service time.
func (q *queue) run(seed, replication uint64, customers int) float64 {
	nature := rng.New(seed, replication)
	q.gaps.Begin(&q.gap, nature.Stream(rng.NameOf("customer.arrival")))
	q.services.Begin(&q.service, nature.Stream(rng.NameOf("customer.service")))
	q.calendar.Clear()
	q.first, q.present = 0, 0
	var total sim.Span
	served := 0
	q.calendar.Set(arrives, sim.Time(sim.Seconds(q.gaps.Draw())))
	for served < customers {
		slot, now, _ := q.calendar.Next()
		if slot == arrives {
			q.calendar.Set(arrives, now.Add(sim.Seconds(q.gaps.Draw())))
			q.push(now)
			if q.present == 1 {
				q.calendar.Set(leaves, now.Add(sim.Seconds(q.services.Draw())))
			}
			continue
		}
		total += now.Sub(q.pop())
		served++
		if q.present > 0 {
			q.calendar.Set(leaves, now.Add(sim.Seconds(q.services.Draw())))
		} else {
			q.calendar.Cancel(leaves)
		}
	}
	return float64(total) / float64(served) / float64(unit)
}

func (q *queue) push(t sim.Time) {
	if q.present == len(q.came) {
		q.grow()
	}
	q.came[(q.first+q.present)&(len(q.came)-1)] = t
	q.present++
}

func (q *queue) pop() sim.Time {
	t := q.came[q.first]
	q.first = (q.first + 1) & (len(q.came) - 1)
	q.present--
	return t
}

// grow doubles the ring.
func (q *queue) grow() {
	bigger := make([]sim.Time, 2*len(q.came))
	n := copy(bigger, q.came[q.first:])
	copy(bigger[n:], q.came[:q.first])
	q.came, q.first = bigger, 0
}
