package report

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// grid is a table without lines: columns with three spaces between them, the
// head in the colour of what is less important.
type grid struct {
	head  []string
	right []bool // columns of numbers
	rows  [][]string
	color bool
}

// newGrid returns a table. A head that ends with a tab is that of a column of
// numbers, which are aligned at the right.
func newGrid(v View, head ...string) *grid {
	g := &grid{color: v.Color}
	for _, h := range head {
		name, right := strings.CutSuffix(h, "\t")
		g.head = append(g.head, name)
		g.right = append(g.right, right)
	}
	return g
}

func (g *grid) row(cells ...string) { g.rows = append(g.rows, cells) }

// quiet is the style: nothing but space.
var quiet = table.Style{
	Name:    "quiet",
	Box:     table.BoxStyle{PaddingRight: "   "},
	Format:  table.FormatOptions{Header: text.FormatDefault},
	Options: table.OptionsNoBordersAndSeparators,
}

// String returns the table, each line indented by two spaces.
func (g *grid) String() string {
	w := table.NewWriter()
	style := quiet
	if g.color {
		style.Color.Header = text.Colors{text.Faint}
	}
	w.SetStyle(style)
	var columns []table.ColumnConfig
	var head table.Row
	heads := false
	for i, h := range g.head {
		c := table.ColumnConfig{Number: i + 1, Align: text.AlignLeft, AlignHeader: text.AlignLeft}
		if g.right[i] {
			c.Align, c.AlignHeader = text.AlignRight, text.AlignRight
		}
		columns = append(columns, c)
		head = append(head, h)
		heads = heads || h != ""
	}
	w.SetColumnConfigs(columns)
	if heads {
		w.AppendHeader(head)
	}
	for _, r := range g.rows {
		var row table.Row
		for _, c := range r {
			row = append(row, c)
		}
		w.AppendRow(row)
	}
	var b strings.Builder
	for line := range strings.Lines(w.Render()) {
		if line = strings.TrimRight(line, " \n"); line != "" {
			b.WriteString("  " + line + "\n")
		}
	}
	return b.String()
}

// View says how an answer is shown.
type View struct {
	Color    bool
	All      bool   // every hospital, not only the worst
	Page     bool   // on a page, where names are as long as they are and nothing is typed
	Hospital string // everything about this one, by its dotted name; "" for all
}

// paint colours a text, if the view has colours.
func (v View) paint(s string, colors ...text.Color) string {
	if !v.Color {
		return s
	}
	return text.Colors(colors).Sprint(s)
}

// strong is what must not be overlooked.
func (v View) strong(s string) string { return v.paint(s, text.Bold) }

// faint is what may be.
func (v View) faint(s string) string { return v.paint(s, text.Faint) }

// count returns n things in words.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	switch {
	case strings.HasSuffix(thing, "y") && !strings.HasSuffix(thing, "ay"):
		thing = strings.TrimSuffix(thing, "y") + "ies"
	default:
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

// cut cuts what is longer than so many characters.
func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimRight(string(r[:most-1]), " ") + "…"
	}
	return s
}
