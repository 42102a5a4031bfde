package source

import (
	"slices"
	"strconv"
	"strings"
)

// Leaf is a value that is written somewhere in a scenario.
type Leaf struct {
	Path   []string // of its key; an empty table is a leaf too
	Text   string   // as [Tree.Set] reads it
	Plain  string   // as a cell of a table has it
	Cell   bool     // a cell can have it: it is one value, or a list of such
	File   string   // the CSV file that it names, as it is known to the tree; "" if none
	Source string   // where it comes from; "" if nothing is said
}

// Key returns its dotted key.
func (l *Leaf) Key() string { return joinKey(l.Path) }

// Leaves returns all that is written, in the order of declaration.
func (t *Tree) Leaves() []Leaf {
	var list []Leaf
	t.leaves(t.root, nil, &list)
	return list
}

func (t *Tree) leaves(n *node, path []string, list *[]Leaf) {
	if n.form == table && len(n.order) > 0 {
		for _, k := range n.order {
			t.leaves(n.children[k], extend(path, k), list)
		}
		return
	}
	if len(path) == 0 {
		return
	}
	x := Leaf{Path: path, Text: t.literal(n), Source: t.Source(joinKey(path))}
	x.Plain, x.Cell = n.plainCell()
	if name, _, column := strings.Cut(n.text, "#"); n.form == leaf && (column || strings.HasSuffix(name, ".csv")) && n.doc != nil {
		if file := n.doc.beside(name); slices.Contains(t.files, file) {
			x.File = file
		}
	}
	*list = append(*list, x)
}

// literal returns a value as Set reads it: a text without quotes where that does
// not change it, and else TOML.
func (t *Tree) literal(n *node) string {
	if n.form != leaf {
		return n.toml()
	}
	back := t.parseValue(n.text, Place{})
	if n.text != "" && back.form == leaf && back.text == n.text {
		return n.text
	}
	return n.toml()
}

// toml returns a value as it is written in a file, on one line.
func (n *node) toml() string {
	switch n.form {
	case table:
		var parts []string
		for _, k := range n.order {
			parts = append(parts, quoteKey(k)+" = "+n.children[k].toml())
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case list:
		var parts []string
		for _, item := range n.items {
			parts = append(parts, item.toml())
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	if _, isText := n.value.(string); isText {
		return quoteText(n.text)
	}
	return n.text
}

// quoteText returns a text as a TOML string on one line.
func quoteText(s string) string {
	return strings.ReplaceAll(strconv.Quote(strings.ToValidUTF8(s, "�")), `\x`, `\u00`)
}

// plainCell returns a value as a cell of a table has it; ok is false if none
// can.
func (n *node) plainCell() (text string, ok bool) {
	switch n.form {
	case leaf:
		return n.text, n.text != "" && strings.TrimSpace(n.text) == n.text && !strings.ContainsAny(n.text, "\r\n")
	case list:
		var parts []string
		for _, item := range n.items {
			if item.form != leaf || item.text == "" || strings.Contains(item.text, ";") || strings.TrimSpace(item.text) != item.text {
				return "", false
			}
			parts = append(parts, item.text)
		}
		if len(parts) == 1 && strings.Contains(parts[0], ",") {
			return "", false // its commas would divide it
		}
		return strings.Join(parts, "; "), len(parts) > 0
	}
	return "{}", len(n.order) == 0
}

// Data returns what is in a file that was read; nil if none of the name was.
func (t *Tree) Data(file string) []byte {
	if d := t.docs[file]; d != nil {
		return d.data
	}
	return nil
}

// TOML returns the value at a dotted key as it is written in a file, on one
// line; "" if there is none.
func (t *Tree) TOML(key string) string {
	if n := t.at(key); n != nil {
		return n.toml()
	}
	return ""
}

// IsValue reports whether a text may stand after the equals sign in a file as it
// is: a number, a date, true or false, a text in quotes, a list or a table.
func IsValue(text string) bool {
	if strings.ContainsAny(text, "\n\r") || strings.Contains(text, "#") && !strings.ContainsAny(text, `"'`) {
		return false // a remark would be lost
	}
	root, problem := newDocument(nil, "", []byte("value = "+text)).parse(0)
	return problem == nil && len(root.order) == 1
}
