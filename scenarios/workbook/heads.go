package workbook

import (
	"slices"
	"strings"

	"oxysim/scenarios/source"
)

// patterns returns the paths of the keys below a thing of a kind, in whose place
// they have "NAME"; those of the sheet of demands are those of all kinds of demand.
func patterns(keys []source.KeyDoc, kind string) (list [][]string) {
	for _, k := range keys {
		switch p := k.Path; {
		case kind == sheetDemand && len(p) > 4 && p[0] == "hospital" && slices.Contains(demandKinds, p[2]):
			list = append(list, p[4:])
		case p[0] == kind && len(p) > 2 && p[1] == wild:
			list = append(list, p[2:])
		}
	}
	return list
}

// wild stands for a name in the path of a key.
const wild = "NAME"

// synonyms are what planners call a column that has another key.
var synonyms = map[string]string{
	"latitude": "lat", "longitude": "lon", "long": "lon", "lng": "lon",
	"distance": "length", "origin": "from", "destination": "to",
	"capacity": "room", "notes": headNote, "remark": headNote, "remarks": headNote, "comment": headNote, "comments": headNote,
}

// noUnits are what may stand in brackets after a head and is none.
var noUnits = []string{"", "-", "1", "°", "deg", "degrees", "decimal_degrees", "number", "no.", "count", "pcs", "pieces", "cylinders", "full_cylinders", "beds", "trucks"}

// fold returns a word as it is compared: without capitals, spaces and hyphens.
func fold(word string) string {
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.Join(strings.Fields(word), " ")))
}

// tidyHeads writes the heads of a sheet as keys are written: "Length (km)" as
// "length [km]", "Latitude" as "lat". What is no key stays as it is.
func tidyHeads(keys []source.KeyDoc, kind string, heads []string) []string {
	list := patterns(keys, kind)
	own := []string{headName, headSource, headNote}
	switch kind {
	case sheetScenario, sheetPrice, sheetSource:
		own = []string{headKey, headValue, headSource, headMeaning, headNote}
	case sheetDemand:
		own = append(own, headHospital, headKind)
	}
	out := slices.Clone(heads)
	there := map[string]int{} // columns by their keys
	for j, h := range heads {
		key, _ := cutUnit(h)
		there[key] = j
	}
	for j, h := range heads {
		key, unit := cutUnit(h)
		if plain, _, _ := source.Key(key); plain != "" && (slices.Contains(own, key) || match(list, plain) == plain) && (unit == "" || !slices.Contains(noUnits, fold(unit))) {
			continue // it is written as keys are
		}
		if i := strings.Index(key, "("); i > 0 && unit == "" && strings.HasSuffix(key, ")") {
			key, unit = strings.TrimSpace(key[:i]), strings.TrimSpace(key[i+1:len(key)-1])
		}
		if slices.Contains(noUnits, fold(unit)) {
			unit = ""
		}
		plain := fold(key)
		if s, ok := synonyms[plain]; ok && !slices.Contains(own, plain) {
			plain = s
		}
		if kind+"_"+headName == plain {
			plain = headName
		}
		found := ""
		switch {
		case slices.Contains(own, plain):
			found = plain
		default:
			for _, k := range []string{key, plain} {
				if found == "" {
					if text, _, ok := source.Key(k); ok {
						found = match(list, text)
					}
				}
			}
		}
		if k, taken := there[found]; found == "" || taken && k != j {
			continue // it is no key, or one that another column has: that is told
		}
		there[found] = j
		if out[j] = found; unit != "" {
			out[j] += " [" + unit + "]"
		}
	}
	return out
}

// match returns a key as that of the patterns it is but for capitals, or "".
func match(patterns [][]string, key string) string {
	_, path, ok := source.Key(key)
	if !ok {
		return ""
	}
	for _, p := range patterns {
		if len(p) != len(path) {
			continue
		}
		canon := slices.Clone(path)
		same := true
		for i := range p {
			if p[i] != wild {
				same = same && p[i] == fold(path[i])
				canon[i] = p[i]
			}
		}
		if same {
			return joinKey(canon)
		}
	}
	return ""
}

// holds returns which of the patterns are within a table, if a key is that of one:
// of a hospital, "cylinders" has no value of its own, but "cylinders.NAME.rate" has.
func holds(list [][]string, key string) (inner []string) {
	_, path, ok := source.Key(key)
	if !ok {
		return nil
	}
	if match(list, key) != "" {
		return nil
	}
	for _, p := range list {
		if len(p) > len(path) && match([][]string{p[:len(path)]}, key) != "" {
			inner = append(inner, strings.Join(p, "."))
		}
	}
	return inner
}
