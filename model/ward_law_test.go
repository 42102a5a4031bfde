package model

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// randomHospital returns a small hospital with a random stack of sources and
// random demand, and often too little of everything.
func randomHospital(r *rand.Rand, name string, types int) Hospital {
	pick := func(n int) bool { return r.IntN(n) == 0 }
	h := Hospital{Name: name, Power: Power{Grid: None}, CensusLimit: r.IntN(5)}
	for t := range types {
		l := Line{Type: t, Full: r.IntN(12), Empty: r.IntN(5)}
		if !pick(4) {
			l.Supply = &Supply{Policy: Policy{Kind: OneForOne, UpTo: l.Full + l.Empty}, Urgent: -1, Courier: &Courier{
				Out: rng.Exponential(float64(1+r.IntN(30)) * 3600), Back: rng.Constant(float64(r.IntN(3)) * 3600), AtOnce: pick(2),
			}}
		}
		h.Lines = append(h.Lines, l)
	}
	for g := range r.IntN(3) {
		h.Patients = append(h.Patients, PatientDemand{
			Name: fmt.Sprintf("%s.patients.%d", name, g), Storm: None, Initial: r.IntN(4),
			Mean: float64(1+r.IntN(20)) * 3600, Flow: rng.LogNormal(float64(500+r.IntN(9000)), 0.8),
			Stay: rng.LogNormal(float64(1+r.IntN(60))*3600, 1), Hazard: 0.01,
			Refers: pick(2), Refer: rng.Exponential(float64(1+r.IntN(9)) * 3600),
		})
	}
	if len(h.Patients) == 0 || pick(3) {
		daily := make([]Flow, 1+r.IntN(5))
		for i := range daily {
			daily[i] = Flow(r.IntN(20000))
		}
		h.Flow = []FlowDemand{{Name: name + ".flow", Storm: None, Daily: daily, Vary: rng.Gamma(1, 0.5)}}
	}
	if pick(3) { // others use cylinders too
		h.Cylinders = []CylinderDemand{{
			Name: name + ".cylinders", Storm: None, Mean: float64(1+r.IntN(20)) * 3600, Batch: rng.Constant(1),
			Use: rng.Exponential(20 * 3600), Unmet: Unmet(r.IntN(3)), Patience: rng.Exponential(3600),
		}}
	}
	for _, s := range r.Perm(sources) {
		if pick(2) {
			h.Sources = append(h.Sources, Source(s))
		}
	}
	connect := rng.Exponential(float64(1 + r.IntN(4000)))
	if pick(3) {
		connect = rng.Constant(0)
	}
	h.Concentrators = &Concentrators{Flow: litres(5), Machines: Machine{Count: 1 + r.IntN(4), Crew: None, Modes: []Failure{
		{Name: "minor", After: rng.Exponential(4e5), Lasts: rng.Exponential(2e5)},
	}}}
	h.Pipe = &Pipe{Plant: 0, Limit: litres(Flow(r.IntN(10)))}
	h.Bulk = &Bulk{
		Tank: Gas(r.IntN(60)) * CubicMetre, BoilOff: Flow(r.IntN(300)), Limit: litres(Flow(r.IntN(20))),
		Tankers: []Tanker{{
			Name: "t", Every: rng.Exponential(float64(1+r.IntN(20)) * 86400), First: sim.Span(r.IntN(9)) * sim.Day,
			Load: rng.Gamma(float64(1+r.IntN(40))*float64(CubicMetre), 0.5), Late: rng.Exponential(3e5), Fails: 0.2,
		}},
	}
	h.Bulk.Stored = h.Bulk.Tank / Gas(1+r.IntN(3))
	if pick(2) {
		h.Bulk.Inflow = []Flow{Flow(r.IntN(9000)), Flow(r.IntN(9000)), Flow(r.IntN(900))}
	}
	h.Manifold = &Manifold{Line: r.IntN(types), Bank: 1 + r.IntN(4), Connect: connect, Change: connect}
	h.Bedside = &Bedside{Connect: connect, Lines: r.Perm(types)}
	return h
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

// randomNetwork returns a plant that makes and fills, and some hospitals.
func randomNetwork(seed uint64) *Config {
	r := newRand(seed)
	types := 1 + r.IntN(2)
	cfg := &Config{Horizon: 20 * sim.Day, WarmUp: sim.Span(r.IntN(3)) * sim.Day}
	for t := range types {
		cfg.Types = append(cfg.Types, CylinderType{
			Name: string(rune('J' + t)), Content: Gas(1000+r.IntN(6000)) * Litre, Usable: 0.8 + 0.2*r.Float64(), Leak: 0.01 * float64(r.IntN(2)),
		})
	}
	fill := &Fill{Positions: 1 + r.IntN(4), Time: rng.Constant(5400), Content: rng.Constant(1), Vent: r.IntN(2) == 0}
	cfg.Plants = []Plant{{
		Name: "plant.a", Power: Power{Grid: None}, Full: make([]int, types), Empty: make([]int, types), Fill: fill,
		Make: &Make{
			Flow: litres(Flow(r.IntN(40))), Tank: Gas(r.IntN(20)) * CubicMetre,
			Machines: Machine{Count: 1 + r.IntN(2), Crew: None, Modes: []Failure{
				{Name: "minor", After: rng.Exponential(3e5), Lasts: rng.Exponential(1e5)},
			}},
		},
	}}
	for i := range 1 + r.IntN(3) {
		cfg.Hospitals = append(cfg.Hospitals, randomHospital(r, fmt.Sprintf("hospital.%d", i), types))
	}
	return cfg
}

// step lets the next event happen, if it comes before the end.
func (w *World) step() bool {
	slot, at, ok := w.calendar.Next()
	if !ok || at >= w.end {
		return false
	}
	w.now = at
	who := w.slots.of[slot]
	w.happen(who.kind, int(who.owner))
	return true
}

// wrongWard says what does not add up at a ward.
func (w *World) wrongWard(x *ward) string {
	var need, missed, changing Flow
	count := int32(0)
	for k := x.head; k != None; k = x.patients[k].after {
		p := &x.patients[k]
		need += p.flow
		if w.groups[p.group].cfg != nil {
			count++
		}
	}
	var given Flow
	for _, s := range x.cfg.Sources {
		given += x.given[s]
	}
	for _, g := range w.members(x) {
		missed += g.missed
		changing += g.changing
	}
	t := &x.tally
	switch {
	case need != x.need:
		return fmt.Sprintf("patients need %v, the ward says %v", need, x.need)
	case count != x.count:
		return fmt.Sprintf("there are %d patients, the ward says %d", count, x.count)
	case missed != x.missed || changing != x.changing:
		return fmt.Sprintf("groups miss %v and %v, the ward %v and %v", missed, changing, x.missed, x.changing)
	case need != given+missed+changing:
		return fmt.Sprintf("of %v needed, %v is given, %v missed, %v missed while changing", need, given, missed, changing)
	case t.need != t.supplied()+t.missed+t.changing:
		return fmt.Sprintf("of %v needed, %v was given, %v missed, %v missed while changing", t.need, t.supplied(), t.missed, t.changing)
	case missed > 0 != x.short:
		return fmt.Sprintf("missed %v, short %v", missed, x.short)
	case x.bulk.level < 0 || x.bulk.cfg != nil && x.bulk.level > x.bulk.cfg.Tank:
		return fmt.Sprintf("the tank holds %v", x.bulk.level)
	}
	return ""
}

// wrongTriage says whether somebody goes without while somebody later in triage
// has what could be given up: some of a flow that all share, or the cylinder of
// a later group.
func (w *World) wrongTriage(x *ward) string {
	if x.missed == 0 || x.excused {
		return ""
	}
	shared := !slices.Contains(x.cfg.Sources, FromConcentrators) && !x.personal
	lacking := int32(None) // the group of the first who lacks anything
	for k := x.head; k != None; k = x.patients[k].after {
		p := &x.patients[k]
		if shared && lacking != None && p.rest < p.flow {
			return fmt.Sprintf("a patient of group %d goes without before one of group %d", lacking, p.group)
		}
		if x.personal && lacking != None && p.group > lacking && p.bed.cylinder != noCylinder {
			return fmt.Sprintf("a patient of group %d has no cylinder and one of group %d has", lacking, p.group)
		}
		if lacking == None && p.rest > 0 && !p.bed.connecting {
			lacking = p.group
		}
	}
	return ""
}

// Gas and cylinders are conserved to the last unit after every event, what is
// needed is what is given or missed, and the last in triage go without first,
// whatever the sources.
func TestWardsObeyTheLaws(t *testing.T) {
	events, short := 0, 0
	for seed := range uint64(200) {
		cfg := randomNetwork(seed)
		w := New(cfg)
		w.reset(7, int(seed))
		for w.step() {
			events++
			if broken := w.brokenLaw(); broken != "" {
				t.Fatalf("network %d, %v: %s", seed, w.now, broken)
			}
			for i := range w.wards {
				x := &w.wards[i]
				if wrong := w.wrongWard(x) + w.wrongTriage(x); wrong != "" {
					t.Fatalf("network %d, %v, %s: %s", seed, w.now, x.cfg.Name, wrong)
				}
				short += int(w.hospitals[w.wards[i].hospital].short.count)
			}
		}
		w.now = w.end
		values := slices.Clone(w.outcome())
		if broken := w.brokenLaw(); broken != "" {
			t.Fatalf("network %d at the end: %s", seed, broken)
		}
		for i := range w.wards {
			x := &w.wards[i]
			if slices.Contains(x.cfg.Sources, FromPipe) && w.cfg.WarmUp == 0 {
				if got, want := x.tally.given[FromPipe], w.pipedSoFar(int(x.hospital)); got != want {
					t.Fatalf("network %d: the ward had %v from the pipe, the plant gave %v", seed, got, want)
				}
			}
		}
		if again := w.Run(7, int(seed)); !slices.Equal(values, again) {
			t.Fatalf("network %d: the same seed gives another outcome", seed)
		}
	}
	if short == 0 || events < 100_000 {
		t.Errorf("got %d events and %d stockouts, want enough of both to mean something", events, short)
	}
}
