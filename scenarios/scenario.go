package scenarios

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/scenarios/quantity"
	"oxysim/scenarios/source"
)

// Scenario is a scenario that has been read and understood.
type Scenario struct {
	Name   string        // of a ready-made one, or of the file without its ending
	File   *File         // as written, with defaults
	Config *model.Config // as the model wants it
	Tree   *source.Tree  // with the place and provenance of every key
	Digest string        // SHA-256 of what decides its numbers, in hex
}

// Problem is a mistake in a scenario, with its place.
type Problem = source.Problem

// Problems are all the mistakes in a scenario, in the order of their places.
type Problems = source.Problems

//go:embed ready
var ready embed.FS

// Ready lists the ready-made scenarios, by name.
func Ready() []string {
	var list []string
	entries, err := fs.ReadDir(ready, "ready")
	if err != nil {
		panic(err) // it is embedded
	}
	for _, e := range entries {
		if e.IsDir() {
			list = append(list, e.Name())
		}
	}
	slices.Sort(list)
	return list
}

// resolve finds the files of a ready-made scenario.
func resolve(name string) (fs.FS, string, bool) {
	dir, err := fs.Sub(ready, path.Join("ready", name))
	if err != nil || !slices.Contains(Ready(), name) {
		return nil, "", false
	}
	return dir, name + ".toml", true
}

// ReadyFiles returns the files of a ready-made scenario, to be copied and edited.
func ReadyFiles(name string) (fs.FS, bool) {
	dir, _, ok := resolve(name)
	return dir, ok
}

// Open reads a scenario by the name of a ready-made one or the path of a file,
// and lays settings such as "hospital.rizgary.buffer=45" over it. If there is a
// problem, the Scenario is nil.
func Open(name string, settings ...string) (*Scenario, Problems) {
	if fsys, file, ok := resolve(name); ok {
		return Read(fsys, file, settings...)
	}
	disk := source.Disk()
	if _, err := fs.Stat(disk, name); errors.Is(err, fs.ErrNotExist) {
		return nil, Problems{nobody(name)}
	}
	return Read(disk, name, settings...)
}

// nobody says that there is no scenario of a name, and which may be meant.
func nobody(name string) *Problem {
	message := "no ready-made scenario has this name, and there is no such file"
	if guess := quantity.Guess(strings.TrimSuffix(name, ".toml"), Ready()); guess != "" {
		message += fmt.Sprintf(" (did you mean %q?)", guess)
	}
	return &Problem{Place: source.Place{File: name}, Message: message}
}

// Read reads a scenario from a file system, as Open does.
func Read(fsys fs.FS, name string, settings ...string) (*Scenario, Problems) {
	tree, problems := source.Load(fsys, name, resolve)
	if len(problems) > 0 {
		return nil, alongside(problems, tree)
	}
	var unknown Problems
	for _, s := range settings { // before any is set, which would make the thing
		unknown = append(unknown, tree.Nobody(s, Kinds()...)...)
	}
	if len(unknown) > 0 {
		return nil, unknown
	}
	for _, s := range settings {
		problems = append(problems, tree.Set(s)...)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return Understand(strings.TrimSuffix(path.Base(name), ".toml"), tree)
}

// alongside returns problems of reading files with those of the values that could
// be read. What is missing may stand in what could not.
func alongside(problems Problems, tree *source.Tree) Problems {
	told := map[string]bool{}
	for _, p := range problems {
		told[p.Place.String()] = true
	}
	for _, p := range source.Decode(tree, new(File)) {
		if !strings.HasPrefix(p.Message, "missing") && !told[p.Place.String()] {
			problems = append(problems, p)
		}
	}
	problems.Sort()
	return problems
}

// Kinds are the keys of a file below which things are named: hospital, road.
func Kinds() (list []string) {
	for f := range reflect.TypeFor[File]().Fields() {
		if f.Type.Kind() == reflect.Map && f.Tag.Get("names") != "any" {
			list = append(list, f.Tag.Get("key"))
		}
	}
	return list
}

// Undecisive are the keys that only name, judge or price a run: they decide none
// of its numbers, and so are no part of its digest.
var Undecisive = []string{
	"source", "label", "title", "about", "target",
	"run.replications", "run.seed", "run.confidence", "option", "price", "uncertain",
}

// Understand makes a Scenario of a tree, after it has been read and changed.
func Understand(name string, tree *source.Tree) (*Scenario, Problems) {
	file := new(File)
	if problems := source.Decode(tree, file); len(problems) > 0 {
		problems = append(problems, references(tree, file)...)
		problems.Sort()
		return nil, problems
	}
	config, problems := build(tree, file)
	if len(problems) > 0 {
		return nil, problems
	}
	sum := sha256.Sum256(tree.Canonical(Undecisive...))
	return &Scenario{Name: name, File: file, Config: config, Tree: tree, Digest: hex.EncodeToString(sum[:])}, nil
}
