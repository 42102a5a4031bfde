package workbook

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"oxysim/scenarios"
)

// look is how a cell looks.
type look struct {
	fill string // colour; "" for none
	text bool   // what is typed stays as it is: a time of day, a date, digits
	wrap bool
}

// Colours of cells of a sample.
const (
	toFill  = "FFF2CC" // yellow: how it is at the planner's own place
	mayStay = "E2EFDA" // green: a usual value
)

// face is the font of all cells.
const face = "Calibri"

// Sizes, in characters and points.
const (
	narrowest  = 14.0
	widest     = 34.0
	acrossPage = 190.0 // characters that can be read on paper
	lineHeight = 15.0
)

// height makes a row high enough for texts that are wrapped, and for some lines at
// least.
func (w *writer) height(sheet string, row int, texts []string, widths []float64, least int) {
	lines := float64(least)
	for j, text := range texts {
		lines = max(lines, math.Ceil(1.2*float64(utf8.RuneCountInString(text))/widths[j])) // words do not fill lines
	}
	w.check(w.f.SetRowHeight(sheet, row+1, lines*lineHeight))
}

// asText is the number format of cells that keep what is typed.
const asText = 49

// styled returns the style of a look.
func (w *writer) styled(l look) int {
	if id, ok := w.looks[l]; ok {
		return id
	}
	s := &excelize.Style{Font: &excelize.Font{Family: face, Size: 11}}
	if l.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "D9D9D9", Style: 1})
		}
	}
	if l.text {
		s.NumFmt = asText
		s.Alignment = &excelize.Alignment{Horizontal: "left", Indent: 1} // apart from a number beside it
	}
	if l.wrap {
		s.Alignment = &excelize.Alignment{WrapText: true, Vertical: "top"}
	}
	id, err := w.f.NewStyle(s)
	w.check(err)
	w.looks[l] = id
	return id
}

// style1 gives a cell a look.
func (w *writer) style1(sheet string, row, col int, l look) {
	w.check(w.f.SetCellStyle(sheet, cellName(row, col), cellName(row, col), w.styled(l)))
}

// freeze keeps the first columns and rows of a sheet in view.
func (w *writer) freeze(sheet string, columns, rows int) {
	w.check(w.f.SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: columns, YSplit: rows, TopLeftCell: cellName(rows, columns), ActivePane: "bottomRight"}))
}

// a4 is the number of that size of paper.
const a4 = 9

// page sets a sheet up to be printed: as wide as some pages, with its heads, in the
// first rows, and its names on each.
func (w *writer) page(sheet string, rows, pages int) {
	across, paper, free, fit := "landscape", a4, 0, true
	w.check(w.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &across, Size: &paper, FitToWidth: &pages, FitToHeight: &free}))
	w.check(w.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	if rows == 0 {
		return
	}
	titles := &excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: sheet}
	_ = w.f.DeleteDefinedName(titles) // there may be none
	quoted := "'" + strings.ReplaceAll(sheet, "'", "''") + "'"
	titles.RefersTo = fmt.Sprintf("%s!$A:$A,%s!$1:$%d", quoted, quoted, rows)
	w.check(w.f.SetDefinedName(titles))
}

// width sets the width of a column, in characters.
func (w *writer) width(sheet string, col int, width float64) {
	name, err := excelize.ColumnNumberToName(col + 1)
	w.check(err)
	w.check(w.f.SetColWidth(sheet, name, name, width))
}

// path returns the path of the key of a column, with "NAME" in the place of the
// name of a row; nil if it is no key.
func (w *writer) path(kind, head string) []string {
	key, _ := cutUnit(head)
	if kind == sheetDemand {
		return w.demandPath(key)
	}
	if path := append([]string{kind, wild}, strings.Split(key, ".")...); w.doc(path) != nil {
		return path
	}
	return nil
}

// column sets up a column, and returns its width: its look, what may be chosen in it, and what
// is said of it where one writes.
func (w *writer) column(kind string, col int, head string, rows [][]string) (width float64) {
	width = float64(utf8.RuneCountInString(head)) + 2
	law := false
	for _, row := range rows {
		width = max(width, float64(utf8.RuneCountInString(row[col]))+2)
		law = law || strings.Contains(row[col], "(")
	}
	width = max(narrowest, min(widest, width))
	w.width(kind, col, width)
	path := w.path(kind, head)
	var l look
	key, _ := cutUnit(head)
	meaning, kinds := "", []string(nil)
	var words []string
	switch {
	case path == nil && key == headHospital && kind == sheetDemand:
		l.text, kinds, meaning = true, []string{"hospital"}, "The hospital that has this demand."
	case path == nil && key == headKind && kind == sheetDemand:
		l.text, words, meaning = true, demandKinds, "Requests for whole cylinders, groups of patients, or a flow of oxygen."
	case path == nil && key == headName:
		l.text, meaning = true, "What it is called, in any letters. Other sheets refer to it so."
	case path == nil && key == headSource:
		l.text, meaning = true, "Where the numbers of this row come from. Write ASSUMPTION where they are assumed."
	case path == nil:
		l.text = true
	default:
		d := w.doc(path)
		meaning, kinds, words = inProse(d.Meaning), refersTo(path), d.OneOf
		if d.Wanted == "true or false" {
			words = []string{"true", "false"}
		}
		l.text = kinds != nil || strings.HasSuffix(d.Wanted, "a text in quotes") || strings.HasPrefix(d.Wanted, "opening hours") || strings.HasPrefix(d.Wanted, "a time of day")
	}
	if w.sample {
		l.fill = toFill
		if law || path == nil && key == headSource || len(words) > 0 && key != headKind || path != nil && w.doc(path).Default != "" && !slices.Contains(counted, path[len(path)-1]) {
			l.fill = mayStay
		}
	}
	first, last := cellName(2, col), cellName(2+len(rows)-1, col)
	if w.sample { // and some rows more
		last = cellName(2+len(rows)+sampleRows-1, col)
	}
	name, err := excelize.ColumnNumberToName(col + 1)
	w.check(err)
	if l.text {
		w.check(w.f.SetColStyle(kind, name, w.styled(look{text: true})))
		w.check(w.f.SetCellStyle(kind, cellName(0, col), cellName(0, col), w.bold))
	}
	if l.fill != "" {
		w.check(w.f.SetCellStyle(kind, first, last, w.styled(l)))
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(first + ":" + cellName(lastRow, col))
	switch {
	case len(words) > 0:
		w.check(v.SetDropList(words))
	case len(kinds) > 0:
		if of := w.offered(kinds, key); of != "" {
			v.SetSqrefDropList(fmt.Sprintf("'%s'!$A$3:$A$%d", of, lastRow))
		}
	}
	if meaning != "" {
		v.SetInput(shortened(head, mostTitle), shortened(meaning, mostPrompt))
	}
	if v.Type != "" || meaning != "" {
		w.check(w.f.AddDataValidation(kind, v))
	}
	return width
}

// sampleRows are the empty rows of a sample that are coloured to be filled in.
const sampleRows = 6

// counted are keys that have a default and yet are how it is at a place.
var counted = []string{"buffer", "beds", "tank", "usable", "count", "length"}

// What is said of a cell may have so many characters.
const (
	mostTitle  = 32
	mostPrompt = 255
)

// shortened returns the first characters of a text.
func shortened(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

// offered returns the sheet whose names are offered where a thing of one of some
// kinds is named. A road goes from a plant to a hospital, most often; what is not
// offered may be typed.
func (w *writer) offered(kinds []string, key string) string {
	if key == "to" && w.table("hospital") != nil {
		return "hospital"
	}
	for _, kind := range kinds {
		if w.table(kind) != nil {
			return kind
		}
	}
	return ""
}

// hint returns what to write below a head.
func (w *writer) hint(kind, head string) string {
	key, unit := cutUnit(head)
	path := w.path(kind, head)
	if path == nil {
		switch key {
		case headName:
			return "any name"
		case headSource:
			return "where the numbers come from"
		case headHospital:
			return "a name from the sheet hospital"
		case headKind:
			return "cylinders, patients or flow"
		}
		return ""
	}
	d := w.doc(path)
	text := inCell(path, d.Wanted)
	if unit != "" {
		_, law, isLaw := strings.Cut(text, " or a law such as ")
		text = "a number, in " + strings.TrimPrefix(unit, "/")
		if strings.HasPrefix(unit, "/") {
			text = "a number, per " + unit[1:]
		}
		if isLaw {
			text += ", or a law such as " + law
		}
	}
	switch {
	case d.Required:
		text += "; must be filled in"
	case d.Default != "":
		text += "; " + d.Default + " if empty"
	}
	return text
}

// wide is a limit that nobody meets.
var wide = regexp.MustCompile(`, at least 0\b|, at most \d{5,}|, at most 1e\d+`)

// inCell returns what is wanted of a value as it is written in a cell: without
// quotes, which would be a part of it, and without limits that nobody meets.
func inCell(path []string, wanted string) string {
	list := strings.HasPrefix(wanted, "a list, each item of which is ")
	wanted = strings.TrimPrefix(strings.TrimPrefix(wanted, "a list, each item of which is "), "a table, each value of which is ")
	if kinds := refersTo(path); kinds != nil && strings.HasPrefix(wanted, "a text") {
		wanted = "a name from the sheet " + strings.Join(kinds, " or ")
		if len(kinds) > 2 {
			wanted = "a name from the sheet " + strings.Join(kinds[:len(kinds)-1], ", ") + " or " + kinds[len(kinds)-1]
		}
	}
	wanted = strings.NewReplacer("a text in quotes", "a text", `"`, "").Replace(wide.ReplaceAllString(wanted, ""))
	if list {
		wanted += "; several with commas between"
	}
	return wanted
}

// coded is a word as programs write it, such as "CylinderType".
var coded = regexp.MustCompile(`^[A-Z][a-z]+(?:[A-Z][a-z]*)+`)

// inProse returns a meaning as a sentence.
func inProse(meaning string) string {
	meaning = coded.ReplaceAllStringFunc(meaning, func(word string) string {
		var b strings.Builder
		for i, r := range word {
			if i > 0 && r >= 'A' && r <= 'Z' {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
		}
		return strings.ToLower(b.String())
	})
	if r, n := utf8.DecodeRuneInString(meaning); n > 0 {
		meaning = strings.ToUpper(string(r)) + meaning[n:]
	}
	return meaning
}

// withColumns returns cells with columns that they lack, empty, after the label or
// the name.
func withColumns(cells [][]string, heads ...string) [][]string {
	var add []string
	for _, h := range heads {
		if !slices.Contains(cells[0], h) {
			add = append(add, h)
		}
	}
	at := 1
	if i := slices.Index(cells[0], "label"); i >= 0 {
		at = i + 1
	}
	for i := range cells {
		more := make([]string, len(add))
		if i == 0 {
			more = add
		}
		cells[i] = slices.Insert(cells[i], at, more...)
	}
	return cells
}

// readMe writes the sheet that explains.
func (w *writer) readMe(sc *scenarios.Scenario) {
	_, err := w.f.NewSheet(sheetReadMe)
	w.check(err)
	w.width(sheetReadMe, 0, readMeWidth)
	w.page(sheetReadMe, 0, 1)
	type line struct {
		text string
		look look
		bold bool
	}
	title := sc.File.Title
	if title == "" {
		title = sc.Name
	}
	lines := []line{{text: title, bold: true}, {}}
	if w.sample {
		lines = append(lines, []line{
			{text: "How to fill it in", bold: true},
			{text: "Yellow: yours to fill in. The samples are not your district: write over them, and delete rows you have no use for.", look: look{fill: toFill}},
			{text: "Green: usual values, assumed. They may stay until you know better, such as how often a machine fails.", look: look{fill: mayStay}},
			{text: "Begin with hospital, then demand, road, cylinder, plant and truck. The other sheets may wait."},
			{text: "If you delete a hospital, delete its rows in demand and road too. Sheets of which you need nothing may go: grid, crew, weather."},
			{text: "A hospital with a position (lat, lon) needs no row in road, if its plant has a position too: a road is then assumed, and said to be."},
			{},
		}...)
	}
	for _, text := range []string{
		"How it is read",
		"Each sheet is a kind of thing, each row a thing, each column a key. A key and its unit stand in the head: length [km].",
		"A name may be any text, in any letters, such as Hewlêr Main. Other sheets refer to it as it is written, or by its label; many cells offer the names there are.",
		"A row that begins with # is not read: the second row of each sheet says what to write. Empty cells take the default. Write texts without quotes.",
		"A value carries its unit where the head has none: 36 h, 5 L/min. A range in which it is believed to lie may follow: 13 h (12 h – 15 h).",
		"A number that is different each time is a law of chance: exponential(90 d) has a mean of 90 days, lognormal(3 d, cv 0.5) a mean of 3 days and half as much spread, triangular(1 h, 2 h, 4 h) a least, a usual and a greatest. A plain number is always the same.",
		"Opening hours and shifts are texts with both ends: 06:00-18:00.",
		"The sheet demand has a row for each demand of a hospital: requests for cylinders, groups of patients, or a flow.",
		"The sheets scenario and price have a row for each key. What no sheet has a column for may be written there: hospital.north.manifold.bank.",
		"New columns may be added: the sheet keys lists all there are. Columns, rows and sheets of your own begin with #.",
		"The column source says where numbers come from; write ASSUMPTION where they are assumed.",
		"",
		"When it is filled in",
		"oxysim import this.xlsx -o mine     writes mine/mine.toml and its tables, or says in which cells what is wrong",
		"oxysim check mine/mine.toml         says what it means, what is odd about it, and what is assumed",
		"oxysim run mine/mine.toml           says who runs out, and how likely",
	} {
		lines = append(lines, line{text: text, bold: strings.HasPrefix(text, "How it") || strings.HasPrefix(text, "When it")})
	}
	for i, l := range lines {
		w.check(w.f.SetCellValue(sheetReadMe, cellName(i, 0), l.text))
		l.look.wrap = true
		if w.style1(sheetReadMe, i, 0, l.look); l.bold {
			w.style(sheetReadMe, i, 1, w.bold)
		}
		height := 16 * math.Ceil(max(1, float64(utf8.RuneCountInString(l.text))/readMeWidth))
		w.check(w.f.SetRowHeight(sheetReadMe, i+1, height))
	}
	if i, err := w.f.GetSheetIndex(sheetReadMe); err == nil {
		w.f.SetActiveSheet(i)
	}
}

// readMeWidth is the width of the sheet that explains, in characters.
const readMeWidth = 120.0
