package workbook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/scenarios/source"
)

// placeKindsByRoad are the kinds of things at which a road may end. No two of
// them have the same name.
var placeKindsByRoad = []string{"plant", "vendor", "hospital", "junction"}

// labelled are the kinds of things that may be shown by another text than their
// name.
var labelled = append([]string{"option"}, placeKindsByRoad...)

// refersTo returns the kinds of things of which the value of a key names one or,
// in a list, several; none if it is no name. "NAME" stands for names in the path.
func refersTo(path []string) []string {
	last := path[len(path)-1]
	within := func(part string) bool { return slices.Contains(path[:len(path)-1], part) }
	switch last {
	case "grid", "parent":
		return []string{"grid"}
	case "crew", "profile", "weather":
		return []string{last}
	case "type", "types":
		return []string{"cylinder"}
	case "home":
		return []string{"plant", "vendor", "hospital"}
	case "serves":
		return []string{"hospital"}
	}
	switch {
	case path[0] == "round" && last == "stops":
		return []string{"hospital"}
	case path[0] == "round" && last == "truck":
		return []string{"truck"}
	case path[0] == "road" && len(path) == 3 && (last == "from" || last == "to"):
		return placeKindsByRoad
	case within("pipe") && last == "from":
		return []string{"plant"}
	case (within("supply") || path[0] == "round") && last == "from":
		return []string{"plant", "vendor"}
	}
	return nil
}

// namesIn returns of which kind the names within a key are, where "NAME" stands
// in its path; "" for what is called so here only.
func namesIn(path []string, i int) string {
	switch {
	case i == 1:
		return path[0]
	case path[i-1] == "cylinder", path[i-1] == "cylinders" && i == len(path)-1, path[i-1] == "empties":
		return "cylinder"
	}
	return ""
}

// thing is what a row stands for.
type thing struct {
	kind, written, name, label string
	at                         source.Place
}

// directory knows things by what they are called.
type directory struct {
	things []thing
	docs   []source.KeyDoc     // all a scenario may have
	loose  map[string]*inexact // what was found by its made name only, by what was written for it
}

// inexact is a text that was taken for a thing though it is not quite what that is
// called.
type inexact struct {
	note *scenarios.Problem // of the first cell that has it
	more int                // cells that have it, too
}

// loosely notes that a text was taken for the thing of a name though that is called so
// but for marks and signs only. It is said once, of the first cell.
func (d *directory) loosely(s *Sheet, row, col int, kinds []string, written, name string) {
	if written == name {
		return // somebody knows its short name
	}
	for _, t := range d.things {
		if !slices.Contains(kinds, t.kind) || t.name != name {
			continue
		}
		if is := fold(written); is == fold(t.written) || is == fold(t.label) || exactName(t.written) == name {
			return
		}
	}
	i := slices.IndexFunc(d.things, func(t thing) bool { return slices.Contains(kinds, t.kind) && t.name == name })
	key := d.things[i].kind + " " + name + " " + written
	if l := d.loose[key]; l != nil {
		l.more++
		return
	}
	if d.loose == nil {
		d.loose = map[string]*inexact{}
	}
	d.loose[key] = &inexact{note: s.note(s.place(row, col), "%q is taken for the %s %q, in %s", written, d.things[i].kind, d.things[i].written, d.things[i].at)}
}

// countLoose says in notes of how many further cells they are.
func (d *directory) countLoose() {
	for _, l := range d.loose {
		switch {
		case l.more == 1:
			l.note.Message += ", and so in 1 cell more"
		case l.more > 1:
			l.note.Message += fmt.Sprintf(", and so in %d cells more", l.more)
		}
	}
}

// find returns the name of the thing of one of some kinds that a text calls: by
// what is written in its row or, but for capitals and spaces, by that or by its
// label. If it is not clear which, it returns all that it may be; if there is
// none, "".
func (d *directory) find(kinds []string, text string) (name string, several []thing) {
	same := func(is func(*thing) bool) (list []thing) {
		for i := range d.things {
			if t := &d.things[i]; slices.Contains(kinds, t.kind) && is(t) &&
				!slices.ContainsFunc(list, func(u thing) bool { return u.kind == t.kind && u.name == t.name }) {
				list = append(list, *t)
			}
		}
		return list
	}
	plain := fold(text)
	for _, is := range []func(*thing) bool{
		func(t *thing) bool { return t.written == text },
		func(t *thing) bool { return t.name == text },
		func(t *thing) bool {
			return fold(t.written) == plain || fold(t.name) == plain || fold(t.label) == plain
		},
	} {
		switch list := same(is); {
		case len(list) == 1 || len(list) > 1 && list[0].name == list[len(list)-1].name:
			return list[0].name, nil
		case len(list) > 1:
			return "", list
		}
	}
	return "", nil
}

// tidy returns sheets as a scenario has them: heads are keys, and everything has a
// short name, by which others refer to it. What planners call it is its label, if
// they give no other. What is not clear is Wrong in its cell.
func tidy(sheets []*Sheet) []*Sheet {
	out := slices.Clone(sheets)
	d := &directory{}
	roles := map[string]*Sheet{}
	for i, s := range sheets {
		r, err := role(s.Name)
		if s.tidy || err != nil || r == "" || strings.HasSuffix(r, ".csv") || s.head() < 0 || roles[r] != nil {
			continue
		}
		if d.docs == nil {
			d.docs = scenarios.Keys()
		}
		c := *s
		c.tidy, c.Rows, c.Wrong, c.called = true, make([][]string, len(s.Rows)), slices.Clone(s.Wrong), map[string]string{}
		for k, row := range s.Rows {
			c.Rows[k] = slices.Clone(row)
		}
		c.Rows[c.head()] = tidyHeads(d.docs, r, c.Rows[c.head()])
		c.withoutOwn()
		out[i], roles[r] = &c, &c
	}
	if len(roles) == 0 {
		return out
	}
	for _, kind := range scenarios.Kinds() {
		if s := roles[kind]; s != nil {
			d.name(kind, s)
		}
	}
	for _, kind := range append(scenarios.Kinds(), sheetDemand) {
		if s := roles[kind]; s != nil {
			d.refer(kind, s)
		}
	}
	for _, r := range []string{sheetScenario, sheetPrice, sheetSource} {
		if s := roles[r]; s != nil {
			d.keys(s, r)
		}
	}
	d.countLoose()
	for _, s := range roles {
		for _, t := range d.things {
			if t.name != t.written {
				s.called[t.name] = t.written
			}
		}
	}
	return out
}

// withoutOwn empties the columns whose heads begin with "#": they are the planner's
// own.
func (s *Sheet) withoutOwn() {
	for j, h := range s.Rows[s.head()] {
		if !strings.HasPrefix(strings.TrimSpace(h), "#") || isError(h) {
			continue
		}
		for _, i := range append(s.data(), s.head()) {
			if j < len(s.Rows[i]) {
				s.Rows[i][j] = ""
			}
		}
	}
}

// column returns the column of a head, or -1.
func (s *Sheet) column(head string) int {
	return slices.IndexFunc(s.Rows[s.head()], func(h string) bool { k, _ := cutUnit(h); return k == head })
}

// put writes a text into a cell of a row, however short it is.
func (s *Sheet) put(row, col int, text string) {
	for len(s.Rows[row]) <= col {
		s.Rows[row] = append(s.Rows[row], "")
	}
	s.Rows[row][col] = text
}

// wrong notes what is wrong of a cell.
func (s *Sheet) wrong(row, col int, format string, args ...any) {
	s.Wrong = append(s.Wrong, Wrong{row, col, fmt.Sprintf(format, args...)})
}

// name gives each row of a sheet its name.
func (d *directory) name(kind string, s *Sheet) {
	column := s.column(headName)
	if column < 0 {
		return
	}
	labels := s.column("label")
	from, to := s.column("from"), s.column("to")
	alike := []string{kind}
	if slices.Contains(placeKindsByRoad, kind) {
		alike = placeKindsByRoad
	}
	first := len(d.things)
	var rows []int
	for _, i := range s.data() {
		t := thing{kind: kind, written: text(s.Rows[i], column), at: s.place(i, column)}
		if labels >= 0 {
			t.label = text(s.Rows[i], labels)
		}
		if kind == "road" && t.written == "" && from >= 0 && to >= 0 && text(s.Rows[i], from) != "" && text(s.Rows[i], to) != "" {
			t.written = text(s.Rows[i], from) + "-" + text(s.Rows[i], to)
		}
		if t.written == "" || isError(t.written) {
			continue // it is said where the rows are read
		}
		if plain := exactName(t.written); plain != "" {
			t.name = plain
		}
		d.things, rows = append(d.things, t), append(rows, i)
	}
	width := 0
	for _, row := range s.Rows {
		width = max(width, len(row))
	}
	for k, i := range rows {
		t := &d.things[first+k]
		if t.name == "" {
			twin := slices.IndexFunc(d.things[first:first+k], func(u thing) bool { return fold(u.written) == fold(t.written) })
			if twin >= 0 {
				s.wrong(i, column, "%q is called so already, in %s: want a name of its own", quantity.Shorten(t.written), d.things[first+twin].at)
				t.name = d.things[first+twin].name
			} else {
				t.name = d.free(alike, shortName(t.written, kind, k+1))
			}
			if slices.Contains(labelled, kind) && t.label == "" {
				if labels < 0 {
					labels, width = width, width+1
					s.put(s.head(), labels, "label")
				}
				t.label = t.written
				s.put(i, labels, t.written)
			}
		}
		s.put(i, column, t.name)
	}
	if kind != "road" { // it is called after its ends
		d.nearlySame(s, first)
	}
}

// nearlySame notes which of the things of a sheet, the last, are called as another
// but for capitals, marks and signs: they may be the same.
func (d *directory) nearlySame(s *Sheet, first int) {
	seen := map[string]*thing{}
	for i := first; i < len(d.things); i++ {
		t := &d.things[i]
		bare := bareName(t.written)
		other := seen[bare]
		switch {
		case bare == "":
		case other == nil:
			seen[bare] = t
		case other.name != t.name:
			_ = s.note(t.at, "%q differs from %q, in %s, only by capitals, marks or signs: are they the same %s?", t.written, other.written, other.at, t.kind)
		}
	}
}

// note notes what is to be looked at again in a cell.
func (s *Sheet) note(at source.Place, format string, args ...any) *scenarios.Problem {
	p := &scenarios.Problem{Place: at, Message: fmt.Sprintf(format, args...)}
	s.notes = append(s.notes, p)
	return p
}

// bareName returns the letters and digits of a text, without capitals and the marks
// of Latin letters, so that what is called the same by ear is the same.
func bareName(written string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(written) {
		switch plain, ok := latin[r]; {
		case ok:
			b.WriteString(plain)
		case r >= 0x300 && r < 0x370: // marks that follow a Latin letter
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			b.WriteRune(r)
		case !unicode.In(r, unicode.Lm, unicode.Sk) && !strings.ContainsRune("'’‘", r) && !strings.HasSuffix(b.String(), " "):
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// free returns a name that nothing of some kinds has, but for capitals: the one
// wanted, or with a number.
func (d *directory) free(kinds []string, want string) string {
	taken := func(name string) bool {
		return slices.ContainsFunc(d.things, func(t thing) bool { return slices.Contains(kinds, t.kind) && strings.EqualFold(t.name, name) })
	}
	name := want
	for n := 2; taken(name); n++ {
		name = want + "-" + strconv.Itoa(n)
	}
	return name
}

// exactName returns a name that is taken as it is: one that can be typed
// anywhere, or any that a scenario file may have, in quotes; "" if it is none.
func exactName(written string) string {
	inner := written
	if n := len(written); n > 2 && written[0] == '"' && written[n-1] == '"' {
		inner = written[1 : n-1]
	}
	letters := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '-' || r == '_'
	}
	switch {
	case inner == written && strings.Trim(written, plainLetters) == "":
		return written
	case inner != written && strings.TrimFunc(inner, letters) == "" && strings.Trim(inner, plainLetters) != "":
		return inner
	}
	return ""
}

// plainLetters are what a name may have that can be typed on any keyboard.
const plainLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

// writtenName returns a name as it is written in a cell, so that it is taken as it
// is.
func writtenName(name string) string {
	if strings.Trim(name, plainLetters) == "" {
		return name
	}
	return `"` + name + `"`
}

// longestName is how many characters a name has at most that is made of a text.
const longestName = 30

// shortName makes a name of a text: in small letters without marks, and hyphens
// for what is neither letter nor digit. If less than half of its letters are
// Latin ones, it is called after its kind and number.
func shortName(written, kind string, number int) string {
	var b strings.Builder
	kept, lost := 0, 0
	for _, r := range strings.ToLower(written) {
		switch plain, ok := latin[r]; {
		case r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_'):
			b.WriteRune(r)
			kept++
		case ok:
			b.WriteString(plain)
			kept++
		case unicode.IsLetter(r):
			lost++
		case unicode.IsMark(r), r == '\'', r == '’', r == '‘', r == 'ʿ', r == 'ʾ':
		default:
			if s := b.String(); s != "" && !strings.HasSuffix(s, "-") {
				b.WriteByte('-')
			}
		}
	}
	name := b.String()
	name = strings.Trim(name[:min(len(name), longestName)], "-")
	if kept <= lost || name == "" {
		return kind + "-" + strconv.Itoa(number)
	}
	return name
}

// latin are small Latin letters with marks, and what is written for them.
var latin = func() map[rune]string {
	m := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th"}
	for plain, marked := range map[string]string{
		"a": "àáâãäåāăąǎạảấầẩẫậắằẳẵặ", "b": "ḃ", "c": "çćĉċč", "d": "ďđðḍ", "e": "èéêëēĕėęěẹẻẽếềểễệ", "g": "ĝğġģǧ", "h": "ĥħḥ",
		"i": "ìíîïĩīĭįıǐịỉ", "j": "ĵ", "k": "ķǩ", "l": "ĺļľłḷ", "n": "ñńņňŋ", "o": "òóôõöøōŏőơǒọỏốồổỗộớờởỡợ", "r": "ŕŗřṛ",
		"s": "śŝşšșṣ", "t": "ţťŧțṭ", "u": "ùúûüũūŭůűųưǔụủứừửữự", "w": "ŵ", "x": "ẋ", "y": "ýÿŷỳỵỷỹ", "z": "źżžẓ",
	} {
		for _, r := range marked {
			m[r] = plain
		}
	}
	return m
}()
