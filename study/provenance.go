package study

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"oxysim/scenarios/source"
)

// Value is a value of a scenario, or several alike.
type Value struct {
	Key    string   `json:"key"`              // dotted; "*" stands for any name
	Text   string   `json:"value"`            // or the smallest and the largest, "3 … 45"
	Source string   `json:"source,omitempty"` // where it comes from
	Keys   []string `json:"keys,omitempty"`   // of the single ones, if there are several
}

// Count returns how many values it stands for.
func (v Value) Count() int { return max(1, len(v.Keys)) }

// Provenance says where the numbers of a scenario come from.
type Provenance struct {
	Sourced     int     // numbers with a source
	Assumptions []Value // marked as such
	Unsourced   []Value // nobody says where they come from
	Defaults    []Value // nobody wrote them
	Uncertain   []Value // with a range
}

// provenance looks at the numbers of a tree, after it has been decoded.
func provenance(t *source.Tree) Provenance {
	var p Provenance
	var assumed, unsourced, defaults, uncertain []Value
	for _, key := range written(t, "", nil) {
		s, ok := t.Scalar(key)
		if !ok || strings.HasPrefix(key, "run.") || strings.HasPrefix(key, "target.") {
			continue
		}
		v := Value{Key: key, Text: t.Text(key), Source: t.Source(key)}
		switch {
		case v.Source == "":
			unsourced = append(unsourced, v)
		case Assumed(v.Source):
			assumed = append(assumed, v)
		default:
			p.Sourced++
		}
		if _, _, ranged := s.Bounds(); ranged {
			uncertain = append(uncertain, v)
		}
	}
	for _, d := range t.Defaults() {
		defaults = append(defaults, Value{Key: d.Key, Text: d.Text})
	}
	p.Assumptions, p.Unsourced = alike(assumed), alike(unsourced)
	p.Defaults, p.Uncertain = alike(defaults), alike(uncertain)
	return p
}

// Assumed reports whether a source says that there is none.
func Assumed(source string) bool {
	s := strings.ToUpper(source)
	return strings.HasPrefix(s, "ASSUMPTION") || strings.HasPrefix(s, "ASSUMED")
}

// written returns the keys of all values in a tree below a key, in the order in
// which they were declared.
func written(t *source.Tree, key string, list []string) []string {
	for _, name := range t.Names(key) {
		at := join(key, name)
		if before := len(list); len(t.Names(at)) > 0 {
			list = written(t, at, list)
		} else if t.Text(at) != "" {
			list = append(list[:before], at)
		}
	}
	return list
}

// join makes the dotted key of a name below a key.
func join(key, name string) string {
	if strings.ContainsAny(name, ". \"'") {
		name = strconv.Quote(name)
	}
	if key == "" {
		return name
	}
	return key + "." + name
}

// things are the tables of a scenario whose keys are names.
var things = []string{
	"cylinder", "profile", "weather", "grid", "crew", "plant", "vendor", "hospital", "junction", "road", "truck", "round",
}

// alike puts values together that differ in the name of the thing only, and
// have the same source.
func alike(values []Value) []Value {
	var list []Value
	index := map[[2]string]int{}
	for _, v := range values {
		kind, rest, _ := strings.Cut(v.Key, ".")
		_, rest, named := strings.Cut(rest, ".")
		if !named || !slices.Contains(things, kind) {
			list = append(list, v)
			continue
		}
		pattern := [2]string{kind + ".*." + rest, v.Source}
		i, ok := index[pattern]
		if !ok {
			index[pattern] = len(list)
			list = append(list, Value{Key: v.Key, Text: v.Text, Source: v.Source, Keys: []string{v.Key}})
			continue
		}
		a := &list[i]
		a.Key = pattern[0]
		a.Keys = append(a.Keys, v.Key)
		a.Text = span(a.Text, v.Text)
	}
	for i := range list {
		if len(list[i].Keys) == 1 {
			list[i].Keys = nil
		}
	}
	return list
}

// span returns the smallest and the largest of some texts: of lo … hi and x.
func span(text, x string) string {
	if text == x {
		return text
	}
	lo, hi, several := strings.Cut(text, " … ")
	if !several {
		hi = lo
	}
	if less(x, lo) {
		lo = x
	}
	if less(hi, x) {
		hi = x
	}
	return fmt.Sprintf("%s … %s", lo, hi)
}

// less compares two texts by the numbers they begin with, if they do.
func less(a, b string) bool {
	x, errX := strconv.ParseFloat(strings.TrimRight(firstWord(a), "%"), 64)
	y, errY := strconv.ParseFloat(strings.TrimRight(firstWord(b), "%"), 64)
	if errX == nil && errY == nil && x != y {
		return x < y
	}
	return a < b
}

func firstWord(s string) string {
	w, _, _ := strings.Cut(s, " ")
	return w
}
