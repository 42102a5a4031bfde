package source

import (
	"strings"
	"testing"
	"testing/fstest"

	"oxysim/scenarios/quantity"
)

// world is a small scenario with one field of each sort.
type world struct {
	Title    string               `key:"title"`
	Run      run                  `key:"run"`
	Hospital map[string]*hospital `key:"hospital" required:"true"`
	Road     map[string]road      `key:"road"`
	Option   map[string]option    `key:"option"`
	Round    []round              `key:"round"`
}

// run says how long to simulate.
type run struct {
	Horizon quantity.Span `key:"horizon" default:"365 d" min:"1 d"` // simulated time
	Seed    uint64        `key:"seed" default:"1"`
	Trace   bool          `key:"trace"`
}

// A hospital has patients, and cylinders for them.
type hospital struct {
	Label string `key:"label"`
	// Buffer is the number of full cylinders
	// it wants to have.
	Buffer  int              `key:"buffer" required:"true" min:"0" max:"10_000"`
	Short   string           `key:"when-short" default:"waits" oneof:"lost|waits|leaves"`
	Demand  *demand          `key:"demand"`
	Stay    quantity.SpanLaw `key:"stay"`
	Open    quantity.Hours   `key:"open" default:"always"`
	Sources []string         `key:"sources" oneof:"concentrator|plant|cylinder" default:"plant; cylinder"`
	Beds    float64          `key:"beds" above:"0"`
}

type demand struct {
	Flow  quantity.Flow       `key:"flow"`
	Daily quantity.FlowSeries `key:"daily"`
	Share quantity.Share      `key:"share" default:"5 %"`
}

type road struct {
	Length quantity.Distance `key:"length" required:"true"`
	Speed  quantity.Speed    `key:"speed" max:"90 km/h"`
	From   quantity.Date     `key:"from"`
}

type option struct {
	Cost   quantity.Money `key:"cost"`
	Change map[string]any `key:"change"`
}

type round struct {
	Day   quantity.Weekdays `key:"day"`
	Stops []stop            `key:"stop"`
}

type stop struct {
	At string `key:"at" required:"true"`
}

// files makes a file system of names and texts.
func files(namesAndTexts ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(namesAndTexts); i += 2 {
		m[namesAndTexts[i]] = &fstest.MapFile{Data: []byte(namesAndTexts[i+1])}
	}
	return m
}

// read loads and decodes surge.toml, and fails the test if there are problems.
func read(t *testing.T, fsys fstest.MapFS) (*Tree, world) {
	t.Helper()
	tree, problems := Load(fsys, "surge.toml")
	if problems != nil {
		t.Fatalf("Load: %v", problems)
	}
	var w world
	if problems := Decode(tree, &w); problems != nil {
		t.Fatalf("Decode: %v", problems)
	}
	return tree, w
}

// complaints returns what Load and then Decode say of surge.toml.
func complaints(fsys fstest.MapFS) string {
	tree, problems := Load(fsys, "surge.toml")
	if len(problems) == 0 {
		problems = Decode(tree, new(world))
	}
	return problems.Error()
}

// lines joins lines.
func lines(s ...string) string { return strings.Join(s, "\n") }
