package model

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
)

const metricsPage = "../docs/metrics.md"

// sections are the headings of the page of metrics, by the things that metrics
// are of, and when these are reported.
var sections = map[string][2]string{
	"network":            {"The network", "once"},
	"hospital.NAME":      {"Hospitals", "for each hospital: about cylinders if it keeps any, about patients if it has any, about a source if it has it"},
	"hospital.NAME.TYPE": {"Types of cylinder at a hospital", "for each type, at hospitals that keep several"},
	"hospital.NAME.patients.GROUP, hospital.NAME.flow.DEMAND": {"Groups of patients and flow demands", "for each"},
	"plant.NAME, vendor.NAME":                                 {"Plants and vendors", "for each: about filling if it has a filling station, about gas if it has machines"},
	"plant.NAME, vendor.NAME, hospital.NAME":                  {"Machines and electricity", "for each with machines or concentrators, and for each with a grid or a generator"},
	"truck.NAME":                                              {"Trucks", "for each vehicle; if there are several of a name, they are truck.NAME.1 and so on"},
	"road.NAME":                                               {"Roads", "for each road"},
	"round.NAME":                                              {"Rounds", "for each"},
}

// oneOfEach is a world of which only the names of things are known.
func oneOfEach() *World {
	return &World{
		cfg: &Config{
			Types: []CylinderType{{Name: "TYPE"}}, Plants: []Plant{{Name: "plant.NAME"}, {Name: "vendor.NAME"}}, Hospitals: []Hospital{{Name: "hospital.NAME"}},
			Trucks: []Truck{{Name: "truck.NAME"}}, Links: []Link{{Name: "NAME"}}, Rounds: []Round{{Name: "NAME"}},
		},
		lines:  make([]line, 1),
		groups: []group{{cfg: &PatientDemand{Name: "hospital.NAME.patients.GROUP"}}, {flow: &FlowDemand{Name: "hospital.NAME.flow.DEMAND"}}},
		power:  make([]power, 3),
	}
}

// The page of metrics has all there are.
func TestMetricsPageIsCurrent(t *testing.T) {
	var b bytes.Buffer
	fmt.Fprintf(&b, `# Metrics

<!-- Written by the tests from model/outcome*.go: GOLDEN=update go test ./model -->

Every replication gives one number for each metric of the scenario. `+"`oxysim run SCENARIO --format csv`"+` lists them with their means and
intervals. The name of a metric is the dotted name of a thing and one of the words below: `+"`hospital.rizgary.stockout`"+`.

A meaning that begins with "1 if" is of something that happened or did not: the mean of the metric is its probability. The unit 1 is a
count or a share. What is counted, is counted from the end of the warm-up on, unless the meaning says otherwise.
`)
	var order []string
	rows := map[string]string{}
	for _, table := range oneOfEach().tables() {
		things := strings.Join(table.things, ", ")
		if _, known := sections[things]; !known {
			t.Fatalf("want a section of the page for metrics of %s", things)
		}
		if rows[things] == "" {
			order = append(order, things)
		}
		for _, m := range table.measures {
			rows[things] += fmt.Sprintf("| `%s` | %s | %s | %s |\n", m.name, m.unit, map[Better]string{Less: "less", More: "more"}[m.better], m.meaning)
		}
	}
	for _, things := range order {
		s := sections[things]
		fmt.Fprintf(&b, "\n## %s\n\n`%s` · %s\n\n| metric | unit | better | meaning |\n| --- | --- | --- | --- |\n%s", s[0], things, s[1], rows[things])
	}
	if os.Getenv("GOLDEN") == "update" {
		if err := os.WriteFile(metricsPage, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(metricsPage)
	if err != nil || !bytes.Equal(want, b.Bytes()) {
		t.Errorf("%s is not what the model reports; write it anew with GOLDEN=update go test ./model, and read the diff", metricsPage)
	}
}

// The page of the model has the table of what may follow what, and the order of
// events at one instant.
func TestModelPageIsTrue(t *testing.T) {
	page, err := os.ReadFile("../docs/model.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	flat := strings.Join(strings.Fields(text), " ")
	for s := range stages {
		var next []string
		for n := range stages {
			if follows[s]>>n&1 == 1 {
				next = append(next, n.String())
			}
		}
		row := strings.TrimSpace(fmt.Sprintf("| %v | %s", s, strings.Join(next, ", "))) + " |\n"
		if !strings.Contains(text, row) {
			t.Errorf("docs/model.md: want the row\n%s", row)
		}
	}
	if order := strings.Join(eventNames[:], ", "); !strings.Contains(flat, order) {
		t.Errorf("docs/model.md: want the order of events\n%s", order)
	}
	if b := fmt.Sprintf("Behaviour version of the model: %d.", Behaviour); !strings.Contains(flat, b) {
		t.Errorf("docs/model.md: want %q", b)
	}
}
