package scenarios

import (
	"maps"
	"math"
	"slices"
	"strings"

	"oxysim/model"
	q "oxysim/scenarios/quantity"
	"oxysim/scenarios/source"
	"oxysim/sim"
)

// builder turns a File into a model.Config: names into indices, calendars into
// one number per day, and what cannot be into problems.
//
// Things of a kind are in the order of their names, so that the order in which
// a file declares them changes nothing.
type builder struct {
	tree     *source.Tree
	file     *File
	config   *model.Config
	problems source.Problems
	days     int

	types, grids, crews, weathers names
	plants, hospitals, trucks     names // plants, then vendors
	places                        names // plants, hospitals, junctions
	vendors                       map[string]bool
	truckFirst                    map[string]int // index of the first truck of a name
}

// names gives things of a kind their index.
type names struct {
	kind  string
	index map[string]int
	list  []string
}

func namesOf[T any](kind string, m map[string]T) names {
	n := names{kind: kind, index: map[string]int{}}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		n.add(name)
	}
	return n
}

func (n *names) add(name string) {
	n.index[name] = len(n.list)
	n.list = append(n.list, name)
}

// build makes a Config. The file is decoded without problems.
func build(tree *source.Tree, file *File) (*model.Config, source.Problems) {
	b := &builder{tree: tree, file: file, config: &model.Config{}}
	b.name()
	b.labels()
	if len(b.problems) == 0 {
		b.run()
		b.cylinders()
		b.weather()
		b.power()
		b.plantsAndVendors()
		b.hospitalsAll()
		b.roads()
		b.trucksAll()
		b.rounds()
		b.everyLineIsReached()
		b.limits()
	}
	b.problems.Sort()
	return b.config, b.problems
}

// bad notes a problem at a key.
func (b *builder) bad(key, format string, args ...any) {
	b.problems = append(b.problems, b.tree.Problem(key, format, args...))
}

// name gives everything its index.
func (b *builder) name() {
	f := b.file
	b.types = namesOf("cylinder type", f.Cylinder)
	b.grids = names{kind: "grid", index: map[string]int{}}
	b.crews = namesOf("crew", f.Crew)
	b.weathers = namesOf("weather", f.Weather)
	b.plants = namesOf("plant or vendor", f.Plant)
	b.vendors = map[string]bool{}
	for _, v := range slices.Sorted(maps.Keys(f.Vendor)) {
		if _, taken := b.plants.index[v]; taken {
			b.bad("vendor."+v, "there is a plant of this name too; want another name")
			continue
		}
		b.vendors[v] = true
		b.plants.add(v)
	}
	b.hospitals = namesOf("hospital", f.Hospital)
	b.places = names{kind: "plant, vendor, hospital or junction", index: map[string]int{}}
	for _, kind := range []struct {
		prefix string
		list   []string
	}{{"plant or vendor", b.plants.list}, {"hospital", b.hospitals.list}, {"junction", namesOf("junction", f.Junction).list}} {
		for _, name := range kind.list {
			if _, taken := b.places.index[name]; taken {
				b.bad(strings.Fields(kind.prefix)[0]+"."+name, "another place has this name; want a name of its own")
			}
			b.places.add(name)
		}
	}
	if n := len(b.places.list); n > mostPlaces {
		b.bad("hospital", "there are %d places; want at most %d", n, mostPlaces)
	}
}

// labels refuses texts that are shown and would disturb what they are shown in.
func (b *builder) labels() {
	check := func(key, text string) {
		if strings.ContainsFunc(text, source.Disturbs) {
			b.bad(key, "want a text on one line, without control characters, not %q", q.Shorten(text))
		}
	}
	check("title", b.file.Title)
	check("about", strings.NewReplacer("\n", " ", "\r", "", "\t", " ").Replace(b.file.About))
	for _, name := range slices.Sorted(maps.Keys(b.file.Hospital)) {
		check("hospital."+name+".label", b.file.Hospital[name].Label)
	}
	for _, name := range slices.Sorted(maps.Keys(b.file.Plant)) {
		check("plant."+name+".label", b.file.Plant[name].Label)
	}
	for _, name := range slices.Sorted(maps.Keys(b.file.Vendor)) {
		check("vendor."+name+".label", b.file.Vendor[name].Label)
	}
	for _, name := range slices.Sorted(maps.Keys(b.file.Option)) {
		check("option."+name+".label", b.file.Option[name].Label)
	}
}

// find returns the index of a named thing. A name that is not there is a
// problem at the key; the empty name is None.
func (b *builder) find(n *names, key, name string) int {
	if name == "" {
		return model.None
	}
	if i, ok := n.index[name]; ok {
		return i
	}
	b.unknown(n, key, name)
	return model.None
}

// unknown notes that there is no thing of a name.
func (b *builder) unknown(n *names, key, name string) {
	switch guess := q.Guess(name, n.list); {
	case guess != "":
		b.bad(key, "no %s is called %q (did you mean %q?)", n.kind, name, guess)
	case len(n.list) == 0:
		b.bad(key, "no %s is called %q; there is none at all", n.kind, name)
	default:
		b.bad(key, "no %s is called %q; want one of %s", n.kind, name, someOf(n.list))
	}
}

// findOnly returns the index of a named thing or, if no name is given, of the
// only one there is.
func (b *builder) findOnly(n *names, key, name string) int {
	if name != "" {
		return b.find(n, key, name)
	}
	if len(n.list) == 1 {
		return 0
	}
	if len(n.list) == 0 {
		b.bad(key, "want a %s, but there is none", n.kind)
	} else {
		b.bad(key, "want the name of a %s, because there are %d: %s", n.kind, len(n.list), someOf(n.list))
	}
	return model.None
}

// someOf lists up to eight names.
func someOf(list []string) string {
	if len(list) > 8 {
		return strings.Join(list[:8], ", ") + ", …"
	}
	return strings.Join(list, ", ")
}

// run fills in what concerns the whole run.
func (b *builder) run() {
	r := &b.file.Run
	c := b.config
	c.Start = model.Date(r.Start.Days())
	c.Horizon = sim.Span(r.Horizon.Seconds())
	c.WarmUp = sim.Span(r.WarmUp.Seconds())
	b.days = int((c.Horizon+sim.Day-1)/sim.Day) + 1
	if c.WarmUp >= c.Horizon {
		b.bad("run.warm_up", "want a warm-up shorter than the horizon of %v, not %v", r.Horizon, r.WarmUp)
	}
	if c.WarmUp%sim.Day != 0 {
		b.bad("run.warm_up", "want whole days, such as \"30 d\", not %v", r.WarmUp)
	}
}

// cylinders fills in the types.
func (b *builder) cylinders() {
	for _, name := range b.types.list {
		f := b.file.Cylinder[name]
		b.config.Types = append(b.config.Types, model.CylinderType{
			Name: name, Content: model.Gas(f.Content.Units()), Usable: f.Usable.Fraction(),
			Full: model.Kg(f.MassFull.Kg()), Empty: model.Kg(f.MassEmpty.Kg()),
			Leak: f.LeakPerDay.Fraction(), Loss: f.LossPerYear.Fraction(),
			TestEvery: span(f.TestEvery), TestTakes: f.TestTakes.Law(), TestReject: f.TestReject.Fraction(),
		})
	}
}

// span converts a written span.
func span(s q.Span) sim.Span { return sim.Span(s.Seconds()) }

// windows converts opening hours; nil if always open.
func windows(h q.Hours) model.Windows {
	if h.Always() {
		return nil
	}
	var ws model.Windows
	for _, w := range h.Windows() {
		ws = append(ws, model.Window{From: sim.Span(w.From), To: sim.Span(w.To)})
	}
	return ws
}

// weekdays converts days of the week; 0 if all.
func weekdays(w q.Weekdays) uint8 {
	var bits uint8
	for d := range 7 {
		if w.Has(weekday(d)) {
			bits |= 1 << d
		}
	}
	if bits == 1<<7-1 {
		return 0
	}
	return bits
}

// perDay makes a table of one number for each day of the run.
func (b *builder) perDay(of func(day int, date model.Date) float64) []float64 {
	table := make([]float64, b.days)
	for d := range table {
		table[d] = of(d, b.config.Start+model.Date(d))
	}
	return table
}

// twelve checks a list of a number for each month.
func (b *builder) twelve(key string, list []float64) bool {
	if len(list) != 0 && len(list) != 12 {
		b.bad(key, "want 12 numbers, from January on, not %d", len(list))
		return false
	}
	for _, x := range list {
		if x < 0 || math.IsNaN(x) || math.IsInf(x, 0) {
			b.bad(key, "want numbers of 0 or more, not %v", x)
			return false
		}
	}
	return true
}
