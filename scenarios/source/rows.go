package source

import (
	"fmt"
	"strings"

	"oxysim/scenarios/quantity"
)

// Columns that are the reader's own: what a row is called, where its numbers
// come from, and a remark that is not read.
const (
	columnName   = "name"
	columnSource = "source"
	columnNote   = "note"
)

// rows is a CSV table whose rows are things.
type rows struct {
	sheet   *sheet
	depth   int             // number of parts of the key of a row
	columns map[string]bool // keys below that of a row
}

// rows makes a thing of each row of a sheet, and puts it into things, the table
// at path.
func (l *loader) rows(things *node, s *sheet, path []string, layer int) {
	named := s.column(columnName)
	if named < 0 {
		hint := ""
		var heads []string
		for _, h := range s.heads {
			heads = append(heads, h.text)
		}
		if g := quantity.Guess(columnName, heads); g != "" {
			hint = fmt.Sprintf(", not %q", g)
		}
		l.add(&Problem{Place: s.heads[0].at, Message: `want a column "name"` + hint})
		return
	}
	r := &rows{sheet: s, depth: len(path) + 1, columns: map[string]bool{}}
	paths, ok := l.columns(s, r)
	if !ok {
		return
	}
	cited := s.column(columnSource)
	for _, row := range s.rows {
		if cited >= 0 {
			if from := s.at(row, cited); strings.ContainsFunc(from.text, disturbs) {
				l.add(&Problem{Place: from.at, Message: fmt.Sprintf("want a text without control characters, not %q", quantity.Shorten(from.text))})
			}
		}
		name := s.at(row, named)
		key := joinKey(extend(path, name.text))
		first, again := things.children[name.text]
		switch {
		case name.text == "":
			l.add(&Problem{Place: name.at, Key: joinKey(path), Message: `want a name in the column "name", not an empty cell`})
			continue
		case again:
			l.add(&Problem{Place: name.at, Key: key, Message: "the name is taken, at " + first.key.String()})
			continue
		}
		thing := newTable(name.at, layer)
		thing.row = r
		for i, rel := range paths {
			c := s.at(row, i)
			if rel == nil || c.text == "" {
				continue
			}
			n := &node{
				form: leaf, key: s.heads[i].at, at: c.at, layer: layer, doc: s.doc, row: r,
				text: quantity.WithUnit(c.text, s.heads[i].unit), loose: true,
			}
			n.value = n.text
			if c.text == "{}" { // a table without keys, such as that of bedside cylinders
				n.form, n.text, n.value, n.children = table, "", nil, map[string]*node{}
			}
			if cited >= 0 {
				n.source = s.at(row, cited).text
			}
			thing.insert(rel, n)
		}
		things.put(name.text, thing)
	}
}

// columns returns the path of each column below the key of a row; nil for those
// that are the reader's own.
func (l *loader) columns(s *sheet, r *rows) ([][]string, bool) {
	paths := make([][]string, len(s.heads))
	well := true
	bad := func(h head, format string, args ...any) {
		l.add(&Problem{Place: h.at, Message: fmt.Sprintf(format, args...)})
		well = false
	}
	for i, h := range s.heads {
		if i != s.column(h.text) && h.text != "" {
			bad(h, "two columns %q", h.text)
			continue
		}
		switch h.text {
		case "", columnName, columnSource, columnNote:
			continue
		}
		path, ok := splitKey(h.text)
		if !ok {
			bad(h, `want a head such as "demand.flow [m3/day]", not %q`, h.text)
			continue
		}
		for j, other := range paths[:i] {
			if len(other) > 0 && (isPrefix(other, path) || isPrefix(path, other)) {
				bad(h, "%q is a value in the column %q", joinKey(shorter(path, other)), s.heads[j].text)
			}
		}
		paths[i] = path
		r.columns[joinKey(path)] = true
	}
	return paths, well
}

func shorter(a, b []string) []string {
	if len(a) < len(b) {
		return a
	}
	return b
}

// insert puts a node below n at a path, with tables between, which have the key of the node
// and the place of n.
func (n *node) insert(path []string, c *node) {
	for _, part := range path[:len(path)-1] {
		next := n.children[part]
		if next == nil || next.form != table {
			next = newTable(c.key, n.layer)
			next.at, next.row = n.at, n.row
			n.put(part, next)
		}
		n = next
	}
	n.put(path[len(path)-1], c)
}
