package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// described is what a Data Package says, as far as it is looked at.
type described struct {
	Profile, Name, Title string
	Sources              []struct{ Title, Path string }
	Resources            []struct {
		Profile, Name, Path, Title, Format, Encoding, Hash string
		Bytes                                              int
		Schema                                             *struct {
			Fields []struct {
				Name, Type, Description, Unit string
			}
			MissingValues []string
			PrimaryKey    []string
		}
	}
}

// The Data Package tells every column of every table: its name as in the head, what
// it is, and a type that all its cells have; and it keeps the rules of names, paths
// and keys.
//
// Source: Data Package, Data Resource, Tabular Data Resource and Table Schema,
// version 1, specs.frictionlessdata.io.
func columnsAreTold(t *testing.T, dir string) {
	content, err := os.ReadFile(filepath.Join(dir, "datapackage.json"))
	if err != nil {
		t.Fatal(err)
	}
	var d described
	if err := json.Unmarshal(content, &d); err != nil {
		t.Fatal(err)
	}
	plain := regexp.MustCompile(`^[-a-z0-9._/]+$`)
	if d.Profile != "data-package" || !plain.MatchString(d.Name) || d.Title == "" {
		t.Errorf("got the package %q %q %q", d.Profile, d.Name, d.Title)
	}
	if len(d.Sources) == 0 {
		t.Error("there are no sources, though the scenario has some")
	}
	for i, x := range d.Sources {
		if x.Title == "" || strings.HasPrefix(x.Title, "ASSUMPTION") || strings.HasPrefix(x.Title, "--") || slices.Contains(d.Sources[:i], x) {
			t.Errorf("got the source %q", x.Title)
		}
	}
	files, err := readFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	tables := 0
	for _, x := range d.Resources {
		if !plain.MatchString(x.Name) || names[x.Name] {
			t.Errorf("%s: got the name %q", x.Path, x.Name)
		}
		names[x.Name] = true
		if len(files[x.Path]) != x.Bytes || !strings.HasPrefix(x.Hash, "sha256:") {
			t.Errorf("%s: got %d bytes and %s", x.Path, x.Bytes, x.Hash)
		}
		delete(files, x.Path)
		if filepath.Ext(x.Path) != ".csv" {
			continue
		}
		tables++
		if x.Profile != "tabular-data-resource" || x.Schema == nil || x.Title == "" || x.Encoding != "utf-8" || !slices.Equal(x.Schema.MissingValues, []string{""}) {
			t.Errorf("%s: got %+v", x.Path, x)
			continue
		}
		file, err := os.ReadFile(filepath.Join(dir, x.Path))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
		if err != nil || len(rows) < 2 || len(rows[0]) != len(x.Schema.Fields) {
			t.Errorf("%s: %v, and %d fields of %q", x.Path, err, len(x.Schema.Fields), rows[0])
			continue
		}
		for j, f := range x.Schema.Fields {
			if f.Name != rows[0][j] || strings.TrimSpace(f.Description) == "" {
				t.Errorf("%s: got the field %+v, want one that tells %q", x.Path, f, rows[0][j])
			}
			for i, row := range rows[1:] {
				if row[j] != "" && !hasType(f.Type, row[j]) {
					t.Errorf("%s, row %d, %s: %q is no %s", x.Path, i+1, f.Name, row[j], f.Type)
					break
				}
			}
		}
		keys := map[string]bool{}
		for i, row := range rows[1:] {
			key := ""
			for _, k := range x.Schema.PrimaryKey {
				j := slices.Index(rows[0], k)
				if j < 0 || row[j] == "" {
					t.Fatalf("%s, row %d: there is nothing in the key %q", x.Path, i+1, k)
				}
				key += row[j] + "\n"
			}
			if key != "" && keys[key] {
				t.Errorf("%s: the key %q is there twice", x.Path, key)
			}
			keys[key] = true
		}
	}
	delete(files, "datapackage.json")
	delete(files, "manifest.json")
	if len(files) > 0 || tables < 20 {
		t.Errorf("got %d tables, and %d files that are not told of", tables, len(files))
	}
}

// hasType reports whether a cell is a value of a type of Table Schema, in its
// default format.
func hasType(kind, cell string) bool {
	var err error
	switch kind {
	case "integer":
		_, err = strconv.ParseInt(cell, 10, 64)
	case "number":
		ok := regexp.MustCompile(`^([-+]?\d*\.?\d+([eE][-+]?\d+)?|NaN|-?INF)$`).MatchString(cell)
		return ok
	case "boolean":
		return cell == "true" || cell == "false"
	case "date":
		_, err = time.Parse("2006-01-02", cell)
	case "string":
	default:
		return false
	}
	return err == nil
}
