package workbook

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/scenarios/source"
)

// layout is a scenario divided among tables.
type layout struct {
	tables   []*table          // of kinds of things, in the order of a scenario file
	demand   *table            // of demands of hospitals; nil if there are none, or if they stand in the table of hospitals
	settings []setting         // what no table has
	sources  [][2]string       // keys, and where their numbers come from
	data     []*table          // to which values refer
	order    map[string]int    // of keys, with NAME in the place of names
	named    map[string]string // names of data files, by file
}

// setting is a key and its value: as [source.Tree.Set] reads it, and as it is
// written in a file.
type setting struct{ key, text, toml, source string }

// table is the things of a kind, a row for each.
type table struct {
	name string
	own  []string // heads of the columns that say which thing a row is
	rows []*row
}

// row is a thing: its own columns, its values by key, and where these come from
// if that is the same for all.
type row struct {
	own    []string
	values map[string]string
	from   map[string]string // sources, by key
	keys   []string          // in the order of declaration
}

// source returns where most of the values come from.
func (r *row) source() string {
	count := map[string]int{}
	best := ""
	for _, k := range r.keys {
		if s := r.from[k]; s != "" {
			if count[s]++; count[s] > count[best] || count[s] == count[best] && s < best {
				best = s
			}
		}
	}
	return best
}

// lay divides a scenario among tables. If apart, demands have a table of their
// own.
func lay(sc *scenarios.Scenario, apart bool) *layout {
	l := &layout{order: map[string]int{}, named: map[string]string{}}
	kinds := scenarios.Kinds()
	for i, k := range scenarios.Keys() {
		l.order[strings.Join(k.Path, ".")] = i
	}
	tables := map[string]*table{}
	for _, k := range kinds {
		tables[k] = &table{name: k, own: []string{headName}}
	}
	demand := &table{name: sheetDemand, own: []string{headHospital, headKind, headName}}
	rows := map[string]*row{}
	put := func(t *table, id string, own []string, key string, x *source.Leaf) {
		r := rows[id]
		if r == nil {
			r = &row{own: own, values: map[string]string{}, from: map[string]string{}}
			rows[id] = r
			t.rows = append(t.rows, r)
		}
		if key != "" {
			r.values[key], r.from[key] = l.refer(sc, x, x.Plain), x.Source
			r.keys = append(r.keys, key)
		}
	}
	leaves := sc.Tree.Leaves()
	for i := range leaves {
		x := &leaves[i]
		p := x.Path
		switch t := tables[p[0]]; {
		case t == nil || len(p) < 2:
			l.set(sc, x)
		case apart && p[0] == "hospital" && len(p) > 4 && slices.Contains(demandKinds, p[2]) && x.Cell:
			put(t, "hospital."+p[1], []string{p[1]}, "", x)
			put(demand, "demand."+strings.Join(p[1:4], "."), []string{p[1], p[2], p[3]}, joinKey(p[4:]), x)
		case len(p) == 2:
			put(t, p[0]+"."+p[1], []string{p[1]}, "", x)
		case x.Cell && (p[0] != "option" || p[2] != "change"): // of what an option changes, a cell does not say what it is
			put(t, p[0]+"."+p[1], []string{p[1]}, joinKey(p[2:]), x)
		default:
			put(t, p[0]+"."+p[1], []string{p[1]}, "", x)
			l.set(sc, x)
		}
	}
	for _, k := range kinds {
		if len(tables[k].rows) > 0 {
			l.tables = append(l.tables, tables[k])
		}
	}
	if len(demand.rows) > 0 {
		l.demand = demand
	}
	for _, t := range append(slices.Clone(l.tables), demand) {
		for _, r := range t.rows {
			from := r.source()
			for _, k := range r.keys {
				if r.from[k] != from {
					l.sources = append(l.sources, [2]string{t.key(r) + "." + k, r.from[k]})
				}
			}
		}
	}
	return l
}

// set notes a value that no table has.
func (l *layout) set(sc *scenarios.Scenario, x *source.Leaf) {
	s := setting{key: x.Key(), text: l.refer(sc, x, x.Text), source: x.Source}
	s.toml = sc.Tree.TOML(s.key)
	if x.File != "" {
		s.toml = tomlText(s.text)
	}
	l.settings = append(l.settings, s)
}

// key returns the dotted key of the thing of a row.
func (t *table) key(r *row) string {
	if t.name == sheetDemand {
		return joinKey([]string{"hospital", r.own[0], r.own[1], r.own[2]})
	}
	return joinKey([]string{t.name, r.own[0]})
}

// joinKey returns a dotted key, its parts in quotes where they must be.
func joinKey(path []string) string {
	x := source.Leaf{Path: path}
	return x.Key()
}

// refer returns a text in which a file that it names has the name under which
// its table is kept, and keeps that table.
func (l *layout) refer(sc *scenarios.Scenario, x *source.Leaf, text string) string {
	if x.File == "" {
		return text
	}
	name, ok := l.named[x.File]
	if !ok {
		name = l.dataName(x.File)
		l.named[x.File] = name
		l.data = append(l.data, &table{name: name, own: []string{string(sc.Tree.Data(x.File))}})
	}
	_, column, found := strings.Cut(text, "#")
	if found {
		return name + "#" + column
	}
	return name
}

// mostInName is how many characters the name of a table has before its number and
// ending, so that a sheet can be called so: it may have 31.
const mostInName = 22

// dataName returns a name for the table of a file, under which it can be both a
// file and a sheet, and which is that of no other and of no kind of thing.
func (l *layout) dataName(file string) string {
	base := path.Base(file)
	stem := []rune(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'#`, r) {
			return '-'
		}
		return r
	}, strings.TrimSuffix(base, path.Ext(base))))
	stem = stem[:min(len(stem), mostInName)]
	taken := func(name string) bool {
		return slices.ContainsFunc(l.data, func(t *table) bool { return strings.EqualFold(t.name, name) }) ||
			slices.ContainsFunc(scenarios.Kinds(), func(kind string) bool { return strings.EqualFold(kind+".csv", name) })
	}
	name := string(stem) + ".csv"
	for n := 2; taken(name); n++ {
		name = string(stem) + "-" + strconv.Itoa(n) + ".csv"
	}
	return name
}

// columns returns the keys that rows have, in the order of a scenario file, and
// those of one named thing beside each other.
func (l *layout) columns(t *table) []string {
	var keys []string
	first := map[string]int{}
	for _, r := range t.rows {
		for _, k := range r.keys {
			if !slices.Contains(keys, k) {
				first[k] = len(keys)
				keys = append(keys, k)
			}
		}
	}
	slices.SortStableFunc(keys, func(a, b string) int { return l.rank(t, a) - l.rank(t, b) })
	return keys
}

// rank returns the place of a column among those of its sheet: that of its key
// in a scenario file or, if it is within named things, of the first key of such.
func (l *layout) rank(t *table, key string) int {
	parts := strings.Split(key, ".")
	prefix := []string{t.name, "NAME"}
	if t.name == sheetDemand {
		for _, kind := range demandKinds {
			if n, ok := l.order[strings.Join([]string{"hospital", "NAME", kind, "NAME", parts[0]}, ".")]; ok {
				return n
			}
		}
	}
	if n, ok := l.order[strings.Join(append(prefix, parts...), ".")]; ok {
		return n
	}
	best := 1 << 20
	stem := strings.Join(append(prefix, parts[0]), ".") + "."
	for k, n := range l.order {
		if strings.HasPrefix(k, stem) {
			best = min(best, n)
		}
	}
	return best
}

// unit returns the unit that most numbers of a column have, so that it may stand
// in the head and they can be numbers; "" if none has, or if a value would be
// another below it. Those with a range, of another unit, or laws stay as they are.
func unit(rows []*row, key string) string {
	count := map[string]int{}
	best := ""
	for _, r := range rows {
		if u := unitOf(r.values[key]); u != "" {
			if count[u]++; count[u] > count[best] {
				best = u
			}
		}
	}
	for _, r := range rows {
		if v := r.values[key]; unitOf(v) != best && quantity.WithUnit(v, best) != v {
			return ""
		}
	}
	return best
}

// unitOf returns the unit of a value that is a number with a unit, and "" of any
// other.
func unitOf(v string) string {
	number, u := cutNumber(v)
	if u == "" || strings.ContainsAny(u, "[]()") || quantity.WithUnit(number, u) != v {
		return ""
	}
	return u
}

// cutNumber splits a value such as "42 km" or "6/day" after its number.
func cutNumber(v string) (number, unit string) {
	i := strings.IndexAny(v, " /")
	if i < 0 {
		return v, ""
	}
	if _, err := strconv.ParseFloat(v[:i], 64); err != nil {
		return v, ""
	}
	return v[:i], strings.TrimSpace(v[i:])
}
