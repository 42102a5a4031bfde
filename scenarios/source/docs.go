package source

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// Docs returns the comments of the types in Go source, by name, "Hospital", and of the
// fields of structs, "Hospital.Buffer". What cannot be parsed has none.
func Docs(src ...[]byte) map[string]string {
	docs := map[string]string{}
	for _, s := range src {
		file, _ := parser.ParseFile(token.NewFileSet(), "", s, parser.ParseComments|parser.SkipObjectResolution)
		if file == nil {
			continue
		}
		for _, decl := range file.Decls {
			g, ok := decl.(*ast.GenDecl)
			if !ok || g.Tok != token.TYPE {
				continue
			}
			for _, spec := range g.Specs {
				t := spec.(*ast.TypeSpec)
				doc := t.Doc
				if doc == nil && len(g.Specs) == 1 {
					doc = g.Doc
				}
				note(docs, t.Name.Name, doc, t.Comment)
				if st, ok := t.Type.(*ast.StructType); ok {
					for _, f := range st.Fields.List {
						for _, name := range f.Names {
							note(docs, t.Name.Name+"."+name.Name, f.Doc, f.Comment)
						}
					}
				}
			}
		}
	}
	return docs
}

// note keeps the comment above a thing, or else beside it.
func note(docs map[string]string, name string, above, beside *ast.CommentGroup) {
	for _, c := range []*ast.CommentGroup{above, beside} {
		if text := strings.TrimSpace(c.Text()); text != "" {
			docs[name] = text
			return
		}
	}
}

// meaning returns the comment of a field as one line, without its Go name at
// the beginning.
func (f *field) meaning(docs map[string]string) string {
	text := oneLine(docs[f.owner+"."+f.name])
	for _, verb := range []string{" is ", " are "} {
		if rest, ok := strings.CutPrefix(text, f.name+verb); ok {
			return rest
		}
	}
	return text
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
