package scenarios

import (
	"oxysim/model"
	"oxysim/sim"
)

// What a replication may cost. Beyond it, a number in the file is more likely a
// mistake than a wish, and the machine would not answer.
const (
	mostCylinders = 5_000_000
	mostEvents    = 5e6  // of one cause, in one replication
	mostPlaces    = 3000 // on the road network, of which every pair has a way
)

// limits checks that a world fits into a machine and ends.
func (b *builder) limits() {
	cylinders := 0
	for i := range b.config.Plants {
		for t, n := range b.config.Plants[i].Full {
			cylinders += n + b.config.Plants[i].Empty[t]
		}
	}
	for i := range b.config.Hospitals {
		h := &b.config.Hospitals[i]
		for _, l := range h.Lines {
			cylinders += l.Full + l.Empty
		}
		for j := range h.Cylinders {
			d := &h.Cylinders[j]
			gap := d.Mean
			if gap == 0 {
				gap = d.Interval.Mean()
			}
			if d.Places > 0 {
				gap = d.Use.Mean() / float64(d.Places)
			}
			b.often(d.Name, "requests for cylinders", gap/max(d.Batch.Mean(), 1), d.Profile)
		}
		for j := range h.Patients {
			b.often(h.Patients[j].Name, "patients", h.Patients[j].Mean, h.Patients[j].Profile)
		}
	}
	if cylinders > mostCylinders {
		b.bad("cylinder", "there are %d cylinders; want at most %d", cylinders, mostCylinders)
	}
	for i := range b.config.Plants {
		b.machinesEnd(b.config.Plants[i].Name+".machines", b.config.Plants[i].Make)
	}
}

// often notes what happens more often than a replication can bear; gap is the
// mean time between two, in seconds, 0 for never.
func (b *builder) often(key, what string, gap float64, profile []float64) {
	if gap == 0 {
		return
	}
	most := 0.0
	for _, x := range profile {
		most = max(most, x)
	}
	if profile == nil {
		most = 1
	}
	if n := float64(b.config.Horizon) / gap * most; n > mostEvents {
		b.bad(key, "there may be %.2g %s in one replication; want at most %.0g", n, what, float64(mostEvents))
	}
}

// machinesEnd notes machines that fail more often than a replication can bear.
func (b *builder) machinesEnd(key string, m *model.Make) {
	if m == nil {
		return
	}
	for i := range m.Machines.Modes {
		gap := max(m.Machines.Modes[i].After.Mean(), float64(sim.Second))
		b.often(key+".failure."+m.Machines.Modes[i].Name, "failures", gap/float64(max(m.Machines.Count, 1)), nil)
	}
}
