package report

import (
	"maps"
	"path"
	"slices"
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
	Version     string        `json:"version"`
	Resources   []dataElement `json:"resources"`
}

type dataElement struct {
	Profile   string      `json:"profile,omitempty"`
	Name      string      `json:"name"`
	Path      string      `json:"path"`
	Title     string      `json:"title,omitempty"`
	Format    string      `json:"format"`
	Mediatype string      `json:"mediatype,omitempty"`
	Encoding  string      `json:"encoding,omitempty"`
	Bytes     int         `json:"bytes"`
	Hash      string      `json:"hash"`
	Schema    *dataSchema `json:"schema,omitempty"`
}

type dataSchema struct {
	Fields     []dataField `json:"fields"`
	PrimaryKey string      `json:"primaryKey,omitempty"`
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

// summaryFields are the columns of summary.csv.
var summaryFields = []dataField{
	{Name: "metric", Type: "string", Description: "dotted name"}, {Name: "unit", Type: "string", Description: "of the numbers; 1 for counts and shares"},
	{Name: "n", Type: "integer", Description: "replications"}, {Name: "mean", Type: "number", Description: "over replications; of an indicator, the probability"},
	{Name: "lo", Type: "number", Description: "lower end of the interval for the mean"}, {Name: "hi", Type: "number", Description: "upper end"},
	{Name: "method", Type: "string", Description: "of the interval"}, {Name: "p05", Type: "number", Description: "quantile over replications"},
	{Name: "p50", Type: "number", Description: "median"}, {Name: "p95", Type: "number", Description: "quantile"},
	{Name: "min", Type: "number"}, {Name: "max", Type: "number"},
}

// datapackage writes the description of the files.
func (r *Results) datapackage(files map[string][]byte) ([]byte, error) {
	d := dataPackage{
		Profile: "data-package", Name: strings.ToLower(fileName(r.Subject.Name)), Title: r.title(), Description: r.Subject.File.About, Version: r.Answer.Origin.Digest[:8],
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		ending := path.Ext(name)
		x := dataElement{
			Name: strings.ToLower(strings.NewReplacer("/", "-", ".", "-", "_", "-", " ", "-").Replace(name)), Path: name, Format: strings.TrimPrefix(ending, "."),
			Mediatype: mediatypes[ending], Bytes: len(files[name]), Hash: "sha256:" + digestOf(files[name]),
		}
		switch {
		case name == summaryFile:
			x.Profile, x.Title = "tabular-data-resource", "every metric with its interval and quantiles"
			x.Schema = &dataSchema{Fields: summaryFields, PrimaryKey: "metric"}
		case name == runsFile:
			x.Title = "every metric of every replication"
			x.Schema = &dataSchema{Fields: []dataField{{Name: replicationColumn, Type: "integer", Description: "number of the replication"}}, PrimaryKey: replicationColumn}
			for _, m := range r.metrics() {
				x.Schema.Fields = append(x.Schema.Fields, dataField{Name: m.Name, Type: "number", Description: m.Meaning, Unit: m.Unit})
			}
		case ending == ".csv" || ending == ".toml":
			if _, input := r.Inputs[name]; input {
				x.Title = "of the scenario"
			}
		}
		if ending == ".csv" || ending == ".toml" || ending == ".html" || ending == ".json" {
			x.Encoding = "utf-8"
		}
		d.Resources = append(d.Resources, x)
	}
	return indented(d)
}
