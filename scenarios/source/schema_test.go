package source

import (
	_ "embed"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/jsonschema-go/jsonschema"
)

//go:embed world_test.go
var worldSource []byte

// golden compares got with a file of testdata, or writes it if GOLDEN=update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("GOLDEN") == "update" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got; GOLDEN=update writes it):\n%s", name, diff)
	}
}

func TestSchemaGolden(t *testing.T) {
	got, err := Schema(world{}, Docs(worldSource), "world")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "schema.json", got)
}

func TestReferenceGolden(t *testing.T) {
	golden(t, "reference.md", []byte(Reference(&world{}, Docs(worldSource))))
}

// A scenario without mistakes keeps the schema, and one with a mistake that a
// schema can see does not.
func TestSchemaAgreesWithDecode(t *testing.T) {
	data, err := Schema(world{}, nil, "world")
	if err != nil {
		t.Fatal(err)
	}
	var s jsonschema.Schema
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	schema, err := s.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file string
		well bool
	}{
		{enough, true},
		{enough + "stay = 'gamma(12h, cv 0.5)'\nopen = '08:00-17:00'\nbeds = 2.5\nsources = ['plant']\nwhen-short = 'lost'", true},
		{enough + "demand = { flow = '3 m3/day (2 – 4)', daily = 'd.csv#x', share = 0.5 }", true},
		{enough + "demand = { share = '5 %' }\n[road.'Şoriş']\nlength = '42 km'", true},
		{enough + "bufer = 1", false},
		{enough + "when-short = 'wait'", false},
		{enough + "beds = 0", false},
		{enough + "sources = ['x']", false},
		{enough + "stay = 'gama(12h, cv 0.5)'", false},
		{enough + "demand = { flow = 3 }", false},
		{enough + "demand = { flow = '3' }", false},
		{enough + "[road.'a b']\nlength = '42 km'", false},
	} {
		tree, problems := Load(files("surge.toml", c.file, "d.csv", "day,x [L/min]\n1,2\n"), "surge.toml")
		if problems != nil {
			t.Fatal(problems)
		}
		var instance any
		if err := json.Unmarshal(tree.Canonical(), &instance); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(instance); (err == nil) != c.well {
			t.Errorf("%s\ngot %v, want it kept: %v", c.file, err, c.well)
		}
		if problems := Decode(tree, new(world)); (problems == nil) != c.well {
			t.Errorf("%s\nDecode: got %v, want none: %v", c.file, problems, c.well)
		}
	}
}

func TestDocs(t *testing.T) {
	docs := Docs(worldSource, []byte("not Go"))
	for name, want := range map[string]string{
		"run":             "run says how long to simulate.",
		"run.Horizon":     "simulated time",
		"hospital":        "A hospital has patients, and cylinders for them.",
		"hospital.Buffer": "Buffer is the number of full cylinders\nit wants to have.",
		"hospital.Label":  "",
	} {
		if got := docs[name]; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
