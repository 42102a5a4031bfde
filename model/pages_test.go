package model

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
)

const metricsPage = "../docs/metrics.md"

// sections are the headings of the page of metrics, one for each of the tables
// of an outcome, in their order; tables with the same heading are one.
var sections = []struct{ heading, called, when string }{
	{"The network", "network", "once"},
	{"The network", "network", "once"},
	{"Hospitals", "hospital.NAME", "for each hospital: about cylinders if it keeps any, about patients if it has any, about a source if it has it"},
	{"Hospitals", "hospital.NAME", ""},
	{"Types of cylinder at a hospital", "hospital.NAME.TYPE", "for each type, at hospitals that keep several"},
	{"Groups of patients and flow demands", "hospital.NAME.patients.GROUP, hospital.NAME.flow.DEMAND", "for each"},
	{"Plants and vendors", "plant.NAME, vendor.NAME", "for each: about filling if it has a filling station, about gas if it has machines"},
	{"Plants and vendors", "plant.NAME, vendor.NAME", ""},
	{"Machines", "plant.NAME, hospital.NAME", "for each plant with machines, and each hospital with concentrators"},
	{"Electricity", "plant.NAME, hospital.NAME", "for each plant and hospital with a grid or a generator"},
	{"Trucks", "truck.NAME, truck.NAME.NUMBER", "for each vehicle"},
	{"Roads", "link.NAME", "for each road; its name is that of road.NAME in the scenario"},
	{"Rounds", "round.NAME", "for each"},
}

// The page of metrics has all there are.
func TestMetricsPageIsCurrent(t *testing.T) {
	tables := (&World{cfg: &Config{}}).tables()
	if len(tables) != len(sections) {
		t.Fatalf("there are %d tables of metrics and %d sections of the page; say in sections what the new one is of", len(tables), len(sections))
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `# Metrics

<!-- Written by the tests from model/outcome*.go: GOLDEN=update go test ./model -->

Every replication gives one number for each metric of the scenario. `+"`oxysim run SCENARIO --format csv`"+` lists them with their means and
intervals. The name of a metric is the dotted name of a thing and one of the words below: `+"`hospital.rizgary.stockout`"+`.

A meaning that begins with "1 if" is of something that happened or did not: the mean of the metric is its probability. The unit 1 is a
count or a share. What is counted, is counted from the end of the warm-up on, unless the meaning says otherwise.
`)
	for i, table := range tables {
		s := sections[i]
		if i == 0 || s.heading != sections[i-1].heading {
			fmt.Fprintf(&b, "\n## %s\n\n`%s` · %s\n\n| metric | unit | better | meaning |\n| --- | --- | --- | --- |\n", s.heading, s.called, s.when)
		}
		for _, m := range table.measures {
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", m.name, m.unit, map[Better]string{Less: "less", More: "more"}[m.better], m.meaning)
		}
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
