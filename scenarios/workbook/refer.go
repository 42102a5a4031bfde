package workbook

import (
	"slices"
	"strconv"
	"strings"

	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/scenarios/source"
)

// refer writes names in the place of what others call the things of a sheet.
func (d *directory) refer(kind string, s *Sheet) {
	list := patterns(d.docs, kind)
	for j, h := range s.Rows[s.head()] {
		key, unit := cutUnit(h)
		_, path, ok := source.Key(key)
		if !ok || match(list, key) == "" {
			continue
		}
		full := append([]string{kind, wild}, path...)
		if kind == sheetDemand {
			full = append([]string{"hospital", wild, "cylinders", wild}, path...)
		}
		if renamed := d.rename(full)[len(full)-len(path):]; !slices.Equal(renamed, path) {
			if s.Rows[s.head()][j] = joinKey(renamed); unit != "" {
				s.Rows[s.head()][j] += " [" + unit + "]"
			}
		}
		if kinds := refersTo(full); kinds != nil {
			for _, i := range s.data() {
				if x := text(s.Rows[i], j); x != "" {
					s.Rows[i][j] = d.value(s, i, j, kinds, x, strings.HasSuffix(key, "s"))
				}
			}
		}
	}
	if kind == sheetDemand {
		d.demands(s)
	}
}

// value returns what is written for a text that names a thing or, in a list,
// several.
func (d *directory) value(s *Sheet, row, col int, kinds []string, written string, list bool) string {
	name, several := d.find(kinds, written)
	switch {
	case len(several) > 0:
		var which []string
		for _, t := range several {
			which = append(which, t.kind+" "+strconv.Quote(t.written))
		}
		s.wrong(row, col, "want one of %s, not %q, which may be each of them", strings.Join(which, ", "), quantity.Shorten(written))
		return several[0].name
	case name != "":
		d.loosely(s, row, col, kinds, written, name)
		return name
	case !list || !strings.ContainsAny(written, ",;"):
		return written
	}
	separator := ","
	if strings.Contains(written, ";") {
		separator = ";"
	}
	var names []string
	for part := range strings.SplitSeq(written, separator) {
		names = append(names, d.value(s, row, col, kinds, strings.TrimSpace(part), false))
	}
	return strings.Join(names, separator+" ")
}

// demands gives the rows of the sheet of demands their hospitals and names.
func (d *directory) demands(s *Sheet) {
	hospital, kind, name := s.column(headHospital), s.column(headKind), s.column(headName)
	if hospital < 0 || kind < 0 || name < 0 {
		return
	}
	own := map[string]*directory{}
	var later []int
	for pass := range 2 {
		for n, i := range s.data() {
			if pass == 0 {
				if x := text(s.Rows[i], hospital); x != "" {
					s.Rows[i][hospital] = d.value(s, i, hospital, []string{"hospital"}, x, false)
				}
			}
			written := text(s.Rows[i], name)
			of := text(s.Rows[i], hospital) + " " + strings.ToLower(text(s.Rows[i], kind))
			if own[of] == nil {
				own[of] = &directory{}
			}
			exact := exactName(written)
			switch {
			case written == "":
			case pass == 0 && exact == "":
				later = append(later, i)
			case pass == 0:
				own[of].things = append(own[of].things, thing{written: written, name: exact})
				s.Rows[i][name] = exact
			case slices.Contains(later, i):
				if twin := slices.IndexFunc(own[of].things, func(t thing) bool { return t.written == written }); twin >= 0 {
					s.wrong(i, name, "the hospital has a demand called %q already: want another name", quantity.Shorten(written))
					continue
				}
				short := own[of].free([]string{""}, shortName(written, strings.ToLower(text(s.Rows[i], kind)), n+1))
				own[of].things = append(own[of].things, thing{written: written, name: short})
				s.Rows[i][name] = short
			}
		}
	}
}

// rename returns the path of a key with names in the place of what things are
// called.
func (d *directory) rename(path []string) []string {
	out := slices.Clone(path)
	for i, part := range path {
		if i == 0 || part == wild || part == "*" {
			continue
		}
		if kind := namesIn(path, i); kind != "" {
			if name, _ := d.find([]string{kind}, part); name != "" {
				out[i] = name
			}
		} else if exactName(part) == "" && strings.ContainsAny(part, ".\"") { // a key within a key, of an option or a price
			out[i] = d.renameKey(part)
		}
	}
	return out
}

// renameKey is rename of a dotted key; what is none stays as it is.
func (d *directory) renameKey(key string) string {
	_, path, ok := source.Key(key)
	if !ok {
		return key
	}
	renamed := d.rename(path)
	if slices.Equal(renamed, path) {
		return key
	}
	return joinKey(renamed)
}

// keys writes names into the keys of a sheet with a row for each.
func (d *directory) keys(s *Sheet, r string) {
	key, value := s.column(headKey), s.column(headValue)
	if key < 0 {
		return
	}
	for _, i := range s.data() {
		written := text(s.Rows[i], key)
		_, path, ok := source.Key(written)
		if !ok {
			continue
		}
		if renamed := d.rename(path); !slices.Equal(renamed, path) {
			s.Rows[i][key] = joinKey(renamed)
			for j := 1; j < len(path); j++ {
				if kind := namesIn(path, j); kind != "" && renamed[j] != path[j] {
					d.loosely(s, i, key, []string{kind}, path[j], renamed[j])
				}
			}
		}
		if r == sheetSource || value < 0 || text(s.Rows[i], value) == "" {
			continue
		}
		if written == "target.metric" {
			s.Rows[i][value] = d.renameKey(text(s.Rows[i], value))
		} else if kinds := refersTo(path); kinds != nil && len(path) > 2 && slices.Contains(scenarios.Kinds(), path[0]) {
			s.Rows[i][value] = d.value(s, i, value, kinds, text(s.Rows[i], value), strings.HasSuffix(path[len(path)-1], "s"))
		}
	}
}
