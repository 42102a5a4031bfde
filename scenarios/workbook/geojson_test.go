package workbook

import (
	"strings"
	"testing"
)

// What is wrong with a map is told at once, by feature, and no feature is left
// out because nobody knows its kind.
func TestMistakesOfMapsAreToldAtOnce(t *testing.T) {
	_, err := OpenGeoJSON("m.geojson", []byte(`{"type": "FeatureCollection", "features": [
{"geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {"kind": "hospitla", "name": "a"}},
{"geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {"kind": "read me", "name": "a"}},
{"geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {"kind": "x.csv", "name": "a"}},
{"geometry": {"type": "Point", "coordinates": [null, 2]}, "properties": {"kind": "hospital", "name": "b"}},
{"geometry": null, "properties": {"kind": "hospital", "name": "c"}},
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
m.geojson: feature 5: want a geometry, a point or a line
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
