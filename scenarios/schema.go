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

// Reference returns the reference of the keys of a scenario file, in Markdown.
func Reference() string { return source.Reference(File{}, source.Docs(fileGo)) }
