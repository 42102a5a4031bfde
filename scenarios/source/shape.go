package source

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"oxysim/scenarios/quantity"
)

// field is a field of a struct that has a key.
type field struct {
	index    []int // for reflect.Value.FieldByIndex
	key      string
	typ      reflect.Type
	owner    string // type in which it is declared
	name     string // of the field in Go
	def      string // "" if there is no default
	hasDef   bool
	required bool
	bounds   []bound
	oneof    []string
	example  string
	anyName  bool // of a map: keys need not be names
	lasts    bool // it is the same each time, so that its address stands for it
}

// bound is a limit of a value, in the spelling of the value.
type bound struct {
	tag  string // min, max or above
	text string
}

// wants returns the beginning of the message to who passes the bound.
func (b bound) wants() string {
	switch b.tag {
	case "min":
		return "at least " + b.text
	case "max":
		return "at most " + b.text
	}
	return "more than " + b.text
}

// known are the fields of structs and what types are, found once: each is asked of
// every row of a table.
var known struct{ fields, what sync.Map } // by reflect.Type

// fieldsOf returns the fields of a struct that have a key, in order; those of an
// embedded struct stand for it. They are the same each time, and may not be changed.
// It panics if tags make no sense.
func fieldsOf(t reflect.Type) []field {
	if list, ok := known.fields.Load(t); ok {
		return list.([]field)
	}
	fields := findFields(t)
	for i := range fields {
		fields[i].lasts = true
	}
	list, _ := known.fields.LoadOrStore(t, fields)
	return list.([]field)
}

func findFields(t reflect.Type) []field {
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		key, has := f.Tag.Lookup("key")
		if f.Anonymous && !has {
			if inner := base(f.Type); inner.Kind() == reflect.Struct && f.Type.Kind() != reflect.Pointer {
				for _, g := range findFields(inner) {
					g.index = append([]int{i}, g.index...)
					fields = append(fields, g)
				}
			}
			continue
		}
		if !has {
			continue
		}
		if !f.IsExported() || !isName(key) {
			panic(fmt.Sprintf("source: %s.%s: a field with key %q cannot be read", t, f.Name, key))
		}
		g := field{
			index: []int{i}, key: key, typ: f.Type, owner: t.Name(), name: f.Name,
			required: f.Tag.Get("required") == "true",
			example:  f.Tag.Get("example"), anyName: f.Tag.Get("names") == "any",
		}
		g.def, g.hasDef = f.Tag.Lookup("default")
		if s := f.Tag.Get("oneof"); s != "" {
			g.oneof = strings.Split(s, "|")
		}
		for _, tag := range []string{"min", "above", "max"} {
			if s, ok := f.Tag.Lookup(tag); ok {
				g.bounds = append(g.bounds, bound{tag, s})
			}
		}
		fields = append(fields, g)
	}
	for i, f := range fields {
		if slices.ContainsFunc(fields[:i], func(g field) bool { return g.key == f.key }) {
			panic(fmt.Sprintf("source: %s: two fields with key %q", t, f.key))
		}
	}
	return fields
}

// base returns the type that pointers lead to.
func base(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// cells is implemented by values of many numbers, written as a list or as the column of
// a table.
type cells interface {
	UnmarshalCells(unit string, days, cells []string, bad func(i int, err error))
}

// what a type is to the reader.
type what int

const (
	isText   what = iota // read by UnmarshalText
	isCells              // read by UnmarshalCells
	isStruct             // a table of its own keys
	isMap                // a table of named things
	isSlice
	isAny
	isBool
	isInt
	isFloat
	isString
)

var (
	textType   = reflect.TypeFor[encoding.TextUnmarshaler]()
	cellsType  = reflect.TypeFor[cells]()
	scalarType = reflect.TypeFor[quantity.Scalar]()
)

// whatIs returns what a type, not a pointer, is. It panics if it cannot be read.
func whatIs(t reflect.Type) what {
	if w, ok := known.what.Load(t); ok {
		return w.(what)
	}
	w := findWhat(t)
	known.what.Store(t, w)
	return w
}

func findWhat(t reflect.Type) what {
	switch p := reflect.PointerTo(t); {
	case p.Implements(cellsType):
		return isCells
	case p.Implements(textType):
		return isText
	}
	switch t.Kind() {
	case reflect.Struct:
		return isStruct
	case reflect.Map:
		if t.Key().Kind() == reflect.String {
			return isMap
		}
	case reflect.Slice:
		return isSlice
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return isAny
		}
	case reflect.Bool:
		return isBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return isInt
	case reflect.Float32, reflect.Float64:
		return isFloat
	case reflect.String:
		return isString
	}
	panic(fmt.Sprintf("source: a %s cannot be read", t))
}

// described returns how values of a type are written, if they say so.
func described(t reflect.Type) (quantity.Described, bool) {
	d, ok := reflect.New(base(t)).Interface().(quantity.Described)
	return d, ok
}

// wanted returns what a field must be: `a distance such as "42 km"`.
func (f *field) wanted() string {
	t := base(f.typ)
	if whatIs(t) == isSlice {
		e := field{typ: t.Elem(), oneof: f.oneof}
		return "a list, each item of which is " + e.wanted()
	}
	if len(f.oneof) > 0 {
		return quantity.Either(f.oneof)
	}
	if d, ok := described(t); ok {
		return d.Wanted()
	}
	switch whatIs(t) {
	case isMap:
		if e := (field{typ: t.Elem(), oneof: f.oneof}); !e.isTable() && whatIs(base(e.typ)) != isAny {
			return "a table, each value of which is " + e.wanted()
		}
		return "a table"
	case isStruct:
		return "a table"
	case isBool:
		return "true or false"
	case isInt:
		return "a whole number"
	case isFloat:
		return "a number"
	case isAny:
		return "any value"
	}
	return "a text in quotes"
}

// sample returns a value that may be written, as it is written in a file.
func (f *field) sample() string {
	t := base(f.typ)
	switch {
	case f.example != "":
		return f.example
	case whatIs(t) == isSlice:
		e := field{typ: t.Elem(), oneof: f.oneof}
		return "[" + e.sample() + "]"
	case len(f.oneof) > 0:
		return fmt.Sprintf("%q", f.oneof[0])
	}
	if d, ok := described(t); ok {
		text := d.Examples()[0]
		if d.Unquoted() {
			return text
		}
		return fmt.Sprintf("%q", text)
	}
	switch whatIs(t) {
	case isBool:
		return "true"
	case isInt:
		return "10"
	case isFloat:
		return "1.5"
	case isStruct, isMap, isAny:
		return "{ … }"
	}
	return `"…"`
}
