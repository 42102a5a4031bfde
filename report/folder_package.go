package report

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// dataPackage describes the tables of a folder, so that a reader of Data Packages
// finds types and meanings of their columns.
//
// Source: Data Package, version 1, specs.frictionlessdata.io.
type dataPackage struct {
	Profile     string        `json:"profile"`
	Name        string        `json:"name"`
	Title       string        `json:"title"`
	Description string        `json:"description,omitempty"`
	Sources     []dataSource  `json:"sources,omitempty"` // in the words of the scenario
	Oxysim      dataOrigin    `json:"oxysim"`
	Resources   []dataElement `json:"resources"`
}

// dataSource is a source as a scenario names it.
type dataSource struct {
	Title string `json:"title"`
	Path  string `json:"path,omitempty"` // an address in it
}

// dataOrigin says what the numbers are of.
type dataOrigin struct {
	Program   string `json:"program"`
	Behaviour int    `json:"behaviour"`
	Digest    string `json:"digest"`
	Seed      uint64 `json:"seed"`
	First     int    `json:"first"`
	N         int    `json:"replications"`
}

type dataElement struct {
	Profile   string       `json:"profile,omitempty"`
	Name      string       `json:"name"`
	Path      string       `json:"path"`
	Title     string       `json:"title,omitempty"`
	Format    string       `json:"format"`
	Mediatype string       `json:"mediatype,omitempty"`
	Encoding  string       `json:"encoding,omitempty"`
	Bytes     int          `json:"bytes"`
	Hash      string       `json:"hash"`
	Dialect   *dataDialect `json:"dialect,omitempty"`
	Schema    *dataSchema  `json:"schema,omitempty"`
}

// dataDialect is how a CSV is written, as far as that may differ.
type dataDialect struct {
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
	Comment        string `json:"commentChar,omitempty"`
}

type dataSchema struct {
	Fields        []dataField `json:"fields"`
	MissingValues []string    `json:"missingValues"`
	PrimaryKey    []string    `json:"primaryKey,omitempty"`
}

type dataField struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Description string `json:"description,omitempty"`
	Unit        string `json:"unit,omitempty"`
}

// mediatypes are those of the endings of files.
var mediatypes = map[string]string{
	".csv": "text/csv", ".html": "text/html", ".json": "application/json", ".toml": "application/toml", ".svg": "image/svg+xml", ".png": "image/png",
	".pdf": "application/pdf", ".parquet": "application/vnd.apache.parquet", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// tableTitles say what is in a table of results; those of figures have the
// figures' own.
var tableTitles = map[string]string{
	summaryFile: "every metric with its interval and quantiles", runsFile: "every metric of every replication",
	"why.csv": "how much each cause does", "compare.csv": "the options, number by number", "plan.csv": "how much of a buffer is enough",
}

// noNumber is how a cell without a value is written.
var noNumber = []string{""}

// datapackage writes the description of the files.
func (r *Results) datapackage(files map[string][]byte) ([]byte, error) {
	o := r.Answer.Origin
	d := dataPackage{
		Profile: "data-package", Name: dataName(r.Subject.Name), Title: r.title(), Description: r.Subject.File.About, Sources: r.sources(),
		Oxysim: dataOrigin{strings.TrimSpace(r.Made.Program + " " + r.Made.Revision), o.Behaviour, o.Digest, o.Seed, r.Answer.First, r.Answer.N},
	}
	taken := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		ending := path.Ext(name)
		x := dataElement{
			Profile: "data-resource", Name: dataName(name), Path: name, Title: r.dataTitle(name), Format: strings.TrimPrefix(ending, "."),
			Mediatype: mediatypes[ending], Bytes: len(files[name]), Hash: "sha256:" + digestOf(files[name]),
		}
		for n := 2; taken[x.Name]; n++ {
			x.Name = dataName(name) + "-" + strconv.Itoa(n)
		}
		taken[x.Name] = true
		switch {
		case name == runsFile:
			x.Schema = &dataSchema{
				Fields:        []dataField{{Name: replicationColumn, Type: "integer", Description: "number of the replication"}},
				MissingValues: noNumber, PrimaryKey: []string{replicationColumn},
			}
			for _, m := range r.metrics() {
				x.Schema.Fields = append(x.Schema.Fields, dataField{Name: m.Name, Type: "number", Description: m.Meaning, Unit: m.Unit})
			}
		case ending == ".csv":
			table := readTable(files[name])
			if table == nil {
				break
			}
			fields := r.fields(name, table)
			x.Profile, x.Dialect = "tabular-data-resource", &table.dialect
			x.Schema = &dataSchema{Fields: fields, MissingValues: noNumber, PrimaryKey: keyFields[name]}
			if _, input := r.Inputs[name]; input && fields[0].Name == "name" {
				x.Schema.PrimaryKey = []string{"name"}
			}
		}
		if ending == ".csv" || ending == ".toml" || ending == ".html" || ending == ".json" || ending == ".svg" {
			x.Encoding = "utf-8"
		}
		d.Resources = append(d.Resources, x)
	}
	return indented(d)
}

// dataTitle returns what a file is called.
func (r *Results) dataTitle(name string) string {
	if _, input := r.Inputs[name]; input {
		if kind, table := strings.CutSuffix(name, ".csv"); table {
			return "table of the scenario: " + kind
		}
		return "the scenario"
	}
	for _, f := range r.Figures {
		if strings.TrimSuffix(name, path.Ext(name)) == figureFolder+"/"+f.Name {
			return strings.TrimSuffix(f.Title, ".")
		}
	}
	return tableTitles[name]
}

// dataName returns a text as the name of a package or resource may be: small
// letters, digits, dots, hyphens and underscores.
func dataName(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, strings.ToLower(s))
}
