package source

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"oxysim/scenarios/quantity"
)

// unknownKey reports the key k of the table n, which no field has, and returns
// the field's key that it may be a misspelling of, or "".
func (d *decoder) unknownKey(n *node, path []string, k string, fields []field) string {
	c := n.children[k]
	var keys []string
	for _, f := range fields {
		if _, there := n.children[f.key]; !there {
			keys = append(keys, f.key)
		}
	}
	guess := quantity.Guess(k, keys)
	if guess == "" { // it may be written already, but this is what was meant
		for _, f := range fields {
			keys = append(keys, f.key)
		}
		guess = quantity.Guess(k, keys)
	}
	var hints []string
	if guess != "" {
		hints = append(hints, fmt.Sprintf("did you mean %q?", guess))
	}
	if homes := d.homes(k); len(homes) > 0 {
		hints = append(hints, fmt.Sprintf("%q belongs to %s", k, strings.Join(homes[:min(len(homes), 2)], " or ")))
	} else if k == keyExtends || k == keyTable || k == keySource {
		hints = append(hints, fmt.Sprintf("%q belongs at the top of a file", k))
	}
	message := "unknown key"
	if len(hints) > 0 {
		message += " (" + strings.Join(hints, " ") + ")"
	}
	if !d.unknown[c.key] { // a head stands for many cells
		d.add(c.key, extend(path, k), "%s", message)
	}
	d.unknown[c.key] = true
	return guess
}

// homes returns the tables that have a key, such as "[hospital.NAME]".
func (d *decoder) homes(key string) []string {
	var homes []string
	var walk func(t reflect.Type, path, seen []string)
	walk = func(t reflect.Type, path, seen []string) {
		t = base(t)
		switch whatIs(t) {
		case isMap:
			walk(t.Elem(), extend(path, "NAME"), seen)
		case isSlice:
			walk(t.Elem(), path, seen)
		case isStruct:
			name := t.PkgPath() + "." + t.Name()
			if t.Name() != "" && slices.Contains(seen, name) {
				return
			}
			for _, f := range fieldsOf(t) {
				if f.key == key {
					home := "[" + joinKey(path) + "]"
					if len(path) == 0 {
						home = "the top of the file"
					}
					if !slices.Contains(homes, home) {
						homes = append(homes, home)
					}
				}
				walk(f.typ, extend(path, f.key), extend(seen, name))
			}
		}
	}
	walk(d.top, nil, nil)
	return homes
}
