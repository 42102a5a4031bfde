package report

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"oxysim/model"
	"oxysim/study"
)

// bookColumn is a column of a table.
type bookColumn struct {
	head  string // with the unit
	kind  columnKind
	width float64 // in letters; 0 for that of a number
	like  string  // head of the column whose decimals it has; "" for its own
}

// columnKind says what a column holds.
type columnKind int

const (
	ofText   columnKind = iota
	ofShare             // in per cent
	ofNumber            // with as many decimals as its uncertainty supports
	ofWhole
	ofMoney // whole, but of small sums
	ofAny   // each cell has a format of its own, or the spreadsheet's
)

// Widths of columns, in letters.
const (
	numberWidth = 13
	nameWidth   = 32
)

// Formats of numbers.
const (
	formatShare = "0.0%"
	formatWhole = "#,##0"
)

// measured is a mean with half the width of its interval, by which its decimals are
// chosen; formatted is a number with a format of its own; unsure is one that chance
// may explain.
type (
	measured  struct{ x, half float64 }
	formatted struct {
		x      float64
		format string
	}
	unsure struct{ of any }
)

// unsureIf returns a cell as one that chance may explain, if it may.
func unsureIf(may bool, cell any) any {
	if may {
		return unsure{cell}
	}
	return cell
}

// unsureNote says what the pale numbers are.
const unsureNote = "Pale numbers in italics may be due to chance: more replications would tell."

// bookTable is a table, until it is written on a sheet. Columns in which there is
// nothing are left out.
type bookTable struct {
	columns []bookColumn
	rows    [][]any

	// where it has been written: rows from 1, columns by their heads
	head, first, last int
	at                map[string]int
	from              []int // of each that is written, its place among the columns
}

// three returns the columns of a mean and the ends of its interval.
func three(head string, kind columnKind, confidence float64) []bookColumn {
	what, _, _ := strings.Cut(head, ", ")
	p := Plain(100*confidence, 6) + " % interval"
	return []bookColumn{{head: head, kind: kind}, {head: what + ": " + p + " from", kind: kind, like: head}, {head: what + ": to", kind: kind, like: head}}
}

// cells returns a mean and the ends of its interval; nothing of what is not known.
func cells(e *study.Estimate) []any {
	if e == nil {
		return []any{nil, nil, nil}
	}
	return []any{measured{e.Mean, e.Interval.HalfWidth()}, e.Interval.Lo, e.Interval.Hi}
}

// row adds a row: texts, numbers, and nil for what is not known.
func (t *bookTable) row(values ...any) { t.rows = append(t.rows, values) }

// valueOf returns the number of a cell; NaN of a text, or of what is not known.
func valueOf(cell any) float64 {
	switch v := cell.(type) {
	case int:
		return float64(v)
	case float64:
		return v
	case measured:
		return v.x
	case formatted:
		return v.x
	case unsure:
		return valueOf(v.of)
	}
	return math.NaN()
}

// filled reports whether there is something in a column.
func (t *bookTable) filled(j int) bool {
	return slices.ContainsFunc(t.rows, func(row []any) bool {
		text, isText := row[j].(string)
		_, isWord := row[j].(bookWord)
		x := valueOf(row[j])
		return isText && text != "" || isWord || x-x == 0
	})
}

// unsure reports whether chance may explain any of the numbers.
func (t *bookTable) unsure() bool {
	return slices.ContainsFunc(t.rows, func(row []any) bool {
		return slices.ContainsFunc(row, func(cell any) bool {
			u, is := cell.(unsure)
			x := valueOf(u.of)
			return is && x-x == 0
		})
	})
}

// mostDecimals is as many as are shown in a column: beyond, they are of no use to
// a planner.
const mostDecimals = 4

// decimals returns how many decimals a column of numbers has, the same in all its
// cells: as many as the uncertainty of its middle cell supports, but not more than
// three digits of it, and one more if its least cell would not show two.
func (t *bookTable) decimals(j int) int {
	var list []int
	least := math.Inf(1)
	for _, row := range t.rows {
		x := valueOf(row[j])
		if x-x != 0 || x == 0 {
			continue
		}
		n := first(x) + 2
		cell := row[j]
		if u, ok := cell.(unsure); ok {
			cell = u.of
		}
		if m, ok := cell.(measured); ok && m.half > 0 && !math.IsInf(m.half, 1) {
			n = min(places(x, m.half), n)
		} else if x == math.Trunc(x) {
			n = 0
		}
		list = append(list, n)
		least = min(least, math.Abs(x))
	}
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	n := max(0, list[len(list)/2])
	if want := first(least) + 1; want > n {
		n++
	}
	return min(n, mostDecimals)
}

// withDecimals returns the format of numbers with so many decimals.
func withDecimals(n int) string {
	if n <= 0 {
		return formatWhole
	}
	return formatWhole + "." + strings.Repeat("0", n)
}

// formats returns the format of each column.
func (t *bookTable) formats() []string {
	list := make([]string, len(t.columns))
	byHead := map[string]string{}
	for j, c := range t.columns {
		switch {
		case c.like != "":
			list[j] = byHead[c.like]
		case c.kind == ofShare:
			list[j] = formatShare
		case c.kind == ofWhole:
			list[j] = formatWhole
		case c.kind == ofNumber:
			list[j] = withDecimals(t.decimals(j))
		case c.kind == ofMoney:
			n := t.decimals(j)
			if slices.ContainsFunc(t.rows, func(row []any) bool { return math.Abs(valueOf(row[j])) >= 1000 }) {
				n = 0
			}
			list[j] = withDecimals(n)
		}
		byHead[c.head] = list[j]
	}
	return list
}

// formatOf returns the format of an estimate by itself.
func formatOf(e *study.Estimate) string {
	if shareOf(e.Metric) {
		return formatShare
	}
	return formatAlone(e.Mean, e.Interval.HalfWidth())
}

// formatAlone returns the format of a number by itself: with the decimals that its
// uncertainty supports, but not so few that it would be shown as 0.
func formatAlone(x, half float64) string {
	n := places(x, half)
	if x != 0 && x-x == 0 && round(x, max(n, 0)) == 0 {
		n = first(x)
	}
	return withDecimals(min(n, mostDecimals))
}

// bookWord is a text in place of a number.
type bookWord string

// shareOf reports whether a metric is shown in per cent.
func shareOf(m model.Metric) bool {
	return m.Indicator() || strings.HasPrefix(m.Meaning, "share of ") || strings.HasSuffix(m.Name, "_share") || m.Name == "fill_rate"
}

// kindOf returns what a column of a metric is, and its head.
func kindOf(m model.Metric, head string) (columnKind, string) {
	switch {
	case shareOf(m):
		return ofShare, head
	case m.Unit == "1":
		return ofNumber, head
	}
	return ofNumber, head + ", " + m.Unit
}

// put writes the table below what is on the sheet.
func (b *book) put(t *bookTable) {
	t.head = b.row + 1
	t.first = t.head + 1
	t.at = map[string]int{}
	formats := t.formats()
	t.from = nil
	for j, c := range t.columns {
		if j == 0 || t.filled(j) {
			t.at[c.head] = len(t.from)
			t.from = append(t.from, j)
		}
	}
	for at, j := range t.from {
		c := t.columns[j]
		b.check(b.f.SetCellStr(b.sheet, b.cell(at, t.head), c.head))
		b.check(b.f.SetCellStyle(b.sheet, b.cell(at, t.head), b.cell(at, t.head), b.head(c.kind != ofText, at > 0)))
	}
	b.height(t.head, t, func(j int) any { return t.columns[j].head })
	for i, row := range t.rows {
		b.height(t.first+i, t, func(j int) any { return row[j] })
		for at, j := range t.from {
			b.set(b.cell(at, t.first+i), row[j], formats[j], at > 0)
		}
	}
	t.last = t.head + len(t.rows)
	b.row = t.last
}

// set writes a cell. A number that is not known is left out.
func (b *book) set(at string, value any, format string, indent bool) {
	if text, ok := value.(string); ok {
		if text != "" {
			b.check(b.f.SetCellStr(b.sheet, at, text))
		}
		b.check(b.f.SetCellStyle(b.sheet, at, at, b.text(indent)))
		return
	}
	if word, ok := value.(bookWord); ok {
		b.check(b.f.SetCellStr(b.sheet, at, string(word)))
		b.check(b.f.SetCellStyle(b.sheet, at, at, b.style("word", func() *excelize.Style {
			return &excelize.Style{Font: letter(11, false, bookPale), Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "right"}}
		})))
		return
	}
	style := b.number
	if u, ok := value.(unsure); ok {
		value, style = u.of, b.unsure
	}
	if v, ok := value.(formatted); ok {
		format = v.format
	}
	if format != "" {
		b.check(b.f.SetCellStyle(b.sheet, at, at, style(format)))
	}
	s := exact(valueOf(value))
	x, err := strconv.ParseFloat(s, 64)
	if s == "" || err != nil || math.IsInf(x, 0) {
		return
	}
	b.check(b.f.SetCellFloat(b.sheet, at, x+0, -1, 64)) // -0 becomes 0
}

// only writes a table as all that is on a sheet: as wide as its columns, with heads
// and names that stay in view, and to choose rows from.
func (b *book) only(t *bookTable) {
	b.put(t)
	for _, c := range t.columns {
		j, there := t.at[c.head]
		if !there {
			continue
		}
		b.check(b.f.SetColWidth(b.sheet, b.letters(j), b.letters(j), c.wide()))
	}
	b.freeze(1)
	if len(t.rows) > 1 {
		b.check(b.f.AutoFilter(b.sheet, b.cell(0, t.head)+":"+b.cell(len(t.at)-1, t.last), nil))
	}
}

// lineHeight is that of a line of text, in points.
const lineHeight = 15.5

// narrow is how many letters of a text have the width of a digit, in which widths
// are told; of bold ones, it is about one.
const narrow = 1.18

// height gives a row the height of its texts, if they take several lines:
// spreadsheets do not find out before it is touched.
func (b *book) height(row int, t *bookTable, of func(j int) any) {
	lines := 1
	for at, j := range t.from {
		if text, ok := of(j).(string); ok {
			room := t.columns[j].wide() - 1
			if row != t.head {
				room = narrow * t.columns[j].wide()
			}
			if at > 0 {
				room-- // indented
			}
			lines = max(lines, len(wrap(text, int(room))))
		}
	}
	if lines > 1 {
		b.check(b.f.SetRowHeight(b.sheet, row, lineHeight*float64(lines)))
	}
}

// wide returns how wide the column is.
func (c bookColumn) wide() float64 {
	if c.width == 0 {
		return numberWidth
	}
	return c.width
}

// note writes a sentence below a table, in small letters.
func (b *book) note(s string) {
	b.row++
	at := b.cell(0, b.row)
	b.check(b.f.SetCellStr(b.sheet, at, s))
	b.check(b.f.SetCellStyle(b.sheet, at, at, b.style("small", func() *excelize.Style { return &excelize.Style{Font: letter(9, false, bookGrey)} })))
}

// say writes a sentence across the sheet, with room for all its lines.
func (b *book) say(text string, columns, letters int, style *excelize.Style, key string) {
	b.row++
	from, to := b.cell(0, b.row), b.cell(columns-1, b.row)
	b.check(b.f.MergeCell(b.sheet, from, to))
	b.check(b.f.SetCellStr(b.sheet, from, text))
	if style.Alignment == nil {
		style.Alignment = &excelize.Alignment{WrapText: true, Vertical: "top"}
	}
	b.check(b.f.SetCellStyle(b.sheet, from, to, b.style(key, func() *excelize.Style { return style })))
	size := 11.0
	if style.Font != nil && style.Font.Size > 0 {
		size = style.Font.Size
	}
	lines := len(wrap(text, int(float64(letters)*11/size)))
	b.check(b.f.SetRowHeight(b.sheet, b.row, lineHeight*size/11*float64(lines)+2))
}
