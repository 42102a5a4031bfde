package source_test

import (
	"fmt"
	"testing/fstest"

	"oxysim/scenarios/quantity"
	"oxysim/scenarios/source"
)

// A scenario is declared as a struct.
type scenario struct {
	Hospital map[string]hospital `key:"hospital" required:"true"`
	Road     map[string]road     `key:"road"`
}

type hospital struct {
	Buffer int              `key:"buffer" required:"true" min:"0"`
	Stay   quantity.SpanLaw `key:"stay" default:"exponential(3 d)"`
}

type road struct {
	Length quantity.Distance `key:"length" required:"true"`
}

func Example() {
	fsys := fstest.MapFS{
		"surge.toml": {Data: []byte(`
extends = "base.toml"

[hospital.rizgary]
buffer = 45
`)},
		"base.toml": {Data: []byte(`
[table]
hospital = "hospitals.csv"

[road.north]
length = "42 km (40 km – 45 km)"
`)},
		"hospitals.csv": {Data: []byte(`name,buffer,stay [h],source
rizgary,30,72,WHO briefing 2000
hawler,10,,
`)},
	}
	tree, problems := source.Load(fsys, "surge.toml")
	if problems != nil {
		fmt.Println(problems)
		return
	}
	problems = tree.Set("hospital.hawler.buffer=12")
	var s scenario
	problems = append(problems, source.Decode(tree, &s)...)
	if problems != nil {
		fmt.Println(problems)
		return
	}
	for _, name := range tree.Names("hospital") {
		key := "hospital." + name
		fmt.Println(name, s.Hospital[name].Buffer, tree.Place(key+".buffer"))
		fmt.Printf("  stay %v, %v, %q\n", s.Hospital[name].Stay, tree.Place(key+".stay"), tree.Source(key+".stay"))
	}
	fmt.Println("uncertain:", tree.Uncertain())
	fmt.Println("defaults:", tree.Defaults())
	// Output:
	// rizgary 45 surge.toml:5:10
	//   stay 3 d, hospitals.csv:2:12, "WHO briefing 2000"
	// hawler 12 --set hospital.hawler.buffer=12
	//   stay exponential(3 d), hospitals.csv:3:1, ""
	// uncertain: [road.north.length]
	// defaults: [{hospital.hawler.stay exponential(3 d)}]
}

func ExampleProblems() {
	fsys := fstest.MapFS{"surge.toml": {Data: []byte(`[hospital.rizgary]
buffer = 45
stay = "gamma(12h, 0.5)"

[road]
north.length = "42"
north.lenght = "42 km"
`)}}
	tree, _ := source.Load(fsys, "surge.toml")
	problems := source.Decode(tree, new(scenario))
	fmt.Println(problems)
	fmt.Println()
	fmt.Println(problems[1].Long())
	// Output:
	// surge.toml:3:8: hospital.rizgary.stay: the second argument of gamma: want a coefficient of variation such as "cv 0.5", not "0.5"
	// surge.toml:6:16: road.north.length: want a distance such as "42 km", not "42"
	// surge.toml:7:7: road.north.lenght: unknown key (did you mean "length"?)
	//
	// surge.toml:6:16: road.north.length: want a distance such as "42 km", not "42"
	//
	//      6 | north.length = "42"
	//        |                ^^^^
}
