package workbook

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing/fstest"

	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/scenarios/source"
)

// Read makes a scenario of the sheets of a workbook. All that is wrong is told
// with its cell; then the scenario is nil. Further checks may be made of it.
func Read(name string, sheets []*Sheet, checks ...Check) (*scenarios.Scenario, scenarios.Problems) {
	sc, _, problems := ReadWarned(name, sheets, nil, checks...)
	return sc, problems
}

// Check says what is to be said of a scenario.
type Check func(*scenarios.Scenario) scenarios.Problems

// ReadWarned is Read, and returns what is to be looked at again though nothing is
// wrong, with its cells: names that can hardly be told apart, and what warn says of
// the scenario.
func ReadWarned(name string, sheets []*Sheet, warn Check, checks ...Check) (sc *scenarios.Scenario, warnings, problems scenarios.Problems) {
	b := &book{name: name, files: fstest.MapFS{}, cells: map[string]map[int][]mark{}, rows: map[string][]string{}, first: map[string]string{}}
	sheets = tidy(sheets)
	b.docs = scenarios.Keys()
	b.form, b.sheets = formOf(sheets), map[string]*Sheet{}
	for _, s := range sheets {
		if r, err := role(s.Name); err == nil {
			b.sheets[r] = s
		}
		if s.called != nil {
			b.called = s.called
		}
	}
	b.sort(sheets)
	b.nobody()
	// A cell does not say whether 2020 is a number or a text. It is read as a
	// number first and, where that is none of the key's values, as a text.
	for {
		b.main()
		sc, problems = scenarios.Read(b.files, mainFile)
		for _, check := range checks {
			if sc != nil {
				problems = append(problems, check(sc)...)
			}
		}
		if !b.quote(problems) {
			if problems = b.together(b.inCells(problems)); len(problems) > 0 {
				return nil, nil, problems
			}
			sc.Name = name
			for _, s := range sheets {
				warnings = append(warnings, s.notes...)
			}
			if warn != nil {
				warnings = append(warnings, b.inCells(warn(sc))...)
			}
			warnings.Sort()
			return sc, warnings, nil
		}
	}
}

// mainFile is the scenario file that a workbook stands for. Its tables are
// beside it.
const mainFile = "scenario.toml"

// book is a workbook on its way to be a scenario: its sheets become the tables
// and the settings of a scenario file, and it is remembered which cell each
// part of them was.
type book struct {
	name     string
	files    fstest.MapFS
	cells    map[string]map[int][]mark // places of what is in a file, by file and line
	settings []cellSetting
	rows     map[string][]string // names that have a row, by kind
	first    map[string]string   // cells that have a value, by its key
	named    []string            // kinds of which all things have a row
	tables   []string            // kinds that have a sheet
	sources  [][2]string         // keys, and where their numbers come from
	cited    []source.Place      // of these
	docs     []source.KeyDoc     // all there may be
	form     form                // of most of what it was read from
	sheets   map[string]*Sheet   // by what they are for
	called   map[string]string   // what things are called in the workbook, by their names where these are others
	lacking  bool                // a sheet is not there, or cannot be taken for one
	problems scenarios.Problems
}

// cellSetting is the value of a key, in a cell.
type cellSetting struct {
	key, value string
	at         source.Place
	text       bool // the value is a text, whatever it looks like
}

func (b *book) bad(at source.Place, key, format string, args ...any) {
	b.problems = append(b.problems, &scenarios.Problem{Place: at, Key: key, Message: b.asCalled(fmt.Sprintf(format, args...))})
}

// sort takes each sheet for what it is: things before what refers to them.
func (b *book) sort(sheets []*Sheet) {
	seen := map[string]*Sheet{}
	for _, s := range sheets {
		r, err := role(s.Name)
		whole := s.whole(b.name)
		switch {
		case err != nil:
			b.lacking = true
			b.bad(whole, "", "%s", strings.Replace(err.Error(), "a sheet called", "a "+s.form.word()+" called", 1))
		case r == "":
		case seen[r] != nil:
			b.bad(whole, "", "the %s %q is there already", seen[r].form.word(), seen[r].Name)
		case s.head() < 0 && strings.HasSuffix(r, ".csv"):
			b.bad(whole, "", "want a row of heads, not an empty sheet")
		default:
			b.problems = append(b.problems, s.valueless()...)
			seen[r] = s
		}
	}
	take := func(r string, as func(*Sheet)) {
		if s := seen[r]; s != nil && s.head() >= 0 {
			as(s)
		}
	}
	for _, kind := range scenarios.Kinds() {
		take(kind, func(s *Sheet) { b.kind(kind, s) })
	}
	for _, r := range []string{sheetScenario, sheetPrice} {
		take(r, func(s *Sheet) { b.keys(s, r) })
	}
	for _, needed := range []string{"cylinder", "hospital"} {
		if !slices.Contains(b.tables, needed) && (needed == "hospital" || !b.sets(needed)) {
			b.lacking = true
			switch {
			case b.form == aMap && needed == "cylinder":
				b.bad(source.Place{File: b.name}, needed, `a map has places and roads, and no cylinders: want a table cylinder.csv beside it, and truck.csv; oxysim export writes such tables`)
			case b.form == aMap:
				b.bad(source.Place{File: b.name}, needed, `want a feature of kind %q, or a table %s.csv with a row for each`, needed, needed)
			case b.form == aTable:
				b.bad(source.Place{File: b.name}, needed, `want a table %s.csv with a row for each`, needed)
			default:
				b.bad(source.Place{File: b.name}, needed, `want a sheet called %q with a row for each; oxysim new --xlsx writes a workbook to fill in`, needed)
			}
		}
	}
	take(sheetDemand, b.demand)
	take(sheetSource, b.citations)
	for _, r := range slices.Sorted(maps.Keys(seen)) {
		if strings.HasSuffix(r, ".csv") {
			b.file(r, seen[r])
		}
	}
}

// sets reports whether a setting makes a thing of a kind.
func (b *book) sets(kind string) bool {
	return slices.ContainsFunc(b.settings, func(s cellSetting) bool { return strings.HasPrefix(s.key, kind+".") })
}

// heads returns the columns of a sheet that must have certain heads; nil if one
// is missing.
func (b *book) heads(s *Sheet, want ...string) map[string]int {
	head := s.head()
	at := map[string]int{}
	for j, text := range s.Rows[head] {
		text = strings.TrimSpace(text)
		if _, twice := at[text]; twice && text != "" {
			b.bad(s.place(head, j), "", "two columns %q", text)
		}
		at[text] = j
	}
	for _, w := range want {
		if _, ok := at[w]; !ok {
			b.bad(s.place(head, 0), "", "want a column %q", w)
			at, b.lacking = nil, true
		}
	}
	return at
}

// known refuses columns that have something in them and of which nothing is read.
func (b *book) known(s *Sheet, heads ...string) {
	for j, h := range s.Rows[s.head()] {
		if h = strings.TrimSpace(h); h == "" || strings.HasPrefix(h, "#") || slices.Contains(heads, h) {
			continue
		}
		if slices.ContainsFunc(s.data(), func(i int) bool { return text(s.Rows[i], j) != "" }) {
			b.bad(s.place(s.head(), j), "", `want a column %s, not %q; begin its head with "#" if it is your own`, quantity.Either(heads), quantity.Shorten(h))
		}
	}
}

// text returns the text of a cell, "" if the row is shorter.
func text(row []string, col int) string {
	if col < len(row) {
		return strings.TrimSpace(row[col])
	}
	return ""
}

// data returns the numbers of the rows below the heads that are no remarks.
func (s *Sheet) data() (list []int) {
	for i := s.head() + 1; i < len(s.Rows); i++ {
		if !remark(s.Rows[i]) {
			list = append(list, i)
		}
	}
	return list
}

// twice says that a cell has what another has already, if it is so: a value by its
// key, or where numbers come from.
func (b *book) twice(at source.Place, what, key string) bool {
	if first, there := b.first[what]; there {
		b.bad(at, key, "want it once, not here and in %s", strings.TrimPrefix(first, b.name+":"))
		return true
	}
	b.first[what] = at.String()
	return false
}

// set notes a setting.
func (b *book) set(at source.Place, key, value string) {
	if b.twice(at, key, key) {
		return
	}
	b.settings = append(b.settings, cellSetting{key: key, value: value, at: at})
}

// nobody refuses settings of things that have no row, where others of their kind
// do: their names are misspelt.
func (b *book) nobody() {
	for _, s := range b.settings {
		_, parts, _ := source.Key(s.key)
		if len(parts) < 3 || !slices.Contains(b.named, parts[0]) || slices.Contains(b.rows[parts[0]], parts[1]) {
			continue
		}
		b.noRow(s.at, s.key, parts[0], parts[1])
	}
}

// noRow says that there is no row for a thing.
func (b *book) noRow(at source.Place, key, kind, name string) {
	hint := ""
	if g := quantity.Guess(name, b.rows[kind]); g != "" {
		hint = fmt.Sprintf(" (did you mean %q?)", g)
	}
	b.bad(at, key, "the %s %s has no row for %q%s", b.form.word(), kind, name, hint)
}
