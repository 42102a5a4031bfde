package stock

import (
	"strings"

	"oxysim/model"
)

// whereabouts is what a count says of a truck.
type whereabouts struct {
	home   bool // there, and free
	broken bool
	back   bool // on the way home
	to     place
}

// wantWhere says how whereabouts are written.
const wantWhere = `want home, "on the way to" a hospital, "on the way home" or "out of service"`

// truck takes over where a truck is. Several rows of one truck are its stops, or
// types of cylinder, in their order.
func (r *reader) truck(p place, x *row, typ int) {
	t := &r.config.Trucks[p.index]
	w, ok := r.where(p, x)
	if !ok {
		return
	}
	full, _ := r.number(x, "full")
	empty, _ := r.number(x, "empty")
	until, dated := r.instant(x, "expected", false)
	c, said := x.cells["where"]
	if !said {
		c = x.cells["place"]
	}
	switch {
	case w.home && full+empty > 0:
		r.bad(c, "where", "want where it takes the %d cylinders aboard; if it is at home, want none", full+empty)
		return
	case w.home:
		if dated {
			r.bad(x.cells["expected"], "expected", "it is at home; want nothing here")
		}
		if t.Away != nil {
			r.bad(c, "where", "another row says that it is away")
		}
		r.away[p.index] = true
		return
	case w.broken && full+empty > 0:
		r.bad(c, "where", "want none aboard a truck that is out of service at home; if it carries any, want where it takes them")
		return
	}
	if r.away[p.index] && (t.Away == nil || t.Away.Broken || w.broken || len(t.Away.Stops) == 0 != w.back) {
		r.bad(c, "where", "another row says otherwise of this truck")
		return
	}
	if _, ok := x.cells["expected"]; !ok && !r.away[p.index] {
		r.bad(c, "expected", "want when it is expected, such as \"14:30\"")
		return
	}
	if !dated && !r.away[p.index] {
		return // a problem has been noted
	}
	r.away[p.index] = true
	a := t.Away
	if a == nil {
		a = &model.Away{Until: until, Broken: w.broken, Full: make([]int, len(r.config.Types)), Empty: make([]int, len(r.config.Types))}
		t.Away = a
	}
	if typ == model.None {
		typ = 0 // nothing is aboard
	}
	a.Empty[typ] += empty
	own := t.Home >= len(r.config.Plants)
	switch {
	case w.broken:
	case w.back:
		a.Full[typ] += full
	case own:
		r.bad(c, "where", "%s belongs to a hospital and fetches from a plant: want \"on the way home\", with what it has fetched", p.name)
	default:
		r.visit(p, a, w.to, typ, full, c)
	}
	if n := a.Empty[typ] + a.Full[typ]; n > 0 || len(a.Stops) > 0 {
		r.fits(p, t, a, x)
	}
}

// where reads the whereabouts of a truck.
func (r *reader) where(p place, x *row) (w whereabouts, ok bool) {
	c, said := x.cells["where"]
	text := plain(c.text)
	switch text {
	case "", "home", "at home", "free", "idle", "parked", "here":
		w.home = true
		return w, true
	case "out of service", "broken", "broken down", "in repair", "repair", "workshop", "in the workshop", "under repair":
		w.broken = true
		return w, true
	case "on the way home", "on the way back", "returning", "coming back", "back", "to home":
		w.back = true
		return w, true
	}
	for _, prefix := range []string{"on the way to ", "on its way to ", "going to ", "to ", "at "} {
		if rest, cut := strings.CutPrefix(text, prefix); cut {
			text = rest
			break
		}
	}
	if _, err := r.places.find(text, string(hospital)); err != nil {
		home := r.config.Trucks[p.index].Home
		if q, err := r.places.find(text, "pv"); err == nil && q.index == home {
			w.back = true
			return w, true
		}
	}
	to, err := r.places.find(text, string(hospital))
	if err != nil && said {
		r.bad(c, "where", "%v; %s", err, wantWhere)
		return w, false
	}
	if home := r.config.Trucks[p.index].Home; home == len(r.config.Plants)+to.index {
		w.back = true
	}
	w.to = to
	return w, true
}

// visit adds a stop to a truck's way, or more cylinders for its last.
func (r *reader) visit(p place, a *model.Away, to place, typ, n int, c cell) {
	if n > 0 && r.lineOf(to, typ) == nil {
		r.bad(c, "where", "%s keeps no cylinders of type %s", to.name, r.config.Types[typ].Name)
		return
	}
	t := &r.config.Trucks[p.index]
	if last := len(a.Stops) - 1; last < 0 || a.Stops[last].Hospital != to.index {
		most := max(t.Stops, 1)
		for i := range r.config.Rounds {
			most = max(most, len(r.config.Rounds[i].Stops))
		}
		if len(a.Stops) >= most {
			r.bad(c, "where", "want at most %d stops of this truck in one trip", most)
			return
		}
		a.Stops = append(a.Stops, model.Visit{Hospital: to.index, Load: make([]int, len(r.config.Types))})
	}
	a.Stops[len(a.Stops)-1].Load[typ] += n
}

// fits sees to it that a truck carries no more than it can.
func (r *reader) fits(p place, t *model.Truck, a *model.Away, x *row) {
	n, mass := 0, model.Kg(0)
	for typ := range r.config.Types {
		full := a.Full[typ]
		for _, v := range a.Stops {
			full += v.Load[typ]
		}
		n += full + a.Empty[typ]
		mass += model.Kg(full)*r.config.Types[typ].Full + model.Kg(a.Empty[typ])*r.config.Types[typ].Empty
	}
	c := x.cells["place"]
	if f, ok := x.cells["full"]; ok {
		c = f
	}
	switch {
	case n > t.Room:
		r.bad(c, "full", "%s has room for %d cylinders; want no more, not %d", p.name, t.Room, n)
	case t.Payload > 0 && mass > t.Payload:
		r.bad(c, "full", "%s carries %v kg; want no more, not %v kg", p.name, float64(t.Payload), float64(mass))
	}
}
