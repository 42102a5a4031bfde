package source

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// The decoder of record, BurntSushi/toml, knows positions by dotted key alone, so
// that within an array of tables it gives those of the last. This file finds
// them again with another parser. It is the only one that uses its package.

// mark says where a key and its value stand, as offsets into the file. Of a
// table the key is the one in its header, if it has a header, and otherwise the first
// mention; the value of a table without braces is the key.
type mark struct {
	key, keyEnd     int
	value, valueEnd int
	header          bool
	first           int // offset of the first mention
}

// deepest is the number of parts that a key may have.
const deepest = 50

// marks are the positions in a file, by path.
type marks struct {
	data  []byte
	of    map[string]mark
	count map[string]int // of arrays of tables: the number of tables so far
	deep  int            // offset of a key with too many parts, or -1
}

// join makes one string of a path; the parts of no other path make the same.
func join(path []string) string { return strings.Join(path, "\x00") }

func index(i int) string { return "[" + strconv.Itoa(i) + "]" }

// locate finds the keys and values of a TOML file. Of one that is not valid it finds
// those before the first mistake, or more.
func locate(data []byte) *marks {
	m := &marks{data: data, of: map[string]mark{}, count: map[string]int{}, deep: -1}
	var p unstable.Parser
	p.Reset(data)
	var table []string
	for p.NextExpression() && m.deep < 0 {
		e := p.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = m.header(e)
		case unstable.KeyValue:
			m.keyValue(table, e)
		}
	}
	return m
}

// header notes the table or array of tables that begins, and returns its path.
func (m *marks) header(e *unstable.Node) []string {
	var path []string
	var last mark
	for it := e.Key(); it.Next(); {
		path = append(path, string(it.Node().Data))
		last = m.keyMark(it.Node())
		if m.note(path, last); m.deep >= 0 {
			return nil
		}
		if !it.IsLast() && m.count[join(path)] > 0 {
			path = append(path, index(m.count[join(path)]-1))
		}
	}
	last.header = true
	if e.Kind == unstable.ArrayTable {
		n := m.count[join(path)]
		m.count[join(path)] = n + 1
		path = append(path, index(n))
	}
	if old, ok := m.of[join(path)]; !ok || !old.header {
		if ok {
			last.first = old.first
		}
		m.of[join(path)] = last
	}
	return path
}

func (m *marks) keyMark(n *unstable.Node) mark {
	start := int(n.Raw.Offset)
	end := start + int(n.Raw.Length)
	return mark{key: start, keyEnd: end, value: start, valueEnd: end, first: start}
}

// note remembers the first mark of a path.
func (m *marks) note(path []string, k mark) {
	if len(path) > deepest {
		m.deep = k.key
	}
	if m.deep >= 0 {
		return
	}
	if _, ok := m.of[join(path)]; !ok {
		m.of[join(path)] = k
	}
}

// keyValue notes a key, whose parts may be several, and what is in its value.
func (m *marks) keyValue(table []string, e *unstable.Node) {
	path := append([]string(nil), table...)
	var k mark
	for it := e.Key(); it.Next(); {
		path = append(path, string(it.Node().Data))
		k = m.keyMark(it.Node())
		if !it.IsLast() {
			m.note(path, k)
		}
		if m.deep >= 0 {
			return
		}
	}
	k.value = m.skipTo(k.keyEnd, "=") + 1
	k.value = m.skipSpace(k.value)
	k.valueEnd = m.end(k.value)
	m.note(path, k)
	m.inside(path, e.Value(), k.value)
}

// inside notes what a value that begins at start contains.
func (m *marks) inside(path []string, v *unstable.Node, start int) {
	if m.deep >= 0 {
		return
	}
	switch v.Kind {
	case unstable.InlineTable:
		for it := v.Children(); it.Next(); {
			if it.Node().Kind == unstable.KeyValue {
				m.keyValue(path, it.Node())
			}
		}
	case unstable.Array:
		at := start + 1
		i := 0
		for it := v.Children(); it.Next(); i++ {
			at = m.skipSpace(at)
			end := m.end(at)
			item := append(path[:len(path):len(path)], index(i))
			m.note(item, mark{key: at, keyEnd: end, value: at, valueEnd: end, first: at})
			m.inside(item, it.Node(), at)
			at = m.skipTo(end, ",]") + 1
		}
	}
}

// skipTo returns the offset of the first of the given characters from at on, passing over
// space and comments.
func (m *marks) skipTo(at int, chars string) int {
	for at = m.skipSpace(at); at < len(m.data) && strings.IndexByte(chars, m.data[at]) < 0; at = m.skipSpace(at) {
		at++
	}
	return at
}

// skipSpace returns the offset of the first character from at on that is neither
// space nor in a comment.
func (m *marks) skipSpace(at int) int {
	for ; at < len(m.data); at++ {
		switch m.data[at] {
		case ' ', '\t', '\r', '\n':
		case '#':
			i := bytes.IndexByte(m.data[at:], '\n')
			if i < 0 {
				return len(m.data)
			}
			at += i
		default:
			return at
		}
	}
	return len(m.data)
}

// end returns the offset after the value that begins at start.
func (m *marks) end(start int) int {
	depth := 0
	for at := start; at < len(m.data); {
		switch c := m.data[at]; c {
		case '"', '\'':
			at = m.endOfString(at)
		case '[', '{':
			depth++
			at++
			continue
		case ']', '}':
			depth--
			at++
		case '#':
			at = m.skipSpace(at)
			continue
		case ',', '\n', ' ', '\t', '\r':
			if depth > 0 {
				at++
				continue
			}
			return at // not reached, unless there is no value
		default:
			n := bytes.IndexAny(m.data[at:], ",]}#\r\n\t \"'[{")
			if n < 0 {
				n = len(m.data) - at
			}
			at += n
			if depth == 0 && at == start+len(dateOnly) && isDateThenTime(m.data[start:]) {
				at++
				continue
			}
		}
		if depth <= 0 {
			return at
		}
	}
	return len(m.data)
}

const dateOnly = "2020-06-01"

// isDateThenTime reports whether b begins with a date, a space and a digit.
func isDateThenTime(b []byte) bool {
	n := len(dateOnly)
	return len(b) > n+1 && b[4] == '-' && b[7] == '-' && b[n] == ' ' && '0' <= b[n+1] && b[n+1] <= '9'
}

// endOfString returns the offset after the string that begins at start.
func (m *marks) endOfString(start int) int {
	quote := m.data[start : start+1]
	if three := m.data[start:min(start+3, len(m.data))]; string(three) == `"""` || string(three) == "'''" {
		quote = three
	}
	for at := start + len(quote); at < len(m.data); at++ {
		switch {
		case m.data[at] == '\\' && quote[0] == '"':
			at++
		case bytes.HasPrefix(m.data[at:], quote):
			at += len(quote)
			for len(quote) == 3 && at < len(m.data) && m.data[at] == quote[0] {
				at++ // quotes before the closing ones belong to the string
			}
			return at
		}
	}
	return len(m.data)
}
