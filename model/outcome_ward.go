package model

import (
	"slices"

	"oxysim/sim"
)

// wardMeasures are reported for every hospital with patients or a flow demand.
// What was needed is what was supplied, what was missed for lack of oxygen, and
// what was missed while something was connected or changed over.
var wardMeasures = []measure{
	{name: "need_m3", unit: "m3", adds: true, meaning: "oxygen needed by patients and flow demand",
		of: ofWard(func(x *ward) float64 { return x.tally.need.CubicMetres() }), when: hasWard},
	{name: "supplied_m3", unit: "m3", adds: true, better: More, meaning: "oxygen given to them",
		of: ofWard(func(x *ward) float64 { return x.tally.supplied().CubicMetres() }), when: hasWard},
	{name: "unmet_m3", unit: "m3", adds: true, better: Less, meaning: "oxygen needed and not given, for lack of it",
		of: ofWard(func(x *ward) float64 { return x.tally.missed.CubicMetres() }), when: hasWard},
	{name: "changing_m3", unit: "m3", adds: true, better: Less, meaning: "oxygen needed and not given, only while a cylinder was connected or banks changed over",
		of: ofWard(func(x *ward) float64 { return x.tally.changing.CubicMetres() }), when: takesCylinders},
	{name: "supplied_share", unit: "1", better: More, meaning: "share of the oxygen needed that was given; 1 if none was needed",
		of: ofWard(func(x *ward) float64 { return x.tally.share() }), when: hasWard},
	{name: "changing_hours", unit: "h", adds: true, better: Less, meaning: "time in which somebody went without only while a cylinder was connected or banks changed over, outside stockouts",
		of: ofWard(func(x *ward) float64 { return x.tally.gaps.Hours() }), when: takesCylinders},
	{name: "patient_hours_without", unit: "h", adds: true, better: Less, meaning: "patient-hours without oxygen for lack of it; who gets half of the flow needed counts half",
		of:   ofGroups(func(g *group) float64 { return patientHours(g.tally.without) }),
		when: hasPatients},
	{name: "patient_hours_changing", unit: "h", adds: true, better: Less, meaning: "patient-hours without oxygen only while a cylinder was connected or banks changed over",
		of:   ofGroups(func(g *group) float64 { return patientHours(g.tally.waits) }),
		when: func(w *World, i int) bool { return hasPatients(w, i) && takesCylinders(w, i) }},
	{name: "census", unit: "patients", meaning: "mean number of patients",
		of: func(w *World, i int) float64 { return float64(w.wardOf(i).tally.census) / w.span() }, when: hasPatients},
	{name: "census_max", unit: "patients", meaning: "greatest number of patients",
		of: ofWard(func(x *ward) float64 { return float64(x.tally.most) }), when: hasPatients},
	{name: "census_over", unit: "1", better: Less, meaning: "share of the time with more than census_limit patients",
		of:   func(w *World, i int) float64 { return float64(w.wardOf(i).tally.over) / w.span() },
		when: func(w *World, i int) bool { return hasPatients(w, i) && w.cfg.Hospitals[i].CensusLimit > 0 }},
	{name: "patients", unit: "patients", adds: true, meaning: "patients who came or were there at the start",
		of: ofGroups(func(g *group) float64 { return float64(g.tally.patients) }), when: hasPatients},
	{name: "referred", unit: "patients", adds: true, better: Less, meaning: "patients sent elsewhere because they were without oxygen",
		of:   ofGroups(func(g *group) float64 { return float64(g.tally.referred) }),
		when: anyGroup(func(p *PatientDemand) bool { return p.Refers })},
	{name: "extra_deaths", unit: "deaths", adds: true, better: Less, meaning: "expected deaths from hours without oxygen, at the stated hazard",
		of:   ofGroups(func(g *group) float64 { return g.extraDeaths() }),
		when: anyGroup(func(p *PatientDemand) bool { return p.Hazard > 0 })},
	fromSource("concentrators", FromConcentrators),
	fromSource("pipe", FromPipe),
	fromSource("bulk", FromBulk),
	fromSource("manifold", FromManifold),
	fromSource("bedside", FromBedside),
	{name: "concentrators_used", unit: "machines", meaning: "mean number of concentrators that served somebody",
		of:   func(w *World, i int) float64 { return float64(w.wardOf(i).tally.running) / w.span() },
		when: uses(FromConcentrators)},
	{name: "concentrators_kwh", unit: "kWh", adds: true, better: Less, meaning: "electricity of the concentrators that served somebody",
		of: func(w *World, i int) float64 {
			return float64(w.wardOf(i).tally.running) / float64(sim.Hour) * w.cfg.Hospitals[i].Concentrators.KW
		}, when: uses(FromConcentrators)},
	{name: "bulk_mean", unit: "m3", better: More, meaning: "mean content of the tank of liquid",
		of: func(w *World, i int) float64 { return w.wardOf(i).bulk.area / float64(CubicMetre) / w.span() }, when: uses(FromBulk)},
	{name: "bulk_end", unit: "m3", better: More, meaning: "content of the tank of liquid at the end",
		of: ofWard(func(x *ward) float64 { return x.bulk.level.CubicMetres() }), when: uses(FromBulk)},
	{name: "bulk_empty_share", unit: "1", better: Less, meaning: "share of the time with the tank of liquid empty",
		of: func(w *World, i int) float64 { return float64(w.wardOf(i).bulk.empty) / w.span() }, when: uses(FromBulk)},
	{name: "bulk_received_m3", unit: "m3", adds: true, meaning: "taken into the tank of liquid",
		of: ofWard(func(x *ward) float64 { return x.bulk.received.CubicMetres() }), when: uses(FromBulk)},
	{name: "bulk_refused_m3", unit: "m3", adds: true, better: Less, meaning: "brought to the tank of liquid and sent back, for it did not fit",
		of: ofWard(func(x *ward) float64 { return x.bulk.refused.CubicMetres() }), when: uses(FromBulk)},
}

// groupMeasures are reported for every group of patients and every flow demand.
var groupMeasures = []measure{
	{name: "patients", unit: "patients", adds: true, meaning: "patients of this group who came or were there at the start",
		of: ofGroup(func(g *group) float64 { return float64(g.tally.patients) }), when: ofPatients},
	{name: "need_m3", unit: "m3", adds: true, meaning: "oxygen needed by this group",
		of: ofGroup(func(g *group) float64 { return g.tally.need.CubicMetres() })},
	{name: "unmet_m3", unit: "m3", adds: true, better: Less, meaning: "oxygen needed by this group and not given, for lack of it",
		of: ofGroup(func(g *group) float64 { return g.tally.missed.CubicMetres() })},
	{name: "hours_without", unit: "h", adds: true, better: Less, meaning: "patient-hours of this group without oxygen for lack of it; of a flow demand, hours, in proportion to what was not given",
		of: ofGroup(func(g *group) float64 { return patientHours(g.tally.without) })},
	{name: "referred", unit: "patients", adds: true, better: Less, meaning: "patients of this group sent elsewhere because they were without oxygen",
		of:   ofGroup(func(g *group) float64 { return float64(g.tally.referred) }),
		when: func(w *World, i int) bool { return ofPatients(w, i) && w.groups[i].cfg.Refers }},
}

// networkWardMeasures are reported once, if any hospital has patients or a flow
// demand.
var networkWardMeasures = []measure{
	{name: "need_m3", unit: "m3", adds: true, meaning: "oxygen needed by patients and flow demands",
		of: sumWards(func(x *ward) float64 { return x.tally.need.CubicMetres() }), when: hasWards},
	{name: "unmet_m3", unit: "m3", adds: true, better: Less, meaning: "oxygen needed and not given, for lack of it",
		of: sumWards(func(x *ward) float64 { return x.tally.missed.CubicMetres() }), when: hasWards},
	{name: "patient_hours_without", unit: "h", adds: true, better: Less, meaning: "patient-hours without oxygen for lack of it",
		of: func(w *World, _ int) (sum float64) {
			for i := range w.groups {
				if w.groups[i].cfg != nil {
					sum += patientHours(w.groups[i].tally.without)
				}
			}
			return sum
		}, when: hasWards},
	{name: "supplied_share", unit: "1", better: More, meaning: "share of the oxygen needed that was given; 1 if none was needed",
		of: func(w *World, _ int) float64 {
			var all wardTally
			for i := range w.wards {
				all.need += w.wards[i].tally.need
				for s, x := range w.wards[i].tally.given {
					all.given[s] += x
				}
			}
			return all.share()
		}, when: hasWards},
	{name: "supplied_share_worst", unit: "1", better: More, meaning: "share of the oxygen needed that was given, at the hospital where it was least",
		of: func(w *World, _ int) float64 { least, _ := w.shares(); return least }, when: hasWards},
	{name: "supplied_share_spread", unit: "1", better: Less, meaning: "difference of that share between the best and the worst served hospital",
		of: func(w *World, _ int) float64 { least, most := w.shares(); return most - least }, when: hasWards},
}

// groupNames returns the dotted names of groups and flow demands.
func (w *World) groupNames() []string {
	return namesOf(w.groups, func(g *group) string {
		if g.cfg != nil {
			return g.cfg.Name
		}
		return g.flow.Name
	})
}

// supplied returns what all sources gave.
func (t *wardTally) supplied() (sum Gas) {
	for _, x := range t.given {
		sum += x
	}
	return sum
}

// share returns the share of what was needed that was given.
func (t *wardTally) share() float64 {
	if t.need == 0 {
		return 1
	}
	return ratio(int64(t.supplied()), int64(t.need))
}

// shares returns the least and the greatest share given at any hospital.
func (w *World) shares() (least, most float64) {
	least = 1
	for i := range w.wards {
		x := w.wards[i].tally.share()
		least, most = min(least, x), max(most, x)
	}
	return least, most
}

// extraDeaths returns how many are expected to have died for lack of oxygen.
func (g *group) extraDeaths() float64 {
	if g.cfg == nil {
		return 0
	}
	return float64(g.cfg.Hazard * patientHours(g.tally.without))
}

// patientHours returns millionths of patient-seconds in patient-hours.
func patientHours(x int64) float64 { return float64(x) / (millionths * float64(sim.Hour)) }

func (w *World) wardOf(i int) *ward { return &w.wards[w.hospitals[i].ward] }

func hasWard(w *World, i int) bool { return w.hospitals[i].ward != None }

func hasWards(w *World, _ int) bool { return len(w.wards) > 0 }

func hasPatients(w *World, i int) bool { return len(w.cfg.Hospitals[i].Patients) > 0 }

func ofPatients(w *World, i int) bool { return w.groups[i].cfg != nil }

// uses tells whether a hospital has a ward that uses a source.
func uses(s Source) func(*World, int) bool {
	return func(w *World, i int) bool {
		return hasWard(w, i) && slices.Contains(w.cfg.Hospitals[i].Sources, s)
	}
}

// takesCylinders tells whether the ward of a hospital uses cylinders.
func takesCylinders(w *World, i int) bool { return uses(FromManifold)(w, i) || uses(FromBedside)(w, i) }

func anyGroup(is func(*PatientDemand) bool) func(*World, int) bool {
	return func(w *World, i int) bool {
		return slices.ContainsFunc(w.cfg.Hospitals[i].Patients, func(p PatientDemand) bool { return is(&p) })
	}
}

func ofWard(of func(*ward) float64) func(*World, int) float64 {
	return func(w *World, i int) float64 { return of(w.wardOf(i)) }
}

func ofGroup(of func(*group) float64) func(*World, int) float64 {
	return func(w *World, i int) float64 { return of(&w.groups[i]) }
}

// ofGroups sums over the groups of patients of a hospital.
func ofGroups(of func(*group) float64) func(*World, int) float64 {
	return func(w *World, i int) (sum float64) {
		x := w.wardOf(i)
		for k := x.from; k < x.to; k++ {
			if g := &w.groups[k]; g.cfg != nil {
				sum += of(g)
			}
		}
		return sum
	}
}

func sumWards(of func(*ward) float64) func(*World, int) float64 {
	return func(w *World, _ int) (sum float64) {
		for i := range w.wards {
			sum += of(&w.wards[i])
		}
		return sum
	}
}

func fromSource(name string, s Source) measure {
	return measure{name: "from_" + name + "_m3", unit: "m3", adds: true, meaning: "oxygen given to patients and flow demand from the " + name,
		of:   func(w *World, i int) float64 { return w.wardOf(i).tally.given[s].CubicMetres() },
		when: uses(s)}
}
