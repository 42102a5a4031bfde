package source

import (
	"bytes"
	"maps"
	"slices"
	"strings"
)

// Canonical returns the scenario as JSON with sorted keys, for a digest: the
// same whichever way the scenario is divided among files, tables and the command line,
// and in whichever order. After Decode, numbers are in canonical spelling, "36h"
// as "1.5 d" is, and defaults are there as if they had been written, so that scenarios that are
// alike here are alike to the simulation.
//
// What is named in without is left out: "source", where numbers come from; a
// key such as "label", wherever it is; or a dotted key, in which "*" stands for any one
// part, such as "hospital.*.label".
func (t *Tree) Canonical(without ...string) []byte {
	var patterns [][]string
	for _, w := range without {
		path, _ := splitKey(w)
		patterns = append(patterns, path)
	}
	var b bytes.Buffer
	root := t.root
	if !slices.Contains(without, keySource) && len(t.sources) > 0 {
		root = t.root.shallow()
		root.put(keySource, t.sourceNode())
	}
	root.write(&b, nil, patterns)
	return b.Bytes()
}

// shallow returns a copy of a table that shares its children.
func (n *node) shallow() *node {
	c := *n
	c.order, c.children = slices.Clone(n.order), maps.Clone(n.children)
	return &c
}

// sourceNode returns the table [source] of all files, with dotted keys.
func (t *Tree) sourceNode() *node {
	n := newTable(Place{}, 0)
	for _, s := range t.sources {
		n.put(joinKey(s.path), &node{form: leaf, text: s.text, value: s.text})
	}
	return n
}

func (n *node) write(b *bytes.Buffer, path []string, without [][]string) {
	switch {
	case n.form == table:
		b.WriteByte('{')
		children := maps.Clone(n.children)
		maps.Copy(children, n.absent)
		first := true
		for _, k := range slices.Sorted(maps.Keys(children)) {
			at := extend(path, k)
			if matches(without, at) {
				continue
			}
			if !first {
				b.WriteByte(',')
			}
			first = false
			b.Write(encode(k))
			b.WriteByte(':')
			children[k].write(b, at, without)
		}
		b.WriteByte('}')
	case n.canon != nil:
		b.Write(n.canon)
	case n.form == list:
		b.WriteByte('[')
		for i, item := range n.items {
			if i > 0 {
				b.WriteByte(',')
			}
			item.write(b, extend(path, index(i)), without)
		}
		b.WriteByte(']')
	default:
		b.Write(encode(n.plain()))
	}
}

// matches reports whether a path is one of those to leave out.
func matches(patterns [][]string, path []string) bool {
	return slices.ContainsFunc(patterns, func(p []string) bool {
		if len(p) == 1 {
			return p[0] == path[len(path)-1]
		}
		return slices.EqualFunc(p, path, func(a, b string) bool { return a == "*" || a == b })
	})
}

// plain returns a value as Go values: text, int64, float64, bool, []any and map[string]any.
// A text without quotes that is a number is one.
func (n *node) plain() any {
	switch n.form {
	case table:
		m := map[string]any{}
		for k, c := range n.children {
			m[k] = c.plain()
		}
		return m
	case list:
		items := make([]any, len(n.items))
		for i, c := range n.items {
			items[i] = c.plain()
		}
		return items
	}
	if n.value == nil {
		return n.text
	}
	if text, isText := n.value.(string); isText && n.loose {
		switch text = strings.TrimSpace(text); text {
		case "true":
			return true
		case "false":
			return false
		}
		if x, ok := plainNumber(text); ok {
			if x == float64(int64(x)) {
				return int64(x)
			}
			return x
		}
	}
	if x, isFloat := n.value.(float64); isFloat && (x != x || x-x != 0) {
		return n.text // not a number, or infinite
	}
	return n.value
}
