package model

import (
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// manifoldHospital is a hospital with a flow demand and a manifold, whose
// emptied cylinders are replaced the next day.
func manifoldHospital() *Config {
	h := Hospital{
		Flow:     []FlowDemand{{Name: "hospital.a.flow", Storm: None, Daily: []Flow{litres(100)}, Vary: rng.Gamma(1, 0.2)}},
		Sources:  []Source{FromManifold},
		Manifold: &Manifold{Bank: 4, Connect: constant(sim.Hour)},
		Lines: []Line{{Full: 60, Supply: &Supply{
			Policy: Policy{Kind: OneForOne, UpTo: 60}, Urgent: -1,
			Courier: &Courier{Out: constant(sim.Day), AtOnce: true},
		}}},
	}
	cfg := one(sim.Year, jumbo(0.95), h)
	cfg.Plants = []Plant{{Name: "vendor.a", Power: Power{Grid: None}, Full: []int{100}, Vendor: &Vendor{}}}
	return cfg
}

// wardOfPatients is a hospital of some patients on average.
func wardOfPatients(patients float64, bedside bool) *Config {
	h := Hospital{
		Patients: []PatientDemand{{
			Name: "hospital.a.patients", Storm: None, Mean: 4 * 86400 / patients,
			Flow: rng.LogNormal(5000, 0.5), Stay: rng.LogNormal(4*86400, 0.8),
		}},
		Sources: []Source{FromBulk},
		Bulk:    &Bulk{Tank: 1e6 * CubicMetre, Stored: 1e6 * CubicMetre},
	}
	cfg := one(sim.Year, jumbo(0.9), h)
	if bedside {
		a := &cfg.Hospitals[0]
		a.Sources, a.Bedside = []Source{FromBedside}, &Bedside{Lines: []int{0}, Connect: constant(15 * sim.Minute)}
		a.Lines = []Line{{Full: 5 * int(patients), Supply: &Supply{
			Policy: Policy{Kind: OneForOne, UpTo: 5 * int(patients)}, Urgent: -1,
			Courier: &Courier{Out: constant(sim.Day), AtOnce: true},
		}}}
		cfg.Plants = []Plant{{Name: "vendor.a", Power: Power{Grid: None}, Full: []int{5 * int(patients)}, Vendor: &Vendor{}}}
	}
	return cfg
}

func benchWard(b *testing.B, cfg *Config) {
	w := New(cfg)
	w.Run(1, 0)
	events := 0
	w.reset(1, 0)
	for w.step() {
		events++
	}
	b.ReportAllocs()
	for b.Loop() {
		w.Run(1, 0)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(events), "ns/event")
	b.ReportMetric(float64(events), "events")
}

func BenchmarkManifold(b *testing.B)   { benchWard(b, manifoldHospital()) }
func BenchmarkWard24(b *testing.B)     { benchWard(b, wardOfPatients(24, false)) }
func BenchmarkWard300(b *testing.B)    { benchWard(b, wardOfPatients(300, false)) }
func BenchmarkBedside24(b *testing.B)  { benchWard(b, wardOfPatients(24, true)) }
func BenchmarkBedside300(b *testing.B) { benchWard(b, wardOfPatients(300, true)) }
