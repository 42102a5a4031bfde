package workbook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"
)

// circuity is the length of a road over the great circle between its ends, with
// its range: 1.13 (Zambia, Eastern Province), 1.20 (plains of northern Iraq) and
// 1.48 (its mountains), each the mean of a few known roads; the whole of South
// Korea has 1.26, its mountains 1.44 (Kim et al. 2015).
const (
	circuity     = 1.3
	circuityLow  = 1.1
	circuityHigh = 1.5
)

// Where nothing is known of a road but its ends.
const (
	assumedSpeed  = "40 (25 – 60)" // km/h
	assumedSource = "ASSUMPTION: 1.3 (1.1 – 1.5) times the great circle; 40 km/h (25 – 60)"
	usualVaries   = "lognormal(1, cv 0.3)" // as the roads of a new scenario
)

// Assumed is what was assumed of roads.
type Assumed struct {
	Hospitals []string // to which they lead
	Varies    string   // their trip_variation
	AsOthers  bool     // that is of the roads that are known
}

// Roads returns the road sheet with a road from its plant to each hospital that
// has a position and no road, unless a courier serves it: so long as the great circle and a half, more or
// less, and said to be an assumption. Its trips vary as those of the known roads, if
// these do it alike, or else as is usual: what is known least must not be what can be
// relied on most. It returns what was assumed for which hospitals.
func Roads(sheets []*Sheet) ([]*Sheet, Assumed) {
	sheets = tidy(sheets)
	hospitals, roads := find(sheets, "hospital"), find(sheets, "road")
	if hospitals == nil || hospitals.head() < 0 {
		return sheets, Assumed{}
	}
	varies, asOthers := variation(roads)
	from := assumedSource
	if asOthers {
		from += "; trip_variation as of the other roads"
	} else {
		from += "; trip_variation " + varies + ", as is usual"
	}
	at := map[string]orb.Point{}
	var supply []string // plants and vendors
	for _, kind := range []string{"plant", "vendor", "hospital"} {
		s := find(sheets, kind)
		if s == nil || s.head() < 0 {
			continue
		}
		for _, i := range s.data() {
			name := s.cell(i, headName)
			if kind != "hospital" {
				supply = append(supply, name)
			}
			lat, err1 := strconv.ParseFloat(s.cell(i, "lat"), 64)
			lon, err2 := strconv.ParseFloat(s.cell(i, "lon"), 64)
			if err1 == nil && err2 == nil {
				at[name] = orb.Point{lon, lat}
			}
		}
	}
	met := map[string]bool{} // places at the end of a road
	if roads != nil && roads.head() >= 0 {
		for _, i := range roads.data() {
			met[roads.cell(i, "from")], met[roads.cell(i, "to")] = true, true
		}
	}
	added := Assumed{Varies: varies, AsOthers: asOthers}
	rows := [][]string{}
	for _, i := range hospitals.data() {
		name, plant := hospitals.cell(i, headName), hospitals.cell(i, "supply.from")
		if plant == "" && len(supply) == 1 {
			plant = supply[0]
		}
		to, there := at[name]
		start, here := at[plant]
		if !there || !here || met[name] || hospitals.cell(i, "supply.by") == "courier" {
			continue
		}
		circle := geo.DistanceHaversine(start, to) / 1000
		length := fmt.Sprintf("%s (%s – %s)", threeDigits(circuity*circle), threeDigits(circuityLow*circle), threeDigits(circuityHigh*circle))
		rows = append(rows, []string{plant + "-" + name, plant, name, length, assumedSpeed, varies, from})
		added.Hospitals = append(added.Hospitals, name)
	}
	if len(rows) == 0 {
		return sheets, Assumed{}
	}
	return withRoads(sheets, roads, rows), added
}

// variation returns by what the trips of roads of which nothing is known vary: as
// those of the others, if these have one text for it, or else as is usual.
func variation(roads *Sheet) (text string, asOthers bool) {
	var known []string
	if roads != nil && roads.head() >= 0 {
		for _, i := range roads.data() {
			if x := roads.cell(i, headVaries); x != "" && !slices.Contains(known, x) {
				known = append(known, x)
			}
		}
	}
	if len(known) == 1 {
		return known[0], true
	}
	return usualVaries, false
}

// headVaries is the head of what the time of a trip varies by.
const headVaries = "trip_variation"

// threeDigits writes a number that says no more than three digits, without an
// exponent.
func threeDigits(x float64) string {
	if y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 3, 64), 64); err == nil {
		x = y
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// withRoads returns the sheets with further roads in that of roads, which is made
// if there is none.
func withRoads(sheets []*Sheet, roads *Sheet, rows [][]string) []*Sheet {
	heads := []string{headName, "from", "to", "length [km]", "speed [km/h]", headVaries, headSource}
	if roads == nil || roads.head() < 0 {
		sheets = slices.DeleteFunc(slices.Clone(sheets), func(s *Sheet) bool { return s == roads })
		return append(sheets, &Sheet{Name: "road", form: formOf(sheets), Rows: append([][]string{heads}, rows...), At: func(row, _ int) string { return "road " + rows[max(row-1, 0)][0] }})
	}
	more := *roads
	more.At = func(row, col int) string {
		if row >= len(roads.Rows) {
			return "the road to " + rows[row-len(roads.Rows)][2]
		}
		return roads.At(row, col)
	}
	more.Rows = slices.Clone(roads.Rows)
	head := slices.Clone(more.Rows[more.head()])
	column := make([]int, len(heads))
	for k, h := range heads {
		key, _ := cutUnit(h)
		column[k] = slices.IndexFunc(head, func(x string) bool { y, _ := cutUnit(x); return y == key })
		if column[k] < 0 {
			column[k] = len(head)
			head = append(head, h)
		}
	}
	more.Rows[more.head()] = head
	for _, r := range rows {
		row := make([]string, len(head))
		for k, text := range r {
			key, own := cutUnit(head[column[k]])
			if _, ours := cutUnit(heads[k]); own != ours && (key == "length" || key == "speed") {
				text = withUnits(text, ours)
			}
			row[column[k]] = text
		}
		more.Rows = append(more.Rows, row)
	}
	sheets = slices.Clone(sheets)
	sheets[slices.Index(sheets, roads)] = &more
	return sheets
}

// withUnits writes the unit of a number with a range after it.
func withUnits(text, unit string) string {
	number, rest, _ := strings.Cut(text, " ")
	return number + " " + unit + " " + rest
}

// Has reports whether one of the sheets is called so, in capitals or not.
func Has(sheets []*Sheet, name string) bool { return find(sheets, name) != nil }

// find returns the sheet of a kind, or nil.
func find(sheets []*Sheet, kind string) *Sheet {
	for _, s := range sheets {
		if r, err := role(s.Name); err == nil && r == kind {
			return s
		}
	}
	return nil
}

// cell returns the text of a row in the column of a key, "" if there is none.
func (s *Sheet) cell(row int, key string) string {
	for j, h := range s.Rows[s.head()] {
		if k, _ := cutUnit(h); k == key {
			return text(s.Rows[row], j)
		}
	}
	return ""
}
