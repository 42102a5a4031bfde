package scenarios

import (
	_ "embed"

	"oxysim/scenarios/source"
)

// fileGo is the source of the types of a scenario file, whose comments are the
// reference of its keys.
//
//go:embed file.go
var fileGo []byte

// Schema returns the JSON Schema of a scenario file, for editors.
func Schema() ([]byte, error) {
	return source.Schema(File{}, source.Docs(fileGo), "An oxysim scenario")
}

// writing says how values are written; the reference begins with it.
//
//go:embed writing.md
var writing string

// Reference returns the page docs/scenario-reference.md: how values are written,
// and all keys of a scenario file.
func Reference() string {
	return writing + "# All keys\n\n" + source.Reference(File{}, source.Docs(fileGo))
}
