package workbook

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing/fstest"
	"unicode/utf8"

	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/scenarios/source"
)

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
