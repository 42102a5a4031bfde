package report

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"oxysim/scenarios"
	"oxysim/scenarios/workbook"
	"oxysim/study"
)

// Of the tables of every scenario that comes with the program, each column is
// told: what it means, or of which series it is.
func TestTablesOfScenariosAreTold(t *testing.T) {
	tables := 0
	for _, x := range scenarios.Ready() {
		s, problems := study.Open(x)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		files, err := workbook.Files("scenario", s.Scenario)
		if err != nil {
			t.Fatal(err)
		}
		r := &Results{Subject: s, Inputs: files}
		for name, content := range files {
			if !strings.HasSuffix(name, ".csv") {
				continue
			}
			tables++
			table := readTable(content)
			if table == nil {
				t.Errorf("%s: %s is no table", x, name)
				continue
			}
			for _, f := range r.fields(name, table) {
				if f.Description == "" || f.Type == "" {
					t.Errorf("%s: %s: got the field %+v", x, name, f)
				}
			}
		}
	}
	if tables < 50 {
		t.Errorf("got %d tables, want those of all things", tables)
	}
}

// Comments, semicolons and rows that end early are told, not refused; what is no
// table is a file like others.
func TestTablesOfOthersAreRead(t *testing.T) {
	x := readTable([]byte("# of the ministry\n\"# no comment\";date;need [m3/day]\r\na;2021-01-02;4\r\nb;2021-01-03\r\n"))
	if x == nil {
		t.Fatal("want a table")
	}
	if want := (dataDialect{Delimiter: ";", LineTerminator: "\r\n", Comment: "#"}); x.dialect != want {
		t.Errorf("got %+v, want %+v", x.dialect, want)
	}
	var got []string
	for _, f := range scenarioFields("need.csv", x.rows) {
		got = append(got, f.Type+" "+f.Unit)
	}
	if want := []string{"string ", "date ", "integer m3/day"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, content := range []string{"", "a,b\n1,2,3\n", "a\n\"b\n"} {
		if readTable([]byte(content)) != nil {
			t.Errorf("%q is no table", content)
		}
	}
}

// Names of packages and resources are of the letters that the specification allows,
// and each is there once.
func TestNamesOfResourcesAreAllowed(t *testing.T) {
	r := resultsOf(t, "one-cylinder", 1)
	r.Subject.Name = "Überblick 1"
	r.Inputs = map[string][]byte{"a b.csv": []byte("name\nx\n"), "a-b.csv": []byte("name\nx\n"), "é.csv": []byte("no,table\n1,2,3\n")}
	content, err := r.datapackage(r.Inputs)
	if err != nil {
		t.Fatal(err)
	}
	var d dataPackage
	if err := json.Unmarshal(content, &d); err != nil {
		t.Fatal(err)
	}
	names := []string{d.Name}
	for _, x := range d.Resources {
		names = append(names, x.Name)
		if table := x.Profile == "tabular-data-resource"; table != (x.Schema != nil) || table == strings.HasPrefix(x.Path, "é") {
			t.Errorf("%s: got %+v", x.Path, x)
		}
	}
	if want := []string{"-berblick-1", "a-b-csv", "a-b-csv-2", "--csv"}; !slices.Equal(names, want) {
		t.Errorf("got the names %q, want %q", names, want)
	}
}
