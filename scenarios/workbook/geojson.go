package workbook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"oxysim/scenarios"
)

// collection is a GeoJSON file (RFC 7946), as far as networks need it: the
// library for it would bring a database's driver along.
type collection struct {
	Type     string    `json:"type"`
	Features []feature `json:"features"`
}

type feature struct {
	Type       string         `json:"type"`
	Geometry   geometry       `json:"geometry"`
	Properties map[string]any `json:"properties"`
}

type geometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
}

// OpenGeoJSON returns the features of a GeoJSON file as sheets: a point is a
// place, a line a road. Their property "kind" says of which kind they are; the
// others are keys, such as "name", "buffer", "from". Of the course of a road
// nothing is taken: it leads from a place to another.
func OpenGeoJSON(name string, data []byte) ([]*Sheet, error) {
	var all collection
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &all); err != nil {
		return nil, fmt.Errorf("want a GeoJSON feature collection: %w", err)
	}
	if all.Type != "FeatureCollection" {
		return nil, fmt.Errorf("want a GeoJSON feature collection, not a %q", all.Type)
	}
	byKind := map[string][]map[string]string{}
	places := map[string][]string{}
	for i, f := range all.Features {
		at := fmt.Sprintf("%s: feature %d", name, i+1)
		row := map[string]string{}
		for k, v := range f.Properties {
			plain, err := plainJSON(v)
			if err != nil {
				return nil, fmt.Errorf("feature %d: %s: %w", i+1, k, err)
			}
			row[k] = plain
		}
		kind := strings.ToLower(row["kind"])
		delete(row, "kind")
		if row[headName] == "" && row["from"] != "" && row["to"] != "" {
			row[headName] = row["from"] + "-" + row["to"]
		}
		if row[headName] == "" {
			return nil, fmt.Errorf(`feature %d: want a property "name"`, i+1)
		}
		switch f.Geometry.Type {
		case "Point":
			var position []float64 // longitude, latitude and perhaps height
			if err := json.Unmarshal(f.Geometry.Coordinates, &position); err != nil || len(position) < 2 {
				return nil, fmt.Errorf("feature %d: want the longitude and latitude of a point", i+1)
			}
			if kind == "" {
				return nil, fmt.Errorf(`feature %d: want a property "kind", such as "hospital"`, i+1)
			}
			row["lon"], row["lat"] = strconv.FormatFloat(position[0], 'f', -1, 64), strconv.FormatFloat(position[1], 'f', -1, 64)
		case "LineString", "MultiLineString":
			if kind != "" && kind != "road" {
				return nil, fmt.Errorf(`feature %d: a line is a road, not a %s`, i+1, kind)
			}
			kind = "road"
		default:
			return nil, fmt.Errorf("feature %d: want a point or a line, not %q", i+1, f.Geometry.Type)
		}
		byKind[kind], places[kind] = append(byKind[kind], row), append(places[kind], at)
	}
	var sheets []*Sheet
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		heads := map[string]bool{}
		for _, row := range byKind[kind] {
			for k := range row {
				heads[k] = true
			}
		}
		delete(heads, headName)
		keys := append([]string{headName}, slices.Sorted(maps.Keys(heads))...)
		s := &Sheet{Name: kind, Rows: [][]string{keys}, At: func(row, _ int) string {
			return places[kind][max(row-1, 0)]
		}}
		for _, row := range byKind[kind] {
			cells := make([]string, len(keys))
			for j, k := range keys {
				cells[j] = row[k]
			}
			s.Rows = append(s.Rows, cells)
		}
		sheets = append(sheets, s)
	}
	return sheets, nil
}

// plainJSON returns a value of a property as a text.
func plainJSON(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case bool:
		return strconv.FormatBool(v), nil
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	}
	return "", errors.New("want a text, a number, true or false, not a list or an object")
}

// WriteGeoJSON writes the network of a scenario: a point for each place that has
// a position, and a line for each road between two such, with what is written of
// them as properties.
func WriteGeoJSON(to io.Writer, sc *scenarios.Scenario) error {
	l := lay(sc, false)
	all := collection{Type: "FeatureCollection", Features: []feature{}}
	type point [2]float64
	at := map[string]point{}
	add := func(kind string, r *row, shape string, coordinates any) {
		f := feature{Type: "Feature", Properties: map[string]any{"kind": kind, headName: r.own[0]}}
		f.Geometry.Type = shape
		f.Geometry.Coordinates, _ = json.Marshal(coordinates) // numbers
		for _, k := range r.keys {
			if k != "lat" && k != "lon" {
				f.Properties[k] = r.values[k]
			}
		}
		if s := r.source(); s != "" {
			f.Properties[headSource] = s
		}
		all.Features = append(all.Features, f)
	}
	for _, t := range l.tables {
		for _, r := range t.rows {
			lat, err1 := strconv.ParseFloat(r.values["lat"], 64)
			lon, err2 := strconv.ParseFloat(r.values["lon"], 64)
			if err1 == nil && err2 == nil {
				at[r.own[0]] = point{lon, lat}
				add(t.name, r, "Point", at[r.own[0]])
			}
		}
	}
	for _, t := range l.tables {
		for _, r := range t.rows {
			from, ok1 := at[r.values["from"]]
			to, ok2 := at[r.values["to"]]
			if t.name == "road" && ok1 && ok2 {
				add(t.name, r, "LineString", []point{from, to})
			}
		}
	}
	if len(all.Features) == 0 {
		return errors.New("no place of the scenario has a position: want lat and lon")
	}
	enc := json.NewEncoder(to)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(all)
}
