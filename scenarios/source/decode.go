package source

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"oxysim/scenarios/quantity"
)

// Decode reads a tree into the struct that v points to, and returns all that is
// wrong. It goes by the tags of fields:
//
//	key:"buffer"         the key in the file; fields without one are left alone
//	default:"36h"        what is taken if the key is not written, in the spelling of a file
//	required:"true"      the key has to be written; of a map, with one thing in it at least
//	min, max, above      limits, in the spelling of the field; above excludes its limit
//	oneof:"lost|waits"   the texts of which it is one
//	example:"45"         what to write, for messages and documents
//	names:"any"          of a map: its keys need not be names of things
//
// A field is a bool, number, string, struct, map with string keys, slice, any,
// or a type that reads itself from text, or a pointer to one of these, which
// is nil if the key is not written. An embedded struct stands for its fields.
//
// Afterwards the tree knows which defaults were taken ([Tree.Defaults]) and which numbers
// there are ([Tree.Scalar], [Tree.Uncertain]). It panics if v or its
// tags make no sense.
func Decode(t *Tree, v any) Problems {
	p := reflect.ValueOf(v)
	if p.Kind() != reflect.Pointer || p.IsNil() || p.Elem().Kind() != reflect.Struct {
		panic("source: Decode wants a pointer to a struct")
	}
	t.defaults, t.scalars = nil, map[string]quantity.Scalar{}
	d := &decoder{tree: t, top: p.Elem().Type(), unknown: map[Place]bool{}, lacking: map[*rows]map[string]bool{}}
	d.structure(t.root, nil, p.Elem())
	d.citations()
	slices.SortFunc(t.defaults, func(a, b Default) int { return strings.Compare(a.Key, b.Key) })
	return d.problems.tidy()
}

type decoder struct {
	tree     *Tree
	top      reflect.Type
	problems Problems
	unknown  map[Place]bool            // places of keys of which it has been said that they are unknown
	lacking  map[*rows]map[string]bool // required keys of which it has been said that a table has no column
}

func (d *decoder) add(at Place, path []string, format string, args ...any) {
	d.problems = append(d.problems, &Problem{Place: at, Key: joinKey(path), Message: fmt.Sprintf(format, args...)})
}

// value reads a node into v, which is of the type of f or what it points to.
func (d *decoder) value(n *node, path []string, v reflect.Value, f *field) {
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, path, v.Elem(), f)
		return
	}
	switch whatIs(v.Type()) {
	case isStruct:
		if n.form != table {
			d.notTable(n, path, v.Type())
			return
		}
		n.canon, n.absent = nil, nil
		d.structure(n, path, v)
	case isMap:
		if n.form != table {
			d.notTable(n, path, v.Type().Elem())
			return
		}
		n.canon = nil
		d.things(n, path, v, f)
	case isSlice:
		d.slice(n, path, v, f)
	case isCells:
		d.cells(n, path, v, f)
	case isAny:
		v.Set(reflect.ValueOf(n.plain()))
	default:
		d.leaf(n, path, v, f)
	}
}

// structure reads a table into a struct.
func (d *decoder) structure(n *node, path []string, v reflect.Value) {
	fields := fieldsOf(v.Type())
	guessed := map[string]bool{}
	keys := map[string]bool{}
	for i := range fields {
		keys[fields[i].key] = true
	}
	for _, k := range n.order {
		if !keys[k] {
			guessed[d.unknownKey(n, path, k, fields)] = true
		}
	}
	n.absent = nil
	for i := range fields {
		f := &fields[i]
		at := extend(path, f.key)
		if c := n.children[f.key]; c != nil {
			d.value(c, at, v.FieldByIndex(f.index), f)
			if f.required && c.form == table && len(c.order) == 0 {
				d.missing(c, at, f)
			}
			continue
		}
		d.absent(n, at, v.FieldByIndex(f.index), f, guessed[f.key])
	}
}

// absent fills a field whose key is not in the table n. If guessed, a key has
// been reported of which it may be the right spelling.
func (d *decoder) absent(n *node, path []string, v reflect.Value, f *field, guessed bool) {
	ghost := &node{form: leaf, key: n.at, at: n.at, layer: n.layer, text: f.def, value: f.def, loose: true, doc: d.tree.main}
	switch {
	case f.hasDef:
		before := len(d.problems)
		d.value(ghost, path, v, f)
		if len(d.problems) > before {
			panic(fmt.Sprintf("source: the default of %s.%s: %s", f.owner, f.name, d.problems[before].Message))
		}
		d.tree.defaults = append(d.tree.defaults, Default{joinKey(path), f.def})
	case f.required:
		if !guessed {
			d.missing(n, path, f)
		}
		return
	case v.Kind() == reflect.Struct && whatIs(v.Type()) == isStruct:
		ghost = newTable(n.at, n.layer)
		ghost.row = n.row
		d.structure(ghost, path, v)
		if len(ghost.absent) == 0 {
			return
		}
	default:
		return
	}
	if n.absent == nil {
		n.absent = map[string]*node{}
	}
	n.absent[f.key] = ghost
}

// missing reports a required key that is not in the table n.
func (d *decoder) missing(n *node, path []string, f *field) {
	key := quoteKey(f.key)
	if whatIs(base(f.typ)) == isMap {
		d.add(n.at, path, "missing: write at least one [%s.NAME]", joinKey(path))
		return
	}
	message := fmt.Sprintf("missing: write for example %s = %s", key, f.sample())
	if len(f.oneof) > 0 {
		message = fmt.Sprintf("missing: write %s = %s", key, quantity.Either(f.oneof))
	}
	if r := n.row; r != nil {
		column := joinKey(path[min(r.depth, len(path)):])
		if !r.columns[column] { // the same of all rows
			if d.lacking[r] == nil {
				d.lacking[r] = map[string]bool{}
			}
			if d.lacking[r][column] {
				return
			}
			d.lacking[r][column] = true
			message += fmt.Sprintf(", or a column %q", column)
		}
	}
	d.add(n.at, path, "%s", message)
}

// things reads a table into a map.
func (d *decoder) things(n *node, path []string, v reflect.Value, f *field) {
	t := v.Type()
	v.Set(reflect.MakeMap(t))
	item := field{typ: t.Elem(), owner: f.owner, name: f.name, bounds: f.bounds, oneof: f.oneof, example: f.example}
	for _, k := range n.order {
		c, at := n.children[k], extend(path, k)
		if !f.anyName && t.Elem().Kind() != reflect.Interface && !isName(k) {
			d.add(c.key, at, `want a name of letters, digits, "-" and "_", not %q`, quantity.Shorten(k))
			continue
		}
		e := reflect.New(t.Elem()).Elem()
		d.value(c, at, e, &item)
		v.SetMapIndex(reflect.ValueOf(k).Convert(t.Key()), e)
	}
}

// slice reads a list, or the text of a cell or the command line, in which items stand between
// semicolons or else commas.
func (d *decoder) slice(n *node, path []string, v reflect.Value, f *field) {
	items := n.items
	switch {
	case n.form == leaf && n.loose:
		sep := ","
		if strings.Contains(n.text, ";") {
			sep = ";"
		}
		for _, text := range strings.Split(n.text, sep) {
			c := *n
			c.text = strings.TrimSpace(text)
			c.value = c.text
			items = append(items, &c)
		}
	case n.form != list:
		d.add(n.at, path, "want %s, not %s", f.wanted(), n.name())
		return
	}
	item := field{typ: v.Type().Elem(), owner: f.owner, name: f.name, bounds: f.bounds, oneof: f.oneof, example: f.example}
	out := reflect.MakeSlice(v.Type(), len(items), len(items))
	for i, c := range items {
		d.value(c, extend(path, index(i)), out.Index(i), &item)
	}
	v.Set(out)
	n.canon = nil
	if n.form == leaf {
		n.canon = canonList(items)
	}
}

// notTable reports a value where a table of the keys of t belongs.
func (d *decoder) notTable(n *node, path []string, t reflect.Type) {
	hint := ""
	if t = base(t); len(path) > 1 && t.Kind() == reflect.Struct && whatIs(t) == isStruct {
		for _, f := range fieldsOf(t) {
			if f.key == path[len(path)-1] {
				hint = fmt.Sprintf(" (%q belongs to [%s.NAME])", f.key, joinKey(path[:len(path)-1]))
			}
		}
	}
	d.add(n.at, path, "want a table [%s], not %s%s", joinKey(path), n.name(), hint)
}

// citations reports what [source] says of keys that are not there.
func (d *decoder) citations() {
	for _, s := range d.tree.sources {
		n, here := d.tree.root, s.path
		for len(here) > 0 {
			c := n.child(here[0])
			if c == nil {
				c = n.absent[here[0]]
			}
			if c == nil {
				break
			}
			n, here = c, here[1:]
		}
		if len(here) == 0 {
			continue
		}
		hint := ""
		if g := quantity.Guess(here[0], slices.Concat(n.order, slices.Sorted(maps.Keys(n.absent)))); g != "" {
			hint = fmt.Sprintf(" (did you mean %q?)", g)
		}
		d.add(s.place, extend([]string{keySource}, joinKey(s.path)), "nothing has this key%s", hint)
	}
}
