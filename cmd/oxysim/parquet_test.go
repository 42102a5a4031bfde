package main

import (
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"oxysim/report"
)

// A reader that shares no code with the writer finds the same in the file of all
// replications: as many rows, the metrics in their order, their means as in the
// summary, and in the metadata what it is of.
func anotherReaderReadsRuns(t *testing.T, dir string) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no node (Debian: nodejs)")
	}
	tool := filepath.Join("..", "..", "tools", "parquet")
	if _, err := os.Stat(filepath.Join(tool, "node_modules", "hyparquet")); err != nil {
		t.Skip("there is no hyparquet: npm install --no-package-lock --prefix tools/parquet")
	}
	text, err := exec.Command(node, filepath.Join(tool, "read.js"), filepath.Join(dir, "runs.parquet")).Output()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Rows    int
		Said    map[string]string
		Columns []struct {
			Name string
			Mean float64
		}
	}
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	manifest, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := report.ReadManifest(manifest)
	if err != nil {
		t.Fatal(err)
	}
	if got.Said["oxysim.seed"] != strconv.FormatUint(m.Seed, 10) || got.Said["oxysim.digest"] != m.Digest || got.Said["oxysim.scenario"] != m.Scenario {
		t.Errorf("got the metadata %v", got.Said)
	}
	var about []struct{ Name, Unit, Meaning string }
	if err := json.Unmarshal([]byte(got.Said["oxysim.metrics"]), &about); err != nil {
		t.Fatal(err)
	}
	summary := readCSV(t, filepath.Join(dir, "summary.csv"))[1:]
	if got.Rows != m.N || len(got.Columns) != 1+len(summary) || len(about) != len(summary) {
		t.Fatalf("got %d rows of %d columns, %d of them told, want %d of replication and %d metrics", got.Rows, len(got.Columns), len(about), m.N, len(summary))
	}
	for j, row := range summary {
		c, mean := got.Columns[j+1], 0.0
		if mean, err = strconv.ParseFloat(row[3], 64); err != nil {
			t.Fatal(err)
		}
		// The CSV has ten digits; sums of 30 numbers in another order lose fewer.
		if c.Name != row[0] || about[j].Name != row[0] || math.Abs(c.Mean-mean) > 1e-9*max(1e-3, math.Abs(mean)) {
			t.Errorf("got %s with a mean of %v, want %s with %v", c.Name, c.Mean, row[0], mean)
		}
	}
}
