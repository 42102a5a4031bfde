package source

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Reference returns all keys that Decode reads into a struct of the type of v,
// as Markdown: a section for each table, with what to write, the default and the
// meaning of each key. docs are the comments of the types, from [Docs].
func Reference(v any, docs map[string]string) string {
	r := reference{docs: docs}
	r.section(base(reflect.TypeOf(v)), nil, "", nil)
	return r.b.String()
}

type reference struct {
	docs map[string]string
	b    strings.Builder
}

// section writes the section of the table at path, whose header is heading, and
// then those of the tables in it. outer are the types that the table is in.
func (r *reference) section(t reflect.Type, path []string, heading string, outer []reflect.Type) {
	if len(path) == 0 {
		r.b.WriteString("## Top of the file\n\n")
	} else {
		fmt.Fprintf(&r.b, "## `%s`\n\n", heading)
	}
	if doc := strings.TrimSpace(r.docs[t.Name()]); doc != "" && len(path) > 0 {
		r.b.WriteString(doc + "\n\n")
	}
	fields := fieldsOf(t)
	var rows []string
	for i := range fields {
		if f := &fields[i]; !f.isTable() {
			rows = append(rows, r.row(f.key, f.writing(), f.fallback(), f.meaning(r.docs)))
		}
	}
	if len(path) == 0 {
		for _, own := range ownKeys {
			rows = append(rows, r.row(own.key, own.write, "", own.meaning))
		}
	}
	if len(rows) > 0 {
		r.b.WriteString("| key | write | default | meaning |\n| --- | --- | --- | --- |\n")
		r.b.WriteString(strings.Join(rows, "") + "\n")
	}
	outer = append(outer[:len(outer):len(outer)], t)
	for i := range fields {
		f := &fields[i]
		inner, at := base(f.typ), extend(path, f.key)
		heading := "[%s]"
		for inner.Kind() == reflect.Map || inner.Kind() == reflect.Slice {
			if inner.Kind() == reflect.Map {
				at = extend(at, "NAME")
			} else {
				heading = "[[%s]]"
			}
			inner = base(inner.Elem())
		}
		if f.isTable() && !slices.Contains(outer, inner) {
			r.section(inner, at, fmt.Sprintf(heading, joinKey(at)), outer)
		}
	}
}

func (r *reference) row(key, write, def, meaning string) string {
	escape := strings.NewReplacer("|", `\|`, "\n", " ")
	return fmt.Sprintf("| `%s` | %s | %s | %s |\n", key, escape.Replace(write), escape.Replace(def), escape.Replace(meaning))
}

// isTable reports whether a field has keys of its own, which are explained in their own section.
func (f *field) isTable() bool {
	t := base(f.typ)
	for whatIs(t) == isMap || whatIs(t) == isSlice {
		t = base(t.Elem())
	}
	return whatIs(t) == isStruct
}

// writing says what to write.
func (f *field) writing() string {
	parts := []string{f.wanted()}
	for _, b := range f.bounds {
		parts = append(parts, b.wants())
	}
	return strings.Join(parts, ", ")
}

// fallback says what is taken if the key is not written.
func (f *field) fallback() string {
	switch {
	case f.required:
		return "required"
	case f.hasDef:
		return "`" + f.def + "`"
	}
	return ""
}
