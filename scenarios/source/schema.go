package source

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"oxysim/scenarios/quantity"

	"github.com/google/jsonschema-go/jsonschema"
)

// Schema returns a JSON Schema (draft 2020-12) of the files that Decode reads into a struct of
// the type of v, for editors. docs are the comments of the types, from [Docs].
//
// It does not say which keys are required, since what one file of a scenario lacks
// another may have.
func Schema(v any, docs map[string]string, title string) ([]byte, error) {
	t := base(reflect.TypeOf(v))
	m := schemaMaker{docs: docs, defs: map[string]*jsonschema.Schema{}}
	root := m.object(t)
	root.Schema = "https://json-schema.org/draft/2020-12/schema"
	root.Title = title
	root.Defs = m.defs
	for _, own := range ownKeys {
		root.Properties[own.key] = own.schema()
		root.PropertyOrder = append(root.PropertyOrder, own.key)
	}
	data, err := json.Marshal(root)
	if err != nil {
		return nil, fmt.Errorf("write the schema: %w", err)
	}
	var b bytes.Buffer
	if err := json.Indent(&b, data, "", "  "); err != nil {
		return nil, fmt.Errorf("write the schema: %w", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// ownKeys are the keys of a file that the reader itself understands.
var ownKeys = []struct {
	key, write, meaning string
	schema              func() *jsonschema.Schema
}{
	{keyExtends, `the name of a file such as "base.toml"`, extendsMeaning, func() *jsonschema.Schema {
		return &jsonschema.Schema{Type: "string", Description: extendsMeaning}
	}},
	{keyTable, `a table of names of files, such as hospital = "hospitals.csv"`, tableMeaning, func() *jsonschema.Schema {
		return &jsonschema.Schema{Type: "object", Description: tableMeaning}
	}},
	{keySource, `a table of texts, such as "hospital.rizgary" = "census 2019"`, sourceMeaning, func() *jsonschema.Schema {
		return &jsonschema.Schema{Type: "object", Description: sourceMeaning}
	}},
}

const (
	extendsMeaning = "the scenario of which this one is a variant: only what differs is written here"
	tableMeaning   = "CSV tables by kind of thing, whose rows are things; the column name names them, the other columns are keys with their unit in square brackets"
	sourceMeaning  = "where numbers come from, by dotted key or the beginning of one"
)

type schemaMaker struct {
	docs map[string]string
	defs map[string]*jsonschema.Schema // of structs, by name of the type
}

// nothing is the schema of no value.
func nothing() *jsonschema.Schema { return &jsonschema.Schema{Not: &jsonschema.Schema{}} }

// object returns the schema of a struct.
func (m *schemaMaker) object(t reflect.Type) *jsonschema.Schema {
	s := &jsonschema.Schema{
		Type:                 "object",
		Description:          oneLine(m.docs[t.Name()]),
		Properties:           map[string]*jsonschema.Schema{},
		AdditionalProperties: nothing(),
	}
	for _, f := range fieldsOf(t) {
		p := m.of(base(f.typ), &f)
		if d := f.meaning(m.docs); d != "" {
			p.Description = d
		}
		if f.hasDef {
			p.Default = f.defaultJSON()
		}
		if f.example != "" && len(p.Examples) == 0 {
			p.Examples = []any{f.example}
		}
		s.Properties[f.key] = p
		s.PropertyOrder = append(s.PropertyOrder, f.key)
	}
	return s
}

// of returns the schema of a type, with the limits of a field.
func (m *schemaMaker) of(t reflect.Type, f *field) *jsonschema.Schema {
	inner := field{bounds: f.bounds, oneof: f.oneof}
	switch kind := whatIs(t); kind {
	case isText:
		return textSchema(t)
	case isCells:
		d, _ := described(t)
		s := &jsonschema.Schema{Types: []string{"string", "array"}}
		if d != nil {
			s.Pattern, s.Examples = d.Pattern(), texts(d.Examples())
		}
		return s
	case isStruct:
		name := t.Name()
		if name == "" {
			return m.object(t)
		}
		if m.defs[name] == nil {
			m.defs[name] = &jsonschema.Schema{} // so that a type within itself ends
			m.defs[name] = m.object(t)
		}
		return &jsonschema.Schema{Ref: "#/$defs/" + name}
	case isMap:
		s := &jsonschema.Schema{Type: "object", AdditionalProperties: m.of(base(t.Elem()), &inner)}
		if !f.anyName && t.Elem().Kind() != reflect.Interface {
			s.PropertyNames = &jsonschema.Schema{Pattern: namePattern}
		}
		return s
	case isSlice:
		return &jsonschema.Schema{Type: "array", Items: m.of(base(t.Elem()), &inner)}
	case isBool:
		return &jsonschema.Schema{Type: "boolean"}
	case isInt, isFloat:
		s := &jsonschema.Schema{Type: map[what]string{isInt: "integer", isFloat: "number"}[kind]}
		for _, b := range f.bounds {
			var x float64
			if _, err := fmt.Sscan(b.text, &x); err != nil {
				panic(fmt.Sprintf("source: the tag %s:%q of %s.%s is no number", b.tag, b.text, f.owner, f.name))
			}
			switch b.tag {
			case "min":
				s.Minimum = &x
			case "max":
				s.Maximum = &x
			default:
				s.ExclusiveMinimum = &x
			}
		}
		return s
	case isString:
		return &jsonschema.Schema{Type: "string", Enum: texts(f.oneof)}
	}
	return &jsonschema.Schema{}
}

// textSchema returns the schema of a type that is read from text.
func textSchema(t reflect.Type) *jsonschema.Schema {
	d, ok := described(t)
	if !ok {
		return &jsonschema.Schema{}
	}
	s := &jsonschema.Schema{Pattern: d.Pattern(), Examples: texts(d.Examples())}
	switch _, isNumber := d.(quantity.Scalar); {
	case !d.Unquoted():
		s.Type = "string"
	case isNumber:
		s.Types = []string{"string", "number"}
	}
	return s
}

func texts(s []string) []any {
	var list []any
	for _, text := range s {
		list = append(list, text)
	}
	return list
}

// defaultJSON returns the default as JSON.
func (f *field) defaultJSON() json.RawMessage {
	n := &node{form: leaf, text: f.def, value: f.def, loose: true}
	switch whatIs(base(f.typ)) {
	case isBool, isInt, isFloat:
		return encode(n.plain())
	case isSlice:
		items := []string{}
		for _, s := range strings.FieldsFunc(f.def, func(r rune) bool { return r == ';' || r == ',' }) {
			items = append(items, strings.TrimSpace(s))
		}
		return encode(items)
	}
	return encode(f.def)
}
