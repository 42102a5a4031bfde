package source

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// mostNested is the number of brackets that may be open at once. The decoder
// calls itself for each.
const mostNested = 1000

// parse reads a TOML file into a table. If the file is not valid, the table is nil.
func (d *document) parse(layer int) (*node, *Problem) {
	if at := nested(d.data); at >= 0 {
		return nil, &Problem{Place: d.place(at, at+1), Message: "brackets are nested too deeply"}
	}
	m := locate(d.data)
	if m.deep >= 0 {
		return nil, &Problem{Place: d.place(m.deep, m.deep+1), Message: "the key has too many parts"}
	}
	values, err := decodeTOML(string(d.data))
	if err != nil {
		return nil, d.invalid(err)
	}
	b := builder{doc: d, marks: m, layer: layer}
	root := newTable(d.whole(), layer)
	b.fill(root, values, nil)
	if b.deep {
		return nil, &Problem{Place: d.whole(), Message: "a key has too many parts"}
	}
	return root, nil
}

// nested returns the offset of a bracket that is nested too deeply, or -1. It
// counts brackets in strings and comments too, of which nobody has so many.
func nested(data []byte) int {
	depth := 0
	for i, c := range data {
		switch c {
		case '[', '{':
			if depth++; depth > mostNested {
				return i
			}
		case ']', '}':
			depth = max(depth-1, 0)
		}
	}
	return -1
}

// decodeTOML is toml.Decode that takes the decoder's own failure for an error.
func decodeTOML(data string) (values map[string]any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("cannot be read: %v", r)
		}
	}()
	_, err = toml.Decode(data, &values)
	return values, err
}

// invalid returns the problem of a file that is not TOML.
func (d *document) invalid(err error) *Problem {
	var e toml.ParseError
	if !errors.As(err, &e) {
		return &Problem{Place: d.whole(), Message: strings.TrimPrefix(err.Error(), "toml: ")}
	}
	start := d.culprit(e.Position.Start, e.Message)
	p := d.place(start, start+e.Position.Len)
	if p.Line != e.Position.Line && e.Position.Line > 0 { // the decoder counts an error at the end of a line to the next
		p = d.at(e.Position.Line, e.Position.Col, 1)
	}
	return &Problem{Place: p, Key: bareKey(e.LastKey), Message: plainly(e.Message), help: help(e)}
}

// help returns what the decoder says at length of an error, if anything.
func help(e toml.ParseError) (text string) {
	if e.Position.Line < 1 {
		return "" // the decoder fails for an error of which it does not know the line
	}
	_, text, _ = strings.Cut(e.ErrorWithUsage(), "Error help:")
	return text
}

// culprit returns the offset of the character that a message complains of:
// the decoder points at the space before it.
func (d *document) culprit(start int, message string) int {
	_, found, _ := strings.Cut(message, "but got '")
	r, n := utf8.DecodeRuneInString(found)
	if !strings.HasPrefix(found[n:], "'") || start < 0 || start > len(d.data) {
		return start
	}
	rest := strings.TrimLeft(string(d.data[start:]), " \t")
	if strings.HasPrefix(rest, string(r)) {
		return len(d.data) - len(rest)
	}
	return start
}

// bareKey returns the key that the decoder read last, if it is one.
func bareKey(s string) string {
	if path, ok := splitKey(s); ok {
		return joinKey(path)
	}
	return ""
}

// plainly puts the decoder's message in the manner of ours, and adds what is
// most often the remedy.
func plainly(message string) string {
	const (
		quotes = ` (put texts and quantities in quotes, such as "36h")`
		letter = ` (put names with other letters than a to z in quotes)`
	)
	message = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, strings.TrimSuffix(lowerFirst(message), "."))
	for _, m := range []struct{ begin, end, want, hint string }{
		{"expected a top-level item to end with a newline, comment, or EOF, but got ", " instead", "want the end of the line, not ", quotes},
		{"expected value but found ", " instead", "want a value, not ", quotes},
		{"expected '.' or '=', but got ", " instead", "want '=' after a key, not ", letter},
		{"expected '.' or ']' to end table name, but got ", " instead", "want ']' after the name of a table, not ", letter},
	} {
		rest, ok1 := strings.CutPrefix(message, m.begin)
		found, ok2 := strings.CutSuffix(rest, m.end)
		if !ok1 || !ok2 {
			continue
		}
		if m.hint == letter && strings.IndexFunc(found, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
			m.hint = ""
		}
		return m.want + strings.ReplaceAll(found, `'\x00'`, "the end of the file") + m.hint
	}
	return message
}

func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsUpper(next) {
		return s // an abbreviation
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// builder makes nodes of decoded values.
type builder struct {
	doc   *document
	marks *marks
	layer int
	deep  bool // whether a key had too many parts; what is below it is left out
}

// fill puts the values into the table at path.
func (b *builder) fill(n *node, values map[string]any, path []string) {
	type found struct {
		name string
		mark mark
		ok   bool
	}
	var all []found
	for name := range values {
		m, ok := b.marks.of[join(extend(path, name))]
		all = append(all, found{name, m, ok})
	}
	slices.SortFunc(all, func(x, y found) int {
		return cmp.Or(cmp.Compare(x.mark.first, y.mark.first), cmp.Compare(x.name, y.name))
	})
	for _, f := range all {
		n.put(f.name, b.node(n, values[f.name], extend(path, f.name)))
	}
}

// node returns the node of the value at path. parent gives the place if there is no
// mark, which happens only if the two parsers disagree.
func (b *builder) node(parent *node, value any, path []string) *node {
	m, ok := b.marks.of[join(path)]
	n := &node{form: leaf, key: parent.key, at: parent.at, layer: b.layer, doc: b.doc}
	raw := ""
	if len(path) > deepest {
		b.deep = true
		return n
	}
	if ok {
		n.key = b.doc.place(m.key, m.keyEnd)
		n.at = b.doc.place(m.value, m.valueEnd)
		raw = string(b.doc.data[m.value:m.valueEnd])
	}
	switch v := value.(type) {
	case map[string]any:
		n.form, n.children = table, map[string]*node{}
		b.fill(n, v, path)
	case []map[string]any:
		n.form = list
		for i, item := range v {
			n.items = append(n.items, b.node(n, item, extend(path, index(i))))
		}
	case []any:
		n.form = list
		for i, item := range v {
			n.items = append(n.items, b.node(n, item, extend(path, index(i))))
		}
	case string:
		n.value, n.text = v, v
	case int64, float64, bool:
		n.value, n.text = v, raw
		if raw == "" {
			n.text = fmt.Sprint(v)
		}
	case time.Time:
		n.text = raw
		if raw == "" {
			n.text = v.Format(time.RFC3339)
		}
	}
	return n
}
