package source

import (
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"slices"

	"oxysim/scenarios/quantity"
)

// form tells what a node is.
type form int

const (
	table form = iota
	list
	leaf
)

// node is a value and where it was written.
type node struct {
	form  form
	key   Place // of the last part of the key
	at    Place // of the value
	layer int   // of the file; a file has a higher one than the file it extends

	children map[string]*node // of a table
	order    []string         // of children, as declared
	items    []*node          // of a list

	text  string    // of a leaf, without quotes
	value any       // of a leaf: string, int64, float64 or bool; nil of a date or time
	loose bool      // a leaf without a type: text of a table or of the command line
	doc   *document // beside which a leaf's file is looked for
	born  string    // the dotted key at which it was written, if it has been applied elsewhere

	row    *rows  // the CSV table of which it is, or is in, a row; or nil
	source string // where a row's numbers come from

	canon  []byte           // set by Decode: the value as JSON, in canonical spelling
	read   reading          // set by Decode, of a leaf or list: what it was read as
	absent map[string]*node // set by Decode: children that are not there, and have defaults
}

// reading is what a value was read as, without a problem. A clone has the same
// text, so that it need not be read again as the same field.
type reading struct {
	as    *field // nil if it was not read
	value reflect.Value
	canon []byte
}

func newTable(at Place, layer int) *node {
	return &node{form: table, key: at, at: at, layer: layer, children: map[string]*node{}}
}

// child returns the child of a table or the item of a list, or nil.
func (n *node) child(part string) *node {
	if n == nil {
		return nil
	}
	if n.form == list {
		if i, ok := indexOf(part); ok && i < len(n.items) {
			return n.items[i]
		}
		return nil
	}
	return n.children[part]
}

// put adds or replaces a child of a table.
func (n *node) put(part string, c *node) {
	if _, ok := n.children[part]; !ok {
		n.order = append(n.order, part)
	}
	n.children[part] = c
}

// clone returns a deep copy, without what Decode has set but what values were read
// as.
func (n *node) clone() *node {
	c := *n
	c.canon, c.absent = nil, nil
	c.order = slices.Clone(n.order)
	c.children = maps.Clone(n.children)
	for _, k := range c.order {
		c.children[k] = c.children[k].clone()
	}
	c.items = slices.Clone(n.items)
	for i := range c.items {
		c.items[i] = c.items[i].clone()
	}
	return &c
}

// merge puts over into n, table by table: values of over replace those of n, and keep
// their places.
func (n *node) merge(over *node) {
	for _, k := range over.order {
		o, old := over.children[k], n.children[k]
		if old != nil && old.form == table && o.form == table {
			old.merge(o)
		} else {
			n.put(k, o)
		}
	}
}

// name returns what the node is, for messages.
func (n *node) name() string {
	switch n.form {
	case table:
		return "a table"
	case list:
		return "a list"
	}
	return n.echo()
}

// echo returns a leaf as it was written: text in quotes.
func (n *node) echo() string {
	if _, isText := n.value.(string); isText {
		return fmt.Sprintf("%q", quantity.Shorten(n.text))
	}
	return quantity.Shorten(n.text)
}

// Tree is a scenario as it was written, in all its files.
type Tree struct {
	root    *node
	main    *document // the scenario itself
	sources []provenance
	files   []string
	csv     map[*document]*sheet // sheets read, by document
	docs    map[string]*document // files read, by name
	layers  int

	defaults []Default
	scalars  map[string]quantity.Scalar
}

// Default is a value that nobody wrote.
type Default struct {
	Key  string // dotted
	Text string
}

// Clone returns a copy that shares nothing that changes. It remembers nothing
// of Decode.
func (t *Tree) Clone() *Tree {
	c := *t
	c.root = t.root.clone()
	c.sources = slices.Clone(t.sources)
	c.files = slices.Clone(t.files)
	c.docs = maps.Clone(t.docs)
	c.csv = maps.Clone(t.csv)
	c.defaults, c.scalars = nil, nil
	return &c
}

// descend returns the node at a path below n, or nil.
func (n *node) descend(path []string) *node {
	for _, part := range path {
		if n = n.child(part); n == nil {
			return nil
		}
	}
	return n
}

// find returns the node at a path, or nil.
func (t *Tree) find(path []string) *node { return t.root.descend(path) }

func (t *Tree) at(key string) *node {
	path, ok := splitKey(key)
	if !ok {
		return nil
	}
	return t.find(path)
}

// Has reports whether something is written at a dotted key.
func (t *Tree) Has(key string) bool { return t.at(key) != nil }

// Names returns the keys in the table at a dotted key, in the order in which
// they were declared; none if there is no such table. The key "" is the whole
// scenario.
func (t *Tree) Names(key string) []string {
	n := t.root
	if key != "" {
		n = t.at(key)
	}
	if n == nil {
		return nil
	}
	return slices.Clone(n.order)
}

// Text returns the value at a dotted key as it was written, without quotes; ""
// if there is none, or if it is a table or list.
func (t *Tree) Text(key string) string {
	if n := t.at(key); n != nil {
		return n.text
	}
	return ""
}

// Place returns where the value at a dotted key was written. If it was not, that is the
// place of the table in which it would be.
func (t *Tree) Place(key string) Place {
	path, _ := splitKey(key)
	return t.place(path)
}

func (t *Tree) place(path []string) Place {
	n := t.root
	for _, part := range path {
		c := n.child(part)
		if c == nil {
			break
		}
		n = c
	}
	return n.at
}

// Problem returns the problem that the value at a dotted key has, for checks that come
// after Decode.
func (t *Tree) Problem(key, format string, args ...any) *Problem {
	return &Problem{Place: t.Place(key), Key: key, Message: fmt.Sprintf(format, args...)}
}

// Files returns the names of the files that were read, in the order of reading.
func (t *Tree) Files() []string { return slices.Clone(t.files) }

// Defaults returns the values that nobody wrote, in the order of their keys. It is
// empty before Decode.
func (t *Tree) Defaults() []Default { return slices.Clone(t.defaults) }

// Scalar returns the value at a dotted key, if Decode found there a quantity of one number, a law,
// or a plain number, written or taken by default.
func (t *Tree) Scalar(key string) (quantity.Scalar, bool) {
	s, ok := t.scalars[key]
	return s, ok
}

// Scalars returns the keys of all values that [Tree.Scalar] knows, sorted. It is
// empty before Decode.
func (t *Tree) Scalars() []string { return slices.Sorted(maps.Keys(t.scalars)) }

// Uncertain returns the keys of the values that have a range, sorted. It is
// empty before Decode.
func (t *Tree) Uncertain() []string {
	var keys []string
	for _, k := range slices.Sorted(maps.Keys(t.scalars)) {
		if _, _, ok := t.scalars[k].Bounds(); ok {
			keys = append(keys, k)
		}
	}
	return keys
}

// Resolver finds a ready-made scenario by name: the files in which it is, and
// its path there.
type Resolver func(name string) (fsys fs.FS, path string, ok bool)
