package workbook

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/scenarios/source"
)

// Read makes a scenario of the sheets of a workbook. All that is wrong is told
// with its cell; then the scenario is nil. Further checks may be made of it.
func Read(name string, sheets []*Sheet, checks ...func(*scenarios.Scenario) scenarios.Problems) (*scenarios.Scenario, scenarios.Problems) {
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
		sc, problems := scenarios.Read(b.files, mainFile)
		for _, check := range checks {
			if sc != nil {
				problems = append(problems, check(sc)...)
			}
		}
		if !b.quote(problems) {
			if problems = b.together(b.inCells(problems)); len(problems) > 0 {
				return nil, problems
			}
			sc.Name = name
			return sc, nil
		}
	}
}

// together returns what is wrong in the sheets with what is wrong in the scenario
// that they make. If there is anything of the first, a part of the scenario is
// missing: of the second, only what is wrong of a cell by itself is told, and what
// nothing is said about yet.
func (b *book) together(problems scenarios.Problems) scenarios.Problems {
	if len(b.problems) == 0 {
		return problems
	}
	list := b.problems
	told := map[string]bool{}
	for _, p := range list {
		told[p.Place.String()] = true
	}
	for _, p := range problems {
		byItself := strings.HasPrefix(p.Message, "want ") && strings.Contains(p.Message, ", not ") || strings.HasPrefix(p.Message, "unknown key") ||
			!b.lacking && strings.Contains(p.Message, " is called ")
		if byItself && !told[p.Place.String()] {
			list = append(list, p)
		}
	}
	list.Sort()
	return list
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

// mark is where a cell begins in a line, in characters from 1.
type mark struct {
	column int
	at     source.Place
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

// quote makes texts of the settings about which there are problems, and reports
// whether there was any that was none yet.
func (b *book) quote(problems scenarios.Problems) (more bool) {
	for _, p := range problems {
		if i := p.Place.Line - 1; p.Place.File == mainFile && i >= 0 && i < len(b.settings) && !b.settings[i].text && source.IsValue(b.settings[i].value) {
			b.settings[i].text, more = true, true
		}
	}
	return more
}

// cite notes where the numbers under a key come from.
func (b *book) cite(at source.Place, key, from string) {
	if from != "" && !b.twice(at, headSource+" "+key, key) {
		b.sources, b.cited = append(b.sources, [2]string{key, from}), append(b.cited, at)
	}
}

// keys takes a sheet with a row for each key.
func (b *book) keys(s *Sheet, r string) {
	at := b.heads(s, headKey, headValue)
	if at == nil {
		return
	}
	b.known(s, headKey, headValue, headMeaning, headSource, headNote)
	from, sourced := at[headSource]
	for _, i := range s.data() {
		row := s.Rows[i]
		key, value := text(row, at[headKey]), text(row, at[headValue])
		switch {
		case key == "":
			b.bad(s.place(i, at[headKey]), "", "want a key such as \"run.horizon\" beside %q", quantity.Shorten(value))
			continue
		case value == "":
			continue // left empty: the default holds
		case r == sheetPrice && key != sheetPrice && !strings.HasPrefix(key, sheetPrice+"."):
			key = sheetPrice + "." + key
		}
		plain, _, ok := source.Key(key)
		if !ok {
			b.bad(s.place(i, at[headKey]), "", "want a key such as \"run.horizon\", not %q", quantity.Shorten(key))
			continue
		}
		key = plain
		b.set(s.place(i, at[headValue]), key, value)
		if sourced {
			b.cite(s.place(i, from), key, text(row, from))
		}
	}
}

// citations takes the sheet that says where numbers come from.
func (b *book) citations(s *Sheet) {
	at := b.heads(s, headKey, headSource)
	if at == nil {
		return
	}
	b.known(s, headKey, headSource, headNote)
	for _, i := range s.data() {
		b.cite(s.place(i, at[headKey]), text(s.Rows[i], at[headKey]), text(s.Rows[i], at[headSource]))
	}
}

// demand takes the sheet with a row for each demand of a hospital.
func (b *book) demand(s *Sheet) {
	at := b.heads(s, headHospital, headKind, headName)
	if at == nil {
		return
	}
	head := slices.Clone(s.Rows[s.head()])
	units := make([]string, len(head))
	for j, h := range head {
		h, unit := cutUnit(h)
		plain, _, ok := source.Key(h)
		if !ok && h != "" {
			b.bad(s.place(s.head(), j), "", `want a head such as "rate [/day]", not %q`, quantity.Shorten(h))
		}
		head[j], units[j] = plain, unit
	}
	for _, i := range s.data() {
		row := s.Rows[i]
		hospital, kind, name := text(row, at[headHospital]), strings.ToLower(text(row, at[headKind])), text(row, at[headName])
		if err := quantity.OneOf(kind, demandKinds); err != nil {
			b.bad(s.place(i, at[headKind]), "", "%v", err)
			continue
		}
		if hospital == "" || name == "" {
			b.bad(s.place(i, at[headHospital]), "", "want the name of a hospital, and of the demand")
			continue
		}
		if slices.Contains(b.tables, "hospital") && !slices.Contains(b.rows["hospital"], hospital) {
			b.noRow(s.place(i, at[headHospital]), "", "hospital", hospital)
			continue
		}
		key := joinKey([]string{"hospital", hospital, kind, name})
		for j, h := range head {
			value := text(row, j)
			switch h {
			case "", headHospital, headKind, headName, headNote, headSource:
				if h == headSource {
					b.cite(s.place(i, j), key, value)
				}
				continue
			}
			if value != "" {
				b.set(s.place(i, j), key+"."+h, quantity.WithUnit(value, units[j]))
			}
		}
	}
}

// cutUnit splits the unit from a head such as "length [km]".
func cutUnit(head string) (key, unit string) {
	key, unit, _ = strings.Cut(head, "[")
	unit, _, _ = strings.Cut(unit, "]")
	if unit = strings.TrimSpace(unit); unit == "-" || unit == "1" {
		unit = ""
	}
	return strings.TrimSpace(key), unit
}

// kind takes the sheet of a kind of thing as a table of the scenario.
func (b *book) kind(kind string, s *Sheet) {
	at := b.heads(s, headName)
	if at == nil {
		return
	}
	b.file(kind+".csv", s)
	b.tables = append(b.tables, kind)
	told := map[int]bool{}
	list := patterns(b.docs, kind)
	within := make([][]string, len(s.Rows[s.head()])) // keys within that of a column
	for j, h := range s.Rows[s.head()] {
		h, _ = cutUnit(h)
		within[j] = holds(list, h)
	}
	for _, i := range s.data() {
		name := text(s.Rows[i], at[headName])
		if slices.Contains(b.rows[kind], name) {
			b.bad(s.place(i, at[headName]), joinKey([]string{kind, name}), "the name is taken, by a row above")
		}
		b.rows[kind] = append(b.rows[kind], name)
		for j, h := range s.Rows[s.head()] {
			h, _ = cutUnit(h)
			if inner := within[j]; len(inner) > 0 && text(s.Rows[i], j) != "" && text(s.Rows[i], j) != "{}" && !told[j] {
				told[j] = true
				b.bad(s.place(s.head(), j), "", "want a head that has a value, such as %q, not %q, under which there is no place for %q", inner[0], h, quantity.Shorten(text(s.Rows[i], j)))
			}
			if _, path, ok := source.Key(h); ok && text(s.Rows[i], j) != "" && h != headName {
				b.first[joinKey(append([]string{kind, name}, path...))] = s.At(i, j)
			}
		}
	}
	if len(b.rows[kind]) > 0 {
		b.named = append(b.named, kind)
	}
}

// lines are the ends of lines within a cell, and tabulators, with the spaces
// around them.
var lines = regexp.MustCompile(` *[\t\n\v\f\r]\s*`)

// file writes a sheet as the table of a scenario, and remembers which cell is
// where.
func (b *book) file(name string, s *Sheet) {
	var out strings.Builder
	marks := map[int][]mark{}
	line := 0
	for _, i := range append([]int{s.head()}, s.data()...) {
		line++
		column := 1
		for j := range max(len(s.Rows[i]), 1) {
			if j > 0 {
				out.WriteByte(',')
				column++
			}
			marks[line] = append(marks[line], mark{column, s.place(i, j)})
			cell := `"` + strings.ReplaceAll(lines.ReplaceAllString(text(s.Rows[i], j), " "), `"`, `""`) + `"`
			out.WriteString(cell)
			column += len([]rune(cell))
		}
		out.WriteByte('\n')
	}
	b.files[name] = &fstest.MapFile{Data: []byte(out.String())}
	b.cells[name] = marks
}

// main writes the scenario file: the settings, a line for each, which tables
// there are, and where numbers come from.
func (b *book) main() {
	var out strings.Builder
	lines := map[int][]mark{}
	line := 0
	write := func(at source.Place, format string, args ...any) {
		fmt.Fprintf(&out, format+"\n", args...)
		line++
		lines[line] = []mark{{1, at}}
	}
	for _, s := range b.settings {
		value := s.value
		if s.text || !source.IsValue(value) {
			value = tomlText(value)
		}
		write(s.at, "%s = %s", tomlKey(s.key), value)
	}
	whole := source.Place{File: b.name}
	write(whole, "[table]")
	for _, kind := range b.tables {
		write(whole, "%s = %q", kind, kind+".csv")
	}
	write(whole, "[source]")
	for i, s := range b.sources {
		write(b.cited[i], "%s = %s", tomlText(s[0]), tomlText(s[1]))
	}
	b.files[mainFile] = &fstest.MapFile{Data: []byte(out.String())}
	b.cells[mainFile] = lines
}

// tomlKey returns a dotted key as TOML has it: parts with other letters than a to z
// in quotes.
func tomlKey(key string) string {
	_, path, ok := source.Key(key)
	if !ok || strings.IndexFunc(key, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return key
	}
	parts := make([]string, len(path))
	for i, part := range path {
		if parts[i] = joinKey([]string{part}); strings.Trim(part, plainLetters) != "" {
			parts[i] = tomlText(part)
		}
	}
	return strings.Join(parts, ".")
}

// tomlText returns a text as TOML.
func tomlText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", "", "\t", `\t`).Replace(s) + `"`
}

// inCells gives problems the places of their cells.
func (b *book) inCells(problems scenarios.Problems) scenarios.Problems {
	for _, p := range problems {
		p.Place = b.cell(p.Place)
		b.inWords(p)
		p.Message = b.asCalled(p.Message)
		if strings.HasPrefix(p.Key, "option.") && strings.HasSuffix(p.Key, ".change") && strings.HasPrefix(p.Message, "missing") {
			p.Message = fmt.Sprintf("missing: write what it changes in the sheet %s, in a row with a key such as %s.\"hospital.NAME.buffer\"; if these tables belong to a .toml file, which has the changes, read that file instead", sheetScenario, p.Key)
		}
	}
	problems.Sort()
	return problems
}

// inFile is how messages call what a scenario file has in the place of a row.
var inFile = regexp.MustCompile(`\[(\w+)\.NAME\]`)

// inWords says of a problem what to write in a workbook or a table, where the
// message says what to write in a scenario file.
func (b *book) inWords(p *scenarios.Problem) {
	word := b.form.word()
	if m := noRoad.FindStringSubmatch(p.Message); m != nil {
		from, to := m[1], m[2]
		p.Message = fmt.Sprintf("no road leads from %s to %s: want a row in the %s road, or the positions of both, for one to be assumed", b.call(from), b.call(to), word)
		if at, missing := b.nowhere(to); missing == "" {
			if at, missing = b.nowhere(from); missing != "" {
				p.Place = at
				p.Message = fmt.Sprintf("no road leads from %s to %s: want %s of %s here, as %s has a position, for one to be assumed, or a row in the %s road",
					b.call(from), b.call(to), missing, b.call(from), b.call(to), word)
			}
		} else if missing != "lat and lon" {
			p.Place = at
			p.Message = fmt.Sprintf("no road leads from %s to %s: want %s here, for one to be assumed, or a row in the %s road", b.call(from), b.call(to), missing, word)
		}
		return
	}
	if m := notThis.FindStringSubmatch(p.Message); m != nil {
		p.Message += asTyped(p.Message, m[1])
	}
	p.Message = strings.Replace(p.Message, "write at least one [", "want at least one [", 1)
	p.Message = inFile.ReplaceAllString(p.Message, "a row in the "+word+" $1")
	p.Message = strings.Replace(p.Message, "at least one a row", "at least one row", 1)
}

// notThis is what a message says there is.
var notThis = regexp.MustCompile(`, not "?([^"]+)"?$`)

// asTyped says how a value that a spreadsheet took for a time of day or a date is
// to be written; "" if it is none, or was not taken for one.
func asTyped(message, value string) string {
	hours := strings.Contains(message, "want opening hours ")
	span := strings.Contains(message, "want a time such as ")
	x, err := strconv.ParseFloat(value, 64)
	_, notDate := time.Parse("2006-01-02", value)
	clock, notClock := time.Parse("15:04", value)
	switch {
	case hours && notClock == nil:
		return ` (the cell has one time of day: write from and until as a text, such as 06:00-18:00)`
	case hours && err == nil && x >= 0 && x < 1:
		minutes := int(math.Round(x * 24 * 60))
		return fmt.Sprintf(` (to a spreadsheet this is the time %02d:%02d: write from and until as a text, such as 06:00-18:00)`, minutes/60, minutes%60)
	case hours && notDate == nil:
		return ` (the cell has a date, which spreadsheets make of 6-18: format it as text and write 06:00-18:00)`
	case span && notClock == nil:
		return fmt.Sprintf(` (the cell has a time of day: write %d min)`, clock.Hour()*60+clock.Minute())
	case span && notDate == nil:
		return ` (the cell has a date: format it as text or as a number, and write it with its unit)`
	}
	return ""
}

// noRoad is what is said of a hospital that cannot be reached.
var noRoad = regexp.MustCompile(`^no road leads from (\S+) to (\S+); want \[road\.NAME\]`)

// call returns what a thing is called in the workbook.
func (b *book) call(name string) string {
	if written := b.called[name]; written != "" {
		return written
	}
	return name
}

// nowhere returns what a place lacks of its position, "" if nothing, and where it
// is to be written.
func (b *book) nowhere(name string) (at source.Place, missing string) {
	for _, kind := range placeKindsByRoad {
		s := b.sheets[kind]
		if s == nil || s.head() < 0 || s.column(headName) < 0 {
			continue
		}
		for _, i := range s.data() {
			if s.cell(i, headName) != name {
				continue
			}
			var lacks []string
			first := s.column(headName)
			for _, key := range []string{"lon", "lat"} {
				if s.cell(i, key) == "" {
					lacks = append([]string{key}, lacks...)
					if j := s.column(key); j >= 0 {
						first = j
					}
				}
			}
			return s.place(i, first), strings.Join(lacks, " and ")
		}
	}
	return at, "lat and lon"
}

// guessed is what a message takes for meant.
var guessed = regexp.MustCompile(`did you mean "([^"]+)"\?`)

// asCalled returns a message that guesses what things are called in the workbook.
func (b *book) asCalled(message string) string {
	return guessed.ReplaceAllStringFunc(message, func(hint string) string {
		if written := b.called[guessed.FindStringSubmatch(hint)[1]]; written != "" {
			return fmt.Sprintf("did you mean %q?", written)
		}
		return hint
	})
}

// cell returns the place of the cell that is at a place of the scenario made of
// it.
func (b *book) cell(p source.Place) source.Place {
	best := source.Place{File: b.name}
	for _, m := range b.cells[p.File][p.Line] {
		if m.column <= max(p.Column, 1) {
			best = m.at
		}
	}
	return best
}
