package source

import (
	"reflect"
	"strings"
)

// KeyDoc says of one key what there is to know for who writes it.
type KeyDoc struct {
	Path     []string // "NAME" stands for the name of a thing
	Wanted   string   // what to write, with an example
	Example  string   // a value, as it is written in a cell
	Default  string   // "" if there is none
	Meaning  string
	Required bool
	OneOf    []string // the texts of which it is one; nil if it is any
}

// KeyDocs returns all keys that Decode reads into a struct of the type of v, in
// order, those of tables where the tables stand. docs are the comments of the
// types, from [Docs].
func KeyDocs(v any, docs map[string]string) []KeyDoc {
	var list []KeyDoc
	keyDocs(base(reflect.TypeOf(v)), nil, nil, docs, &list)
	return list
}

func keyDocs(t reflect.Type, path []string, outer []reflect.Type, docs map[string]string, list *[]KeyDoc) {
	fields := fieldsOf(t)
	for i := range fields {
		f := &fields[i]
		at, inner := extend(path, f.key), base(f.typ)
		for inner.Kind() == reflect.Map {
			at, inner = extend(at, "NAME"), base(inner.Elem())
		}
		if f.isTable() {
			within := append(outer[:len(outer):len(outer)], t)
			recursive := false
			for _, o := range within {
				recursive = recursive || o == inner
			}
			if !recursive && inner.Kind() == reflect.Struct {
				keyDocs(inner, at, within, docs, list)
			}
			continue
		}
		*list = append(*list, KeyDoc{
			Path: at, Wanted: f.writing(), Example: strings.Trim(f.sample(), `"`), Default: f.def, Required: f.required,
			Meaning: f.meaning(docs), OneOf: f.oneof,
		})
	}
}
