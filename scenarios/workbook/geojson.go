package workbook

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/scenarios/source"
)

// collection is a GeoJSON file (RFC 7946), as far as networks need it: the
// library for it would bring a database's driver along.
type collection struct {
	Type     string    `json:"type"`
	Features []feature `json:"features"`
}

// loose is a collection of which each feature is read by itself.
type loose struct {
	Type     string            `json:"type"`
	Features []json.RawMessage `json:"features"`
}

type feature struct {
	Type       string         `json:"type"`
	Geometry   *geometry      `json:"geometry"` // nil if it is not known where it is
	Properties map[string]any `json:"properties"`
}

type geometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
}

// OpenGeoJSON returns the features of a GeoJSON file as sheets: a point is a
// place, a line a road. Their property "kind" says of which kind they are; the
// others are keys, such as "name", "buffer", "from". Of the course of a road
// nothing is taken: it leads from a place to another. All that is wrong is told.
func OpenGeoJSON(name string, data []byte) ([]*Sheet, error) {
	data = bytes.TrimPrefix(fromUTF16(data), []byte("\xef\xbb\xbf"))
	if !utf8.Valid(data) {
		return nil, errors.New("want UTF-8 text, not another encoding")
	}
	var all loose
	var syntax *json.SyntaxError
	var other *json.UnmarshalTypeError
	switch err := json.Unmarshal(data, &all); {
	case errors.As(err, &syntax):
		return nil, &scenarios.Problem{Place: placeAt(name, data, int(syntax.Offset)), Message: "want a GeoJSON feature collection: " + err.Error()}
	case errors.As(err, &other):
		return nil, fmt.Errorf("want a GeoJSON feature collection, not JSON with another %s: %q", cmp.Or(other.Field, "root"), other.Value)
	case err != nil:
		return nil, fmt.Errorf("want a GeoJSON feature collection: %w", err)
	case all.Type != "FeatureCollection":
		return nil, fmt.Errorf("want a GeoJSON feature collection, not a %q", all.Type)
	case len(all.Features) == 0:
		return nil, errors.New("want features, not a collection without any")
	}
	byKind := map[string][]map[string]string{}
	places := map[string][]string{}
	var problems scenarios.Problems
	for i, raw := range all.Features {
		at := fmt.Sprintf("%s: feature %d", name, i+1)
		kind, row, wrong := readFeature(raw)
		for _, w := range wrong {
			problems = append(problems, &scenarios.Problem{Place: source.Place{File: at}, Message: w})
		}
		byKind[kind], places[kind] = append(byKind[kind], row), append(places[kind], at)
	}
	if len(problems) > 0 {
		return nil, problems
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
		s := &Sheet{Name: kind, form: aMap, Rows: [][]string{keys}, At: func(row, _ int) string {
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

// placeKinds are the kinds of things that are points.
var placeKinds = []string{"hospital", "junction", "plant", "vendor"}

// readFeature returns the kind of a feature and its values by key, and what is
// wrong of it.
func readFeature(raw json.RawMessage) (kind string, row map[string]string, wrong []string) {
	bad := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	row = map[string]string{}
	var parts struct {
		Geometry   json.RawMessage `json:"geometry"`
		Properties json.RawMessage `json:"properties"`
	}
	var shape geometry
	var properties map[string]any
	if json.Unmarshal(raw, &parts) != nil {
		return "", row, []string{"want a feature with a geometry and properties"}
	}
	if len(parts.Properties) > 0 && json.Unmarshal(parts.Properties, &properties) != nil {
		bad(`want properties such as {"kind": "hospital", "name": "north"}`)
		return "", row, wrong
	}
	for _, k := range slices.Sorted(maps.Keys(properties)) {
		plain, err := plainJSON(properties[k])
		if err != nil {
			bad("%s: %v", quantity.Shorten(k), err)
		}
		row[k] = plain
	}
	kind = strings.ToLower(strings.TrimSpace(row[headKind]))
	delete(row, headKind)
	if row[headName] == "" && row["from"] != "" && row["to"] != "" {
		row[headName] = row["from"] + "-" + row["to"]
	}
	if row[headName] == "" {
		bad(`want a property "name"`)
	}
	nowhere := string(parts.Geometry) == "null"
	if !nowhere && (len(parts.Geometry) > 0 && json.Unmarshal(parts.Geometry, &shape) != nil || shape.Type == "") {
		bad("want a geometry, a point or a line, or null if it is not known where it is")
		return kind, row, wrong
	}
	if nowhere {
		if r, err := role(kind); err == nil && r == "road" || kind == "" && row["from"] != "" && row["to"] != "" {
			return "road", row, wrong
		}
		kind, wrong = placeKind(kind, wrong)
		return kind, row, wrong
	}
	switch shape.Type {
	case "Point":
		var position []*float64 // longitude, latitude and perhaps height
		if err := json.Unmarshal(shape.Coordinates, &position); err != nil || len(position) < 2 || position[0] == nil || position[1] == nil {
			bad("want the longitude and latitude of a point")
		} else {
			row["lon"], row["lat"] = strconv.FormatFloat(*position[0], 'f', -1, 64), strconv.FormatFloat(*position[1], 'f', -1, 64)
		}
		kind, wrong = placeKind(kind, wrong)
	case "LineString", "MultiLineString":
		if r, err := role(kind); kind != "" && (err != nil || r != "road") {
			bad("a line is a road, not a %s", quantity.Shorten(kind))
		}
		kind = "road"
	default:
		bad("want a point or a line, not %q", quantity.Shorten(shape.Type))
	}
	return kind, row, wrong
}

// placeKind returns the kind of a place as it is called here, and what is wrong
// with it besides.
func placeKind(kind string, wrong []string) (string, []string) {
	if r, err := role(kind); err == nil && slices.Contains(placeKinds, r) {
		return r, wrong
	}
	if kind == "" {
		return kind, append(wrong, `want a property "kind", such as "hospital"`)
	}
	return kind, append(wrong, fmt.Sprintf("kind: %v", quantity.OneOf(kind, placeKinds)))
}

// placeAt returns the place of a byte of a file.
func placeAt(name string, data []byte, offset int) source.Place {
	before := data[:max(0, min(offset, len(data))-1)]
	line := bytes.LastIndexByte(before, '\n') + 1
	return source.Place{File: name, Line: bytes.Count(before, []byte("\n")) + 1, Column: utf8.RuneCount(before[line:]) + 1}
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

// WriteGeoJSON writes the network of a scenario: a point for each place, and a
// line for each road, with what is written of them as properties. What has no
// position has no geometry.
func WriteGeoJSON(to io.Writer, sc *scenarios.Scenario) error {
	l := lay(sc, false)
	all := collection{Type: "FeatureCollection", Features: []feature{}}
	type point [2]float64
	at := map[string]point{}
	add := func(kind string, r *row, shape string, coordinates any) {
		f := feature{Type: "Feature", Properties: map[string]any{"kind": kind, headName: writtenName(r.own[0])}}
		if shape != "" {
			f.Geometry = &geometry{Type: shape}
			f.Geometry.Coordinates, _ = json.Marshal(coordinates) // numbers
		}
		for _, k := range r.keys {
			if shape != "Point" || k != "lat" && k != "lon" {
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
			} else if slices.Contains(placeKinds, t.name) {
				add(t.name, r, "", nil)
			}
		}
	}
	for _, t := range l.tables {
		for _, r := range t.rows {
			from, ok1 := at[r.values["from"]]
			to, ok2 := at[r.values["to"]]
			switch {
			case t.name != "road":
			case ok1 && ok2:
				add(t.name, r, "LineString", []point{from, to})
			default:
				add(t.name, r, "", nil)
			}
		}
	}
	if len(at) == 0 {
		return errors.New("no place of the scenario has a position: want lat and lon")
	}
	enc := json.NewEncoder(to)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(all)
}
