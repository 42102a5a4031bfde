package plots

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"oxysim/study"
)

// network is a map of hospitals, plants and roads, with risk and what goes where.
type network struct{ *study.Map }

func askMap(ctx context.Context, k *study.Work, w Wish) (Figure, error) {
	q := study.MapQuestion{Subject: w.Subject, N: w.N}
	a, err := q.Answer(ctx, k)
	return network{a}, err
}

// byTime reports whether colours tell the share of the time in a stockout: where
// most hospitals run out in nearly every future, probabilities tell them apart no
// more.
func (f network) byTime() bool {
	often := 0
	for i := range f.Hospitals {
		if f.Hospitals[i].Stockout.Mean() > 0.9 {
			often++
		}
	}
	return 2*often > len(f.Hospitals)
}

// value returns what the colour of a hospital tells.
func (f network) value(p *study.MapPlace) float64 {
	if f.byTime() {
		return p.Short
	}
	return p.Stockout.Mean()
}

// written writes it, with a decimal more where the colour would belie it: 4.7 % is
// not 5 % if those above 5 % have another colour.
func (f network) written(p *study.MapPlace) string {
	x := f.value(p)
	s := percent(p.Stockout)
	if f.byTime() {
		s = percentOf(x, 0.01)
	}
	if shown, err := strconv.ParseFloat(strings.TrimSuffix(s, "\u00a0%"), 64); err == nil && f.class(shown/100) != f.class(x) { // an error: of "< 0.1 %"
		return strconv.FormatFloat(100*x, 'f', 1, 64) + "\u00a0%"
	}
	return s
}

// Title says how many hospitals miss the target, and which is worst.
func (f network) Title() string {
	worst := 0
	for i := range f.Hospitals {
		if f.value(&f.Hospitals[i]) > f.value(&f.Hospitals[worst]) {
			worst = i
		}
	}
	h := &f.Hospitals[worst]
	if f.value(h) == 0 {
		return "No hospital runs out"
	}
	end := fmt.Sprintf("%s, in %s of all futures", h.Label, f.written(h))
	if f.byTime() {
		end = fmt.Sprintf("%s, %s of the time", h.Label, f.written(h))
	}
	if math.IsNaN(f.Limit) {
		return "The hospital that runs out most: " + end
	}
	n := map[study.Verdict]int{}
	for i := range f.Hospitals {
		n[f.Hospitals[i].Stockout.Against(f.Limit)]++
	}
	return verdicts(n, len(f.Hospitals), f.Limit) + "; worst: " + end
}

// Subtitle says what is shown.
func (f network) Subtitle() string {
	s := fmt.Sprintf("Colour: probability of a stockout in %s.", days(f.Days))
	if f.byTime() {
		s = "Colour: share of the time in a stockout, for nearly all hospitals run out at some time."
	}
	s += " Area of a circle: oxygen needed."
	if len(f.Roads) > 0 {
		s += " Width of a road: trips of trucks."
	}
	if n := len(f.Left); n > 0 {
		s += fmt.Sprintf(" %s without coordinates %s left out.", capitalised(plural(n, "place")), isAre(n))
	}
	return s
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// Data is the places and the roads.
func (f network) Data() [][]string {
	rows := [][]string{{"thing", "label", "lat", "lon", "stockout", "stockout_lo", "stockout_hi", "verdict", "time_short", "need_m3_per_day", "filled_per_day", "trips_per_week", "to_lat", "to_lon"}}
	for i := range f.Hospitals {
		h := &f.Hospitals[i]
		verdict := ""
		if !math.IsNaN(f.Limit) {
			verdict = h.Stockout.Against(f.Limit).String()
		}
		rows = append(rows, []string{
			h.Thing, h.Label, exact(h.Lat), exact(h.Lon), exact(h.Stockout.Mean()), exact(h.Stockout.Interval.Lo), exact(h.Stockout.Interval.Hi), verdict,
			exact(h.Short), exact(h.Need), "", "", "", "",
		})
	}
	for i := range f.Plants {
		p := &f.Plants[i]
		rows = append(rows, []string{p.Thing, p.Label, exact(p.Lat), exact(p.Lon), "", "", "", "", "", "", exact(p.Filled), "", "", ""})
	}
	for _, r := range f.Roads {
		rows = append(rows, []string{r.Thing, "", exact(r.From[0]), exact(r.From[1]), "", "", "", "", "", "", "", exact(r.PerWeek), exact(r.To[0]), exact(r.To[1])})
	}
	return rows
}

// ground is the colour of the land.
var ground = rgb(0xf7f8f9)

// riskColors are the colours of classes of risk, from low to high; each is darker
// than the one before but the first, which is of another kind.
var riskColors = []ink{rgb(0x0072b2), rgb(0xfed98e), rgb(0xfe9929), rgb(0xd95f0e), rgb(0x7f2704)}

// classes are the upper ends of the classes of risk.
func (f network) classes() []float64 {
	if f.byTime() {
		return []float64{0.001, 0.01, 0.05, 0.2, 1}
	}
	limit := f.Limit
	if math.IsNaN(limit) {
		limit = study.DefaultTarget.AtMost
	}
	list := []float64{limit}
	for _, x := range []float64{2 * limit, 5 * limit, 0.5} {
		if x > list[len(list)-1] && x < 1 {
			list = append(list, x)
		}
	}
	return append(list, 1)
}

func (f network) class(x float64) int {
	classes := f.classes()
	for i, most := range classes {
		if x <= most {
			return i
		}
	}
	return len(classes) - 1
}

func (f network) keys() (keys []key) {
	last := 0.0
	for i, most := range f.classes() {
		what := fmt.Sprintf("%s–%s", plainNumber(100*last), limitOf(most))
		switch {
		case i == 0:
			what = "up to " + limitOf(most)
		case most == 1:
			what = "above " + limitOf(last)
		}
		keys = append(keys, key{color: riskColors[i], what: what})
		last = most
	}
	for i := range f.Hospitals {
		if f.undecided(&f.Hospitals[i]) {
			return append(keys, key{color: grey, mark: ring, what: "hollow: undecided against the target of " + limitOf(f.Limit)})
		}
	}
	return keys
}

// undecided reports whether it is not known on which side of the target a hospital
// is: its colour, which is of the estimate, is not to say more.
func (f network) undecided(p *study.MapPlace) bool {
	return !math.IsNaN(f.Limit) && p.Stockout.Against(f.Limit) == study.Undecided
}

// manyPlaces is how many hospitals crowd a map, so that all is drawn smaller.
const manyPlaces = 40

// earth lays places on the page: longitudes shortened by the latitude, the same
// scale both ways.
type earth struct {
	lat, lon, cos float64 // of the middle
	perDegree     float64 // points
	middle        point
}

func (e earth) at(lat, lon float64) point {
	return point{e.middle.x + (lon-e.lon)*e.cos*e.perDegree, e.middle.y - (lat-e.lat)*e.perDegree}
}

// km returns how many points a kilometre is.
func (e earth) km() float64 { return e.perDegree / 111.2 }

// project makes a map of all places that is as wide as it may be or, if it would
// be higher than that, as high as it may be.
func (f network) project(left, right, top, highest, margin float64) (earth, float64) {
	minLat, maxLat, minLon, maxLon := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	see := func(lat, lon float64) {
		minLat, maxLat = min(minLat, lat), max(maxLat, lat)
		minLon, maxLon = min(minLon, lon), max(maxLon, lon)
	}
	for _, p := range append(slices.Clone(f.Hospitals), f.Plants...) {
		see(p.Lat, p.Lon)
	}
	for _, r := range f.Roads {
		see(r.From[0], r.From[1])
		see(r.To[0], r.To[1])
	}
	e := earth{lat: (minLat + maxLat) / 2, lon: (minLon + maxLon) / 2}
	e.cos = math.Cos(e.lat * math.Pi / 180)
	const least = 0.02 // degrees, for places in one town
	w, h := max((maxLon-minLon)*e.cos, least), max(maxLat-minLat, least)
	e.perDegree = min((right-left-2*margin)/w, (highest-2*margin)/h)
	height := max(h*e.perDegree+2*margin, 0.45*(right-left))
	e.middle = point{(left + right) / 2, top + height/2}
	return e, height
}

func (f network) draw(p *page, top float64) float64 {
	left, right := p.margin, p.width-p.margin
	top += p.legend(left, top, right-left, true, f.keys()...) + 0.4*p.small
	many := len(f.Hospitals) > manyPlaces
	highest := 0.66 * (right - left)
	switch {
	case many:
		highest = 1.4 * (right - left) // a sheet of A4 with title and foot
	case !p.wide:
		highest = 1.05 * (right - left)
	}
	e, height := f.project(left, right, top, highest, 3.2*p.base)
	r := rect{left, top, right, top + height}
	p.block(ground, r)
	busiest := 0.0
	for _, road := range f.Roads {
		busiest = max(busiest, road.PerWeek)
	}
	widest := 3.2 * p.theme.line
	if many {
		widest /= 2
	}
	for _, road := range f.Roads {
		a, b := e.at(road.From[0], road.From[1]), e.at(road.To[0], road.To[1])
		if road.PerWeek == 0 {
			p.pen.stroke(rgb(0xd5d9de), p.hair, []float64{2, 2}, []point{a, b})
			continue
		}
		p.line(rgb(0xb9c0c9), max(2*p.hair, widest*road.PerWeek/busiest), a, b)
	}
	places, spots, radius := f.places(p, e)
	moved := separate(spots, radius, r.grown(-1))
	for i := range places { // from where it is to where there is room
		if math.Hypot(moved[i].x-spots[i].x, moved[i].y-spots[i].y) > 0.7*radius[i] {
			p.line(grey, p.hair, spots[i], moved[i])
		}
	}
	for i, place := range places {
		if place.Stockout.N == 0 {
			f.plant(p, moved[i], radius[i], place.Vendor)
			continue
		}
		p.pen.disc(white, moved[i], radius[i]+0.6)
		if c := riskColors[f.class(f.value(place))]; f.undecided(place) {
			p.ring(c, white, moved[i], radius[i])
		} else {
			p.pen.disc(c, moved[i], radius[i])
		}
	}
	foot := f.foot(p, r, e, busiest, widest)
	hidden := f.names(p, r, e, places, moved, radius, foot)
	bottom := r.y1
	if hidden > 0 {
		bottom += 1.5 * p.small
		p.text(left, bottom, fmt.Sprintf("%s without a name, for lack of room; --data lists them all", plural(hidden, "place")), p.label(0))
		bottom += descent * p.small
	}
	return bottom
}

// places returns all places, plants first, with where they are and how large
// they are drawn.
func (f network) places(p *page, e earth) (places []*study.MapPlace, at []point, radius []float64) {
	most := 0.0
	for i := range f.Hospitals {
		most = max(most, f.Hospitals[i].Need)
	}
	largest, least := 0.85*p.base, 0.28*p.base
	if len(f.Hospitals) > manyPlaces {
		largest, least = 0.45*p.base, 0.2*p.base
	}
	for i := range f.Plants {
		x := &f.Plants[i]
		places, at, radius = append(places, x), append(at, e.at(x.Lat, x.Lon)), append(radius, 0.4*p.base)
	}
	for i := range f.Hospitals {
		x := &f.Hospitals[i]
		size := least
		if most > 0 {
			size = max(size, largest*math.Sqrt(x.Need/most))
		}
		places, at, radius = append(places, x), append(at, e.at(x.Lat, x.Lon)), append(radius, size)
	}
	return places, at, radius
}

// plant draws a plant as a square, and a vendor as a rhombus.
func (f network) plant(p *page, at point, radius float64, vendor bool) {
	for _, x := range []struct {
		c ink
		r float64
	}{{white, radius + 0.7}, {black, radius}} {
		d := x.r * 0.85
		if vendor {
			d = x.r * 1.1
			p.area(x.c, point{at.x - d, at.y}, point{at.x, at.y - d}, point{at.x + d, at.y}, point{at.x, at.y + d})
		} else {
			p.block(x.c, rect{at.x - d, at.y - d, at.x + d, at.y + d})
		}
	}
}

// foot draws the scale and what the widths of roads mean at the lower edge, and
// returns the room that takes.
func (f network) foot(p *page, r rect, e earth, busiest, widest float64) []rect {
	l := p.label(0)
	length := niceStep(0.1 * r.width() / e.km())
	what := plainNumber(length) + " km"
	x, y := r.x0+0.8*p.small, r.y1-0.8*p.small
	line := y - 0.45*p.small // of the texts
	if busiest > 0 {
		line -= widest / 2
	}
	p.line(grey, 0.8*p.theme.line, point{x, y}, point{x + length*e.km(), y})
	p.text(x, line, what, l)
	end := x + max(length*e.km(), p.widthOf(what, l))
	if busiest > 0 {
		x = end + 2*p.small
		trips := niceStep(busiest / 4)
		what = plainNumber(trips) + " trips a week"
		if trips == 1 {
			what = "1 trip a week"
		}
		p.line(rgb(0xb9c0c9), max(2*p.hair, widest*trips/busiest), point{x, y}, point{x + 3*p.small, y})
		p.text(x, line, what, l)
		end = x + max(3*p.small, p.widthOf(what, l))
	}
	vendor := map[bool]string{false: "plant", true: "vendor"}
	for _, is := range []bool{false, true} {
		if slices.ContainsFunc(f.Plants, func(p study.MapPlace) bool { return p.Vendor == is }) {
			x = end + 2*p.small
			f.plant(p, point{x, line - capital/2*l.size}, 0.4*p.base, is)
			p.text(x+0.6*p.base, line, vendor[is], l)
			end = x + 0.6*p.base + p.widthOf(vendor[is], l)
		}
	}
	return []rect{{r.x0, y - 1.4*p.small - widest/2, end, r.y1}}
}

// names writes the names of as many places as there is room for, plants first,
// then hospitals, the worst first, and returns of how many there was none.
func (f network) names(p *page, r rect, e earth, places []*study.MapPlace, at []point, radius []float64, taken []rect) (hidden int) {
	l := &labeller{within: r.grown(-1), texts: taken}
	for _, road := range f.Roads {
		if road.PerWeek > 0 {
			l.roads = append(l.roads, [2]point{e.at(road.From[0], road.From[1]), e.at(road.To[0], road.To[1])})
		}
	}
	last := ""
	if len(places) > manyPlaces {
		last = f.lastWord()
	}
	for i := range places {
		l.discs = append(l.discs, rect{at[i].x - radius[i], at[i].y - radius[i], at[i].x + radius[i], at[i].y + radius[i]})
	}
	type put struct {
		text string
		look look
		at   point
	}
	var texts []put
	for i, place := range places {
		plain := p.label(0)
		plain.color = black
		what, name := "", ""
		if place.Stockout.N == 0 {
			plain.bold = true
		} else {
			what = "\u00a0" + f.written(place)
			if len(places) > manyPlaces {
				plain.size *= 0.9
			}
		}
		var box rect
		var lead *point
		ok := false
		label := strings.TrimSuffix(place.Label, last)
		if len(places) <= manyPlaces { // a long name is written out where that takes no leader
			name = label + what
			box, ok = l.placeNear(at[i], radius[i], p.widthOf(name, plain)+0.6, (ascent+descent)*plain.size)
		}
		for _, most := range []float64{0.26, 0.12} { // of the width; it is cut more only if there is no other way
			if ok {
				break
			}
			name = p.fit(label, most*r.width(), plain) + what
			if box, lead, ok = l.place(at[i], radius[i], p.widthOf(name, plain)+0.6, (ascent+descent)*plain.size); ok {
				break
			}
		}
		if !ok {
			hidden++
			continue
		}
		if lead != nil {
			p.line(pale, p.hair, edge(at[i], *lead, radius[i]), *lead)
		}
		texts = append(texts, put{name, plain, point{box.x0 + 0.3, box.y0 + ascent*plain.size}})
	}
	for _, x := range texts { // on the ground, so that roads do not run through letters
		b := p.box(x.at.x, x.at.y, x.text, x.look)
		p.block(ground, rect{b.x0 - 0.5, b.y0 + 0.08*x.look.size, b.x1 + 0.5, b.y1 - 0.02*x.look.size})
	}
	for _, x := range texts {
		p.text(x.at.x, x.at.y, x.text, x.look)
	}
	return hidden
}

// lastWord returns the last word of most hospitals' labels, with the space before
// it, or "": on a crowded map it says nothing, and takes the room of names.
func (f network) lastWord() string {
	count := map[string]int{}
	for i := range f.Hospitals {
		label := f.Hospitals[i].Label
		if k := strings.LastIndex(label, " "); k > 0 {
			if word := label[k:]; !strings.ContainsAny(word, ")]") {
				if count[word]++; 2*count[word] > len(f.Hospitals) {
					return word
				}
			}
		}
	}
	return ""
}

// edge returns where a line from the middle of a disc leaves it.
func edge(at, to point, radius float64) point {
	d := math.Hypot(to.x-at.x, to.y-at.y)
	if d < radius {
		return at
	}
	return point{at.x + (to.x-at.x)/d*radius, at.y + (to.y-at.y)/d*radius}
}
