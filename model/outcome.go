package model

import "strings"

// Behaviour is the version of what the model does. It is raised by every change
// that moves a number a scenario gives, and every record carries it.
const Behaviour = 1

// Metric says what one number of a replication's outcome is.
type Metric struct {
	Name    string // dotted, such as "hospital.rizgary.stockout"
	Unit    string // "1" for a count or a share
	Better  Better
	Meaning string
	Adds    bool // it adds up over time: twice as long a run has about twice as much
	Whole   bool // it is counted from the start of the run on, warm-up and all
}

// PerYear returns by what a value is multiplied to be that of a year: 1 if it
// does not add up over time.
func (m Metric) PerYear(cfg *Config) float64 {
	if !m.Adds {
		return 1
	}
	if m.Whole {
		return 365 / cfg.Horizon.Days()
	}
	return 365 / (cfg.Horizon - cfg.WarmUp).Days()
}

// Indicator reports whether the metric is 1 if something happened in the
// replication and 0 if not, so that its mean is a probability. Its meaning then
// begins with "1 if".
func (m Metric) Indicator() bool { return strings.HasPrefix(m.Meaning, "1 if ") }

// Better says which values of a metric are better.
type Better int8

// Directions.
const (
	Neither Better = 0
	Less    Better = -1
	More    Better = 1
)

// metrics are what a world reports, in order.
type metrics struct {
	list   []Metric
	values []float64
	read   []table
}

// measure is one metric of a kind of thing: how to read it off the i-th.
type measure struct {
	name    string
	unit    string
	better  Better
	meaning string
	adds    bool // over time
	whole   bool // from the start of the run on
	of      func(w *World, i int) float64
	when    func(w *World, i int) bool // nil for always
}

// tables are the metrics of each kind of thing, in the order of the outcome.
func (w *World) tables() []table {
	return []table{
		{networkMeasures, []string{"network"}},
		{networkWardMeasures, []string{"network"}},
		{equityMeasures, []string{"network"}},
		{hospitalMeasures, namesOf(w.cfg.Hospitals, func(h *Hospital) string { return h.Name })},
		{wardMeasures, namesOf(w.cfg.Hospitals, func(h *Hospital) string { return h.Name })},
		{bedMeasures, namesOf(w.cfg.Hospitals, func(h *Hospital) string { return h.Name })},
		{lineMeasures, w.lineNames()},
		{groupMeasures, w.groupNames()},
		{plantMeasures, namesOf(w.cfg.Plants, func(p *Plant) string { return p.Name })},
		{gasMeasures, namesOf(w.cfg.Plants, func(p *Plant) string { return p.Name })},
		{machineMeasures, w.poweredPlaces()},
		{powerMeasures, w.poweredPlaces()},
		{truckMeasures, namesOf(w.cfg.Trucks, func(t *Truck) string { return t.Name })},
		{linkMeasures, namesOf(w.cfg.Links, func(l *Link) string { return "road." + l.Name })},
		{roundMeasures, namesOf(w.cfg.Rounds, func(r *Round) string { return "round." + r.Name })},
	}
}

type table struct {
	measures []measure
	things   []string
}

func namesOf[T any](things []T, name func(*T) string) []string {
	names := make([]string, len(things))
	for i := range things {
		names[i] = name(&things[i])
	}
	return names
}

// lineNames returns the dotted names of lines.
func (w *World) lineNames() []string {
	return namesOf(w.lines, func(l *line) string {
		return w.cfg.Hospitals[l.hospital].Name + "." + w.cfg.Types[l.typ].Name
	})
}

func (w *World) makeMetrics() {
	w.metrics.read = w.tables()
	most := 0
	for _, t := range w.metrics.read {
		most += len(t.things) * len(t.measures)
	}
	w.metrics.list = make([]Metric, 0, most)
	for _, t := range w.metrics.read {
		for i, thing := range t.things {
			for j := range t.measures {
				if m := &t.measures[j]; m.when == nil || m.when(w, i) {
					w.metrics.list = append(w.metrics.list, Metric{thing + "." + m.name, m.unit, m.better, m.meaning, m.adds, m.whole})
				}
			}
		}
	}
	w.metrics.values = make([]float64, len(w.metrics.list))
}

// Metrics returns what the numbers of an outcome are.
func (w *World) Metrics() []Metric { return w.metrics.list }

// outcome reads all metrics.
func (w *World) outcome() []float64 {
	w.settle()
	k := 0
	for _, t := range w.metrics.read {
		for i := range t.things {
			for j := range t.measures {
				if m := &t.measures[j]; m.when == nil || m.when(w, i) {
					w.metrics.values[k] = m.of(w, i)
					k++
				}
			}
		}
	}
	return w.metrics.values
}

// settle brings what is counted as it changes up to the end of the run.
func (w *World) settle() {
	for i := range w.plants {
		w.plants[i].settleBound(w.now)
		w.settleGas(i)
	}
	for i := range w.lines {
		w.lines[i].queue.tick(w.now)
	}
	for i := range w.wards {
		w.settleWard(i)
	}
	w.settlePools()
	w.settlePower()
	w.settleTrucks()
}

// ratio returns a/b, or 0 if b is 0.
func ratio[T, U int64 | float64](a T, b U) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// rate returns the share of a in b, or 1 if there is nothing to have a share in.
func rate(a, b int64) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// span returns the length of time over which statistics were kept, in seconds.
func (w *World) span() float64 { return float64(w.now - w.begin) }

func indicator(x bool) float64 {
	if x {
		return 1
	}
	return 0
}
