package source

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"oxysim/scenarios/quantity"
)

// provenance says where the numbers under a key come from.
type provenance struct {
	path  []string
	text  string
	place Place
	layer int // of the file that says it; it says nothing of later files
}

// provenance notes the table [source], or a part of it. A key in it that has dots is
// as many parts.
func (l *loader) provenance(n *node, path []string, layer int) {
	key := joinKey(append([]string{keySource}, path...))
	switch text, isText := n.value.(string); {
	case n.form == table:
		for _, k := range n.order {
			parts, ok := splitKey(k)
			if !ok {
				l.add(&Problem{Place: n.children[k].key, Key: key, Message: fmt.Sprintf("want a dotted key, not %q", k)})
				continue
			}
			l.provenance(n.children[k], append(slices.Clone(path), parts...), layer)
		}
	case !isText:
		l.add(&Problem{Place: n.at, Key: key, Message: "want a text that says where numbers come from, not " + n.name()})
	case len(path) == 0:
		l.add(&Problem{Place: n.at, Key: key, Message: "want a table of texts by key, not " + n.name()})
	case strings.ContainsFunc(text, disturbs):
		l.add(&Problem{Place: n.at, Key: key, Message: fmt.Sprintf("want a text without control characters, not %q", quantity.Shorten(text))})
	default:
		l.tree.sources = append(l.tree.sources, provenance{path, text, n.key, layer})
	}
}

// disturbs reports whether a character of a text of several lines does more than
// to end one.
func disturbs(r rune) bool { return Disturbs(r) && r != '\n' && r != '\r' && r != '\t' }

// Disturbs reports whether a character moves the others of a line: it controls a
// terminal, ends the line, or turns what follows around. Marks of letters that are
// written from right to left do not.
func Disturbs(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

// Source returns where the value at a dotted key comes from: what [source] says of the longest part of
// the key, in the file of the value or one that extends it; or the column
// "source" of the value's row in a table; or, of a value given on the command line, the flag. It returns ""
// if nothing is said.
func (t *Tree) Source(key string) string {
	path, ok := splitKey(key)
	if !ok {
		return ""
	}
	layer, text, length := 0, "", 0
	if n := t.find(path); n != nil {
		if n.at.Flag != "" {
			return n.at.Flag
		}
		if n.born != "" {
			path, _ = splitKey(n.born)
		}
		layer = n.layer
		if n.source != "" {
			text, length = n.source, n.row.depth
		}
	}
	best := -1
	for _, s := range t.sources {
		if s.layer < layer || !isPrefix(s.path, path) || len(s.path) < length {
			continue
		}
		if len(s.path) > length || s.layer >= best {
			text, length, best = s.text, len(s.path), s.layer
		}
	}
	return text
}

func isPrefix(prefix, path []string) bool {
	return len(prefix) <= len(path) && slices.Equal(prefix, path[:len(prefix)])
}
