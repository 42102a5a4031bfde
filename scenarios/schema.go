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

// moneyGo is the source of those that are about money.
//
//go:embed file_money.go
var moneyGo []byte

// docs are the comments of all keys.
func docs() map[string]string { return source.Docs(fileGo, moneyGo) }

// Schema returns the JSON Schema of a scenario file, for editors.
func Schema() ([]byte, error) {
	return source.Schema(File{}, docs(), "An oxysim scenario")
}

// writing says how values are written; the reference begins with it.
//
//go:embed writing.md
var writing string

// Reference returns the page docs/scenario-reference.md: how values are written,
// and all keys of a scenario file.
func Reference() string {
	return writing + "# All keys\n\n" + source.Reference(File{}, docs())
}

// Keys returns all keys of a scenario file, for who writes one.
func Keys() []source.KeyDoc { return source.KeyDocs(File{}, docs()) }
