package workbook

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"testing"

	"oxysim/scenarios"
)

// What is wrong with a map is told at once, by feature, and no feature is left
// out because nobody knows its kind.
func TestMistakesOfMapsAreToldAtOnce(t *testing.T) {
	_, err := OpenGeoJSON("m.geojson", []byte(`{"type": "FeatureCollection", "features": [
{"geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {"kind": "hospitla", "name": "a"}},
{"geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {"kind": "read me", "name": "a"}},
{"geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {"kind": "x.csv", "name": "a"}},
{"geometry": {"type": "Point", "coordinates": [null, 2]}, "properties": {"kind": "hospital", "name": "b"}},
{"properties": {"kind": "hospital", "name": "c"}},
{"geometry": "x", "properties": [1]},
{"geometry": {"type": "Polygon", "coordinates": []}, "properties": {"kind": "Hospitals", "name": "d", "beds": [1]}},
{"geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {}}]}`))
	got := ""
	if err != nil {
		got = err.Error()
	}
	want := `m.geojson: feature 1: kind: want "hospital", "junction", "plant" or "vendor", not "hospitla" (did you mean "hospital"?)
m.geojson: feature 2: kind: want "hospital", "junction", "plant" or "vendor", not "read me"
m.geojson: feature 3: kind: want "hospital", "junction", "plant" or "vendor", not "x.csv"
m.geojson: feature 4: want the longitude and latitude of a point
m.geojson: feature 5: want a geometry, a point or a line, or null if it is not known where it is
m.geojson: feature 6: want properties such as {"kind": "hospital", "name": "north"}
m.geojson: feature 7: beds: want a text, a number, true or false, not a list or an object
m.geojson: feature 7: want a point or a line, not "Polygon"
m.geojson: feature 8: want a property "name"
m.geojson: feature 8: want a property "kind", such as "hospital"`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for data, want := range map[string]string{
		"{\"type\":\n [,]}":             "m.geojson:2:3: want a GeoJSON feature collection",
		`{"type": "FeatureCollection"}`: "want features",
		`[1]`:                           "want a GeoJSON feature collection",
		"{\"type\": \"FeatureCollection\", \"x\": \"\xe9\"}": "want UTF-8",
	} {
		if _, err := OpenGeoJSON("m.geojson", []byte(data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", data, err, want)
		}
	}
}

// What has no position is on the map all the same, without a geometry: a place,
// and a road to it.
func TestPlacesWithoutAPositionGoThereAndBack(t *testing.T) {
	sc, problems := scenarios.Open("kri-erbil")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	files, err := Files("k", sc)
	if err != nil {
		t.Fatal(err)
	}
	s, err := OpenCSV("hospital.csv", files["hospital.csv"])
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	lat := s.column("lat")
	for i, row := range s.Rows {
		if i > 0 && i < 4 {
			row[lat] = ""
		}
		if i == 2 {
			row[s.column("lon")] = ""
		}
		_ = w.Write(row)
	}
	w.Flush()
	files["hospital.csv"] = out.Bytes()
	files["k.toml"] = regexp.MustCompile(`(?m)^"hospital\.\w+\.(lat|lon)" = .*$`).ReplaceAll(files["k.toml"], nil) // sources of what is there no more
	if sc, problems = reread("k", files); len(problems) > 0 {
		t.Fatal(problems)
	}
	var b bytes.Buffer
	if err := WriteGeoJSON(&b, sc); err != nil {
		t.Fatal(err)
	}
	sheets, err := OpenGeoJSON("map.geojson", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files { // what is not on the map
		if kind := strings.TrimSuffix(name, ".csv"); kind != name && find(sheets, kind) == nil {
			s, err := OpenCSV(name, data)
			if err != nil {
				t.Fatal(err)
			}
			if slices.Contains(scenarios.Kinds(), kind) && kind != "option" {
				sheets = append(sheets, s)
			} else if s.Name += ".csv"; kind != "option" {
				sheets = append(sheets, s)
			}
		}
	}
	l := lay(sc, false)
	settings := &Sheet{Name: "scenario", Rows: [][]string{{"key", "value"}}}
	for _, x := range l.settings {
		if !strings.HasPrefix(x.key, "option.") {
			settings.Rows = append(settings.Rows, []string{x.key, x.text})
		}
	}
	back, problems := Read("map.geojson", append(sheets, settings))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if back.Digest != sc.Digest {
		t.Errorf("got digest %.8s, want %.8s", back.Digest, sc.Digest)
	}
}
