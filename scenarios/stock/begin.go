package stock

import (
	"fmt"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/sim"
)

// State is a scenario that begins as it was counted.
type State struct {
	Config      *model.Config
	At          sim.Time
	Counted     []string // dotted names of the places that were
	Assumptions []string // of what was not counted, in words
	Warnings    []string // of counts that are hard to believe
}

// reader understands a count of a scenario.
type reader struct {
	sc       *scenarios.Scenario
	config   *model.Config
	at       sim.Time
	places   places
	seen     map[string]bool // rows, by place and type
	counted  map[string]bool // places
	said     map[string]bool // cells, by saidKey
	grids    map[int]string  // what was said of the mains: yes or no
	away     map[int]bool    // trucks that have a row which says where
	says     []string
	problems scenarios.Problems
}

// Begin returns the state in which a scenario begins at an instant, with what was
// counted. A nil Count has counted nothing. The scenario is not changed. Of what
// is wrong everything is listed, and then there is no State.
func (c *Count) Begin(sc *scenarios.Scenario, at sim.Time) (*State, scenarios.Problems) {
	r := &reader{
		sc: sc, config: copyOf(sc.Config), at: at, places: placesOf(sc),
		seen: map[string]bool{}, counted: map[string]bool{}, said: map[string]bool{}, grids: map[int]string{}, away: map[int]bool{},
	}
	r.config.At = sim.Span(at)
	r.census()
	if c != nil {
		for i := range c.rows {
			if len(r.problems) < enough {
				r.row(&c.rows[i])
			}
		}
	}
	if len(r.problems) > 0 {
		r.problems.Sort()
		return nil, slices.CompactFunc(r.problems, func(a, b *scenarios.Problem) bool { return a.Error() == b.Error() })
	}
	s := &State{Config: r.config, At: at}
	for _, p := range r.places.list {
		if r.counted[p.name] {
			s.Counted = append(s.Counted, p.name)
		}
	}
	r.silent()
	s.Assumptions, s.Warnings = r.says, r.doubt()
	return s, nil
}

// copyOf returns a Config of which everything that a count changes is its own.
func copyOf(c *model.Config) *model.Config {
	d := *c
	d.Hospitals = slices.Clone(c.Hospitals)
	for i := range d.Hospitals {
		h := &d.Hospitals[i]
		h.Lines, h.Patients = slices.Clone(h.Lines), slices.Clone(h.Patients)
		if h.Bulk != nil {
			b := *h.Bulk
			h.Bulk = &b
		}
		if h.Concentrators != nil {
			k := *h.Concentrators
			h.Concentrators = &k
		}
	}
	d.Plants = slices.Clone(c.Plants)
	for i := range d.Plants {
		p := &d.Plants[i]
		p.Full, p.Empty = slices.Clone(p.Full), slices.Clone(p.Empty)
		if p.Make != nil {
			m := *p.Make
			p.Make = &m
		}
	}
	d.Trucks, d.Grids = slices.Clone(c.Trucks), slices.Clone(c.Grids)
	return &d
}

func (r *reader) bad(c cell, key, format string, args ...any) {
	r.problems = append(r.problems, &scenarios.Problem{Place: c.at, Key: key, Message: fmt.Sprintf(format, args...)})
}

// assume notes what is assumed, once.
func (r *reader) assume(format string, args ...any) {
	if s := fmt.Sprintf(format, args...); !slices.Contains(r.says, s) {
		r.says = append(r.says, s)
	}
}

// census gives the wards that begin later than the scenario, in another season,
// as many patients as they have then on average, unless the scenario says how
// many it starts with.
func (r *reader) census() {
	if r.at.Day() == 0 {
		return
	}
	for i := range r.config.Hospitals {
		h := &r.config.Hospitals[i]
		for k := range h.Patients {
			g := &h.Patients[k]
			name := strings.TrimPrefix(h.Name, "hospital.")
			_, group, _ := strings.Cut(g.Name, ".patients.")
			if r.sc.File.Hospital[name].Patients[group].Initial == nil {
				g.Initial = int(r.usual(g) + 0.5)
			}
		}
	}
}

// usual returns how many patients of a group there are on average on the day of
// the count.
func (r *reader) usual(g *model.PatientDemand) float64 {
	if g.Mean == 0 {
		return float64(g.Initial)
	}
	n := g.Stay.Mean() / g.Mean
	if len(g.Profile) > 0 {
		n *= g.Profile[min(r.at.Day(), len(g.Profile)-1)]
	}
	return n
}

// row understands a row.
func (r *reader) row(x *row) {
	name := x.cells["place"]
	p, err := r.places.find(name.text, "hpvt")
	if err != nil {
		r.bad(name, "place", "%v", err)
		return
	}
	for _, column := range Columns {
		if c, ok := x.cells[column.Name]; ok && !strings.ContainsRune(column.of, p.kind) && c.text != "0" {
			r.bad(c, column.Name, "%s is a %s, of which this is not counted; want nothing here", p.name, kindNames[p.kind])
		}
	}
	before := len(r.problems)
	typ := r.typeOf(p, x)
	key := fmt.Sprint(p.name, " ", typ)
	if r.seen[key] && p.kind != truck {
		r.bad(name, "place", "%s has been counted above already; want one row for each type", p.name)
	}
	r.seen[key] = true
	if len(r.problems) > before {
		return
	}
	r.counted[p.name] = true
	r.say(p, x, typ)
	if p.kind == truck {
		r.fleet(p, name.text)
	}
	switch p.kind {
	case hospital:
		r.hospital(p, x, typ)
	case truck:
		r.truck(p, x, typ)
	default:
		r.plant(p, x, typ)
	}
}

// typeOf returns the type of cylinder that a row counts: the only one that there
// is, or None if the row counts none.
func (r *reader) typeOf(p place, x *row) int {
	kept := make([]int, 0, len(r.config.Types))
	for t := range r.config.Types {
		if p.kind != hospital || r.lineOf(p, t) != nil {
			kept = append(kept, t)
		}
	}
	c, said := x.cells["type"]
	if !said {
		if len(kept) == 1 {
			return kept[0]
		}
		for _, column := range []string{"full", "in use", "empty", "on the way", "filling"} {
			if n, ok := x.cells[column]; ok && n.text != "0" {
				if len(kept) == 0 {
					r.bad(n, column, "%s keeps no cylinders in the scenario; want nothing here", p.name)
				} else {
					r.bad(n, column, "want a type in this row, one of %s", r.types(kept))
				}
				break
			}
		}
		return model.None
	}
	for _, t := range kept {
		if plain(r.config.Types[t].Name) == plain(c.text) {
			return t
		}
	}
	if len(kept) == 0 {
		r.bad(c, "type", "%s keeps no cylinders in the scenario", p.name)
	} else {
		r.bad(c, "type", "%s keeps no cylinders of type %q; want %s", p.name, quantity.Shorten(c.text), r.types(kept))
	}
	return model.None
}

func (r *reader) types(list []int) string {
	var names []string
	for _, t := range list {
		names = append(names, r.config.Types[t].Name)
	}
	return strings.Join(names, ", ")
}

// lineOf returns the line of a type at a hospital, or nil.
func (r *reader) lineOf(p place, typ int) *model.Line {
	h := &r.config.Hospitals[p.index]
	for i := range h.Lines {
		if h.Lines[i].Type == typ {
			return &h.Lines[i]
		}
	}
	return nil
}

// mostCounted is above any number that is counted.
const mostCounted = 100_000

// number reads a whole number of a column; said is false if there is none.
func (r *reader) number(x *row, column string) (n int, said bool) {
	c, ok := x.cells[column]
	if !ok {
		return 0, false
	}
	text := strings.ReplaceAll(c.text, " ", "")
	whole, rest, _ := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	if strings.Trim(rest, "0") == "" && len(rest) < 3 && whole != "" && len(whole) < 10 {
		n, digits := 0, true
		for _, d := range whole {
			digits = digits && d >= '0' && d <= '9'
			n = 10*n + int(d-'0')
		}
		if digits && n <= mostCounted {
			return n, true
		}
	}
	r.bad(c, column, "want a whole number of 0 or more, not %q", quantity.Shorten(c.text))
	return 0, false
}

// instant reads a time of a column.
func (r *reader) instant(x *row, column string, past bool) (at sim.Time, said bool) {
	c, ok := x.cells[column]
	if !ok {
		return 0, false
	}
	at, err := when(c.text, r.config.Start, r.at, past)
	if err != nil {
		r.bad(c, column, "%v", err)
		return 0, false
	}
	return at, true
}

// yes reads yes or no of a column.
func (r *reader) yes(x *row, column string) (yes, said bool) {
	c, ok := x.cells[column]
	if !ok {
		return false, false
	}
	switch strings.ToLower(c.text) {
	case "yes", "y", "true", "on", "up", "ok", "running", "available":
		return true, true
	case "no", "n", "false", "off", "down", "out", "broken", "stopped":
		return false, true
	}
	r.bad(c, column, "want yes or no, not %q", quantity.Shorten(c.text))
	return false, false
}

func (r *reader) hospital(p place, x *row, typ int) {
	h := &r.config.Hospitals[p.index]
	if typ != model.None {
		r.line(h, r.lineOf(p, typ), x)
	}
	r.patients(h, x)
	var m *model.Machine
	if h.Concentrators != nil {
		m = &h.Concentrators.Machines
	}
	until, expects := r.instant(x, "expected", false)
	if n, said := r.number(x, "on the way"); expects && (!said || n == 0) {
		if c, ok := x.cells["running"]; !ok || c.text == "yes" {
			r.bad(x.cells["expected"], "expected", "want how many full cylinders are on the way, or that its machines do not run")
		}
	} else if said && n > 0 {
		until = 0 // it is the cylinders that are expected
	}
	r.machines(p, m, x, until)
	r.power(p, h.Power, x)
	if b := h.Bulk; b != nil {
		r.tank(x, b.Tank, &b.Stored)
	} else if c, ok := x.cells["tank"]; ok {
		r.bad(c, "tank", "%s has no tank in the scenario; want nothing here", p.name)
	}
}

// line takes over what was counted of a type at a hospital.
func (r *reader) line(h *model.Hospital, l *model.Line, x *row) {
	if n, said := r.number(x, "full"); said {
		l.Full = n
	}
	if n, said := r.number(x, "empty"); said {
		l.Empty = n
	}
	if n, said := r.number(x, "in use"); said {
		places, free := 0, true
		for _, d := range h.Cylinders {
			if h.Lines[d.Line].Type == l.Type {
				places += d.Places
				free = free && d.Places > 0
			}
		}
		if len(h.Cylinders) > 0 && len(h.Patients)+len(h.Flow) == 0 && free && places > 0 && n > places {
			r.bad(x.cells["in use"], "in use", "want at most the %d places of the scenario, not %d", places, n)
		}
		l.InUse = n
		if n > 0 {
			r.assume("a cylinder in use has been so for a time that nobody noted: what is left of it is drawn")
		}
	}
	n, said := r.number(x, "on the way")
	if !said || n == 0 {
		return
	}
	at, ok := r.instant(x, "expected", false)
	if _, said := x.cells["expected"]; !said {
		r.bad(x.cells["on the way"], "expected", "want when the %d on the way arrive, such as \"14:30\"", n)
	}
	if ok {
		l.Coming = append(l.Coming, model.Coming{Count: n, At: at})
	}
}

// patients shares patients counted among the groups, in proportion to what is
// usual.
func (r *reader) patients(h *model.Hospital, x *row) {
	n, said := r.number(x, "patients")
	if !said {
		return
	}
	if len(h.Patients) == 0 {
		if n > 0 {
			r.bad(x.cells["patients"], "patients", "%s has no patients in the scenario, but another form of demand; want nothing here", h.Name)
		}
		return
	}
	all := 0.0
	for i := range h.Patients {
		all += r.usual(&h.Patients[i])
	}
	share, given := 0.0, 0
	for i := range h.Patients {
		g := &h.Patients[i]
		if all > 0 {
			share += r.usual(g) / all
		} else {
			share += 1 / float64(len(h.Patients))
		}
		upTo := int(share*float64(n) + 0.5)
		if i == len(h.Patients)-1 {
			upTo = n
		}
		g.Initial, given = upTo-given, upTo
	}
	if len(h.Patients) > 1 {
		r.assume("patients counted at a hospital are shared among its groups as is usual on that day")
	}
	r.assume("patients counted stay as long as new ones")
}

// machines takes over how many machines run.
func (r *reader) machines(p place, m *model.Machine, x *row, until sim.Time) {
	c, said := x.cells["running"]
	since, dates := r.instant(x, "down since", true)
	if !said {
		if dates {
			r.bad(x.cells["down since"], "running", "want no, or how many run, beside a time at which it stopped")
		}
		return
	}
	var running int
	first, _, _ := strings.Cut(strings.ToLower(c.text), " of ")
	if first != "" && first[0] >= '0' && first[0] <= '9' {
		n, ok := r.number(&row{cells: map[string]cell{"running": {first, c.at}}}, "running")
		if !ok {
			return
		}
		running = n
	} else {
		yes, ok := r.yes(x, "running")
		if !ok {
			return
		}
		if yes {
			if dates {
				r.bad(x.cells["down since"], "down since", "it runs; want nothing here")
			}
			return
		}
	}
	switch {
	case m == nil || m.Count == 0:
		r.bad(c, "running", "%s has no machines in the scenario that could stop; want nothing here", p.name)
		return
	case running > m.Count:
		r.bad(c, "running", "want at most the %d machines that run together, not %d", m.Count, running)
		return
	case running == m.Count:
		return
	}
	f := model.Failed{Mode: model.None, Until: until}
	if dates {
		f.For = r.at.Sub(since)
	} else if until == 0 {
		r.assume("%s: nobody noted since when it is down; it is taken to have failed at the time of the count", p.name)
	}
	if until == 0 && len(m.Modes) == 0 {
		r.bad(c, "running", "%s never fails in the scenario, so that nobody knows for how long; want when it is expected to run", p.name)
		return
	}
	m.Down = slices.Repeat([]model.Failed{f}, m.Count+m.Spares-running)
}

// power takes over whether there is power from the mains.
func (r *reader) power(p place, w model.Power, x *row) {
	on, said := r.yes(x, "power")
	since, dates := r.instant(x, "power off since", true)
	if !said {
		if dates {
			r.bad(x.cells["power off since"], "power", "want no beside a time at which the power failed")
		}
		return
	}
	if on && dates {
		r.bad(x.cells["power off since"], "power off since", "there is power; want nothing here")
		return
	}
	c := x.cells["power"]
	g := w.Grid
	if g == model.None {
		if !on {
			r.bad(c, "power", "%s has no mains in the scenario that could fail; want nothing here", p.name)
		}
		return
	}
	for g != model.None && !r.config.Grids[g].Random {
		g = r.config.Grids[g].Parent
	}
	if g == model.None {
		if !on {
			r.assume("%s: the scenario's power cuts go by the clock; that there is no power now changes nothing", p.name)
		}
		return
	}
	word := map[bool]string{true: "yes", false: "no"}[on]
	if before, ok := r.grids[g]; ok && before != word {
		r.bad(c, "power", "another place on grid %s says %q; want the same", r.config.Grids[g].Name, before)
		return
	}
	r.grids[g] = word
	if on {
		return
	}
	f := &model.Failed{}
	if dates {
		f.For = r.at.Sub(since)
	} else {
		r.assume("grid %s: nobody noted since when it is off; it is taken to have failed at the time of the count", r.config.Grids[g].Name)
	}
	if old := r.config.Grids[g].Out; old != nil {
		f.For = max(f.For, old.For)
	}
	r.config.Grids[g].Out = f
}

// tank takes over what is in a tank.
func (r *reader) tank(x *row, room model.Gas, stored *model.Gas) {
	c, said := x.cells["tank"]
	if !said {
		return
	}
	if strings.HasSuffix(c.text, "%") {
		if s, err := quantity.Parse[quantity.Share](strings.Replace(c.text, ",", ".", 1)); err == nil && s.Fraction() <= 1 {
			*stored = room.Share(s.Fraction())
			return
		}
	} else if v, err := quantity.Parse[quantity.Volume](strings.Replace(c.text, ",", ".", 1)); err == nil && model.Gas(v.Units()) <= room {
		*stored = model.Gas(v.Units())
		return
	}
	r.bad(c, "tank", "want how full the tank is, such as \"60 %%\" or \"2 m3\", and no more than it holds, not %q", quantity.Shorten(c.text))
}

func (r *reader) plant(p place, x *row, typ int) {
	k := &r.config.Plants[p.index]
	if typ != model.None {
		if n, said := r.number(x, "full"); said {
			k.Full[typ] = n
		}
		n, said := r.number(x, "empty")
		filling, fills := r.number(x, "filling")
		if said || fills {
			k.Empty[typ] = n + filling
		}
		if filling > 0 {
			r.assume("cylinders being filled begin their fill anew")
		}
	}
	if p.kind == vendor {
		return
	}
	var m *model.Machine
	if k.Make != nil {
		m = &k.Make.Machines
	}
	until, said := r.instant(x, "expected", false)
	if c, ok := x.cells["running"]; said && !ok {
		r.bad(x.cells["expected"], "running", "want no, or how many machines run, beside a time at which it is expected to run%s", c.text)
	}
	r.machines(p, m, x, until)
	r.power(p, k.Power, x)
	if k.Make != nil && k.Make.Tank > 0 && k.Make.Flow > 0 {
		r.tank(x, k.Make.Tank, &k.Make.Stored)
	} else if c, ok := x.cells["tank"]; ok {
		r.bad(c, "tank", "%s has no tank in the scenario; want nothing here", p.name)
	}
}
