package source

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"oxysim/scenarios/quantity"
)

// fromOutside is the layer of values that no file has.
const fromOutside = math.MaxInt

// Set sets one value, as the flag --set does: "hospital.rizgary.buffer=45". The
// value is TOML, or else a text without quotes, such as 36h. Tables on the way are
// made; whether there is such a key is found by Decode.
func (t *Tree) Set(assignment string) Problems {
	flag := Place{Flag: "--set " + assignment}
	key, text, ok := cutAssignment(assignment)
	path, isKey := splitKey(key)
	if !ok || !isKey {
		return Problems{{Place: flag, Message: `want KEY=VALUE such as "hospital.rizgary.buffer=45"`}}
	}
	if text = strings.TrimSpace(text); text == "" {
		return Problems{{Place: flag, Key: joinKey(path), Message: "want a value after the equals sign"}}
	}
	return t.set(path, t.parseValue(text, flag), flag)
}

// Nobody returns the problem of an assignment to something of one of some kinds
// that is not in the scenario: its key has the name of a kind and then that of
// a thing, "hospital.rizgary". With --set, a thing cannot be made.
func (t *Tree) Nobody(assignment string, kinds ...string) Problems {
	key, _, _ := cutAssignment(assignment)
	path, ok := splitKey(key)
	if !ok || len(path) < 2 || !slices.Contains(kinds, path[0]) || t.find(path[:2]) != nil {
		return nil
	}
	names := t.Names(path[0])
	message := fmt.Sprintf("the scenario has no %s %q", path[0], path[1])
	if guess := quantity.Guess(path[1], names); guess != "" {
		message += fmt.Sprintf(" (did you mean %q?)", guess)
	}
	return Problems{{Place: Place{Flag: "--set " + assignment}, Key: joinKey(path[:2]), Message: message}}
}

// SetValue sets one value: a text, number, bool or fmt.Stringer, or a []any or map[string]any
// of such values. It panics if the value is of another type.
func (t *Tree) SetValue(key string, value any) Problems {
	flag := Place{Flag: "--set " + key + "=" + fmt.Sprint(value)}
	path, ok := splitKey(key)
	if !ok {
		return Problems{{Place: flag, Message: fmt.Sprintf(`want a dotted key such as "hospital.rizgary.buffer", not %q`, key)}}
	}
	return t.set(path, t.valueNode(value, flag), flag)
}

// cutAssignment splits at the first equals sign that is not in quotes.
func cutAssignment(s string) (key, value string, ok bool) {
	quoted := false
	for i, r := range s {
		switch {
		case r == '"':
			quoted = !quoted
		case r == '=' && !quoted:
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// parseValue reads a value of the command line.
func (t *Tree) parseValue(text string, flag Place) *node {
	line := newDocument(t.main.fsys, t.main.name, []byte("value = "+text))
	if !strings.ContainsAny(text, "\n\r") {
		if root, problem := line.parse(fromOutside); problem == nil && len(root.order) == 1 {
			n := root.children["value"]
			n.outside(flag)
			return n
		}
	}
	return &node{form: leaf, key: flag, at: flag, layer: fromOutside, text: text, value: text, loose: true, doc: t.main}
}

// outside makes a node that was read from the command line say so.
func (n *node) outside(flag Place) {
	n.key, n.at, n.loose = flag, flag, true
	for _, c := range n.children {
		c.outside(flag)
	}
	for _, c := range n.items {
		c.outside(flag)
	}
}

// valueNode returns the node of a Go value.
func (t *Tree) valueNode(value any, flag Place) *node {
	n := &node{form: leaf, key: flag, at: flag, layer: fromOutside, doc: t.main, loose: true, value: value}
	switch v := value.(type) {
	case string:
		n.text = v
	case bool:
		n.text = strconv.FormatBool(v)
	case float64:
		n.text = strconv.FormatFloat(v, 'g', -1, 64)
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64:
		n.text = fmt.Sprint(v)
		i, _ := strconv.ParseInt(n.text, 10, 64)
		n.value = i
	case fmt.Stringer:
		n.text = v.String()
		n.value = n.text
	case []any:
		n.form, n.value = list, nil
		for _, item := range v {
			n.items = append(n.items, t.valueNode(item, flag))
		}
	case map[string]any:
		n.form, n.value, n.children = table, nil, map[string]*node{}
		for k, item := range v {
			n.put(k, t.valueNode(item, flag))
		}
		slices.Sort(n.order)
	default:
		panic(fmt.Sprintf("source: a value cannot be a %T", value))
	}
	return n
}

// set puts a node at a path.
func (t *Tree) set(path []string, value *node, flag Place) Problems {
	n := t.root
	for i, part := range path[:len(path)-1] {
		next := n.child(part)
		if next == nil || next.form == leaf {
			if n.form == list {
				return Problems{{Place: flag, Key: joinKey(path[:i+1]), Message: fmt.Sprintf("the list has %d items", len(n.items))}}
			}
			next = newTable(flag, fromOutside)
			n.put(part, next)
		}
		n = next
	}
	last := path[len(path)-1]
	if n.form == list {
		i, ok := indexOf(last)
		if !ok || i >= len(n.items) {
			return Problems{{Place: flag, Key: joinKey(path), Message: fmt.Sprintf("the list has %d items", len(n.items))}}
		}
		n.items[i] = value
		return nil
	}
	over := newTable(flag, fromOutside)
	over.put(last, value)
	n.merge(over)
	return nil
}

// Apply merges what is in the table at a dotted key over the whole scenario, as
// an option does with what it changes. Keys with dots in them, which have to be
// quoted in a file, are split. Values keep the places where they were written.
func (t *Tree) Apply(key string) Problems {
	path, _ := splitKey(key)
	n := t.find(path)
	if n == nil || n.form != table {
		return Problems{t.Problem(key, "want a table of keys and their values")}
	}
	over := newTable(n.key, n.layer)
	var problems Problems
	for _, k := range n.order {
		parts, ok := splitKey(k)
		if !ok {
			problems = append(problems, &Problem{Place: n.children[k].key, Key: key, Message: fmt.Sprintf("want a dotted key, not %q", k)})
			continue
		}
		c := n.children[k].clone()
		c.bear(extend(path, k))
		single := newTable(c.key, c.layer)
		single.insert(parts, c)
		over.merge(single)
	}
	t.root.merge(over)
	return problems.tidy()
}

// bear remembers where the leaves of n, at path, were written.
func (n *node) bear(path []string) {
	n.born = joinKey(path)
	for k, c := range n.children {
		c.bear(extend(path, k))
	}
	for i, c := range n.items {
		c.bear(extend(path, index(i)))
	}
}
