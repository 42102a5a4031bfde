package stock

import (
	"fmt"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/sim"
)

// stated are the columns whose cells are taken as the scenario starts, or as is
// usual on that day, if they are empty.
var stated = []string{"full", "in use", "empty", "patients", "tank", "running", "power", "where"}

// silent notes what the rows of counted places leave out: the cells that the
// template would have filled in. Trucks without a row are at home, and places
// without one as the scenario starts.
func (r *reader) silent() {
	var missing, trucks []string
	for _, p := range r.places.list {
		switch {
		case r.counted[p.name]:
		case p.kind == truck:
			trucks = append(trucks, p.name)
		default:
			missing = append(missing, p.name)
		}
	}
	if len(missing) > 0 {
		r.assume("not counted, and taken as the scenario starts: %s", strings.Join(missing, ", "))
	}
	if len(trucks) > 0 {
		r.assume("without a row, and taken to be as the scenario starts, at home: %s", strings.Join(trucks, ", "))
	}
	start, config := *r.sc, *r.sc.Config
	config.At = sim.Span(r.at)
	start.Config = &config
	rows := Template(&start)
	heads := rows[0]
	at := func(row []string, column string) string { return row[slices.Index(heads, column)] }
	left := map[string][]string{} // cells, by column
	for _, row := range rows[1:] {
		place, typ := at(row, "place"), at(row, "type")
		for _, column := range stated {
			if at(row, column) == "" || !r.counted[place] || r.said[saidKey(place, column, typ)] {
				continue
			}
			of := place
			if typ != "" && stockColumn(column) {
				of += " (" + typ + ")"
			}
			if !slices.Contains(left[column], of) {
				left[column] = append(left[column], of)
			}
		}
	}
	for _, column := range stated {
		as := "as the scenario starts"
		if column == "patients" {
			as = "as usual on that day"
		}
		if list := left[column]; len(list) > 0 {
			r.assume("%s not counted, and taken %s: %s", column, as, strings.Join(list, ", "))
		}
	}
}

// stockColumn reports whether a column is of a type of cylinder.
func stockColumn(column string) bool {
	return column == "full" || column == "in use" || column == "empty"
}

// saidKey is the cell of a place, of a type if the column is of one.
func saidKey(place, column, typ string) string {
	if !stockColumn(column) {
		typ = ""
	}
	return place + " " + column + " " + typ
}

// say notes which cells a row has.
func (r *reader) say(p place, x *row, typ int) {
	name := ""
	if typ != model.None && len(r.config.Types) > 1 {
		name = r.config.Types[typ].Name
	}
	for column := range x.cells {
		r.said[saidKey(p.name, column, name)] = true
		if column == "filling" { // empties are those and what is being filled
			r.said[saidKey(p.name, "empty", name)] = true
		}
	}
}

// fleet notes that a row calls a truck by the name of a fleet.
func (r *reader) fleet(p place, called string) {
	fleet, first := strings.CutSuffix(p.name, ".1")
	short := plain(strings.TrimPrefix(fleet, "truck."))
	if !first || !slices.Contains([]string{short, "truck." + short, "truck " + short}, plain(called)) {
		return
	}
	n := 0
	for _, q := range r.places.list {
		if strings.HasPrefix(q.name, fleet+".") {
			n++
		}
	}
	if n > 1 {
		r.assume("%q is taken to be %s, the first of %d", called, p.name, n)
	}
}

// doubt warns of places at which more cylinders of a type were counted than
// there are in all, or more than twice what a hospital ever has: they start
// with, or order up to.
func (r *reader) doubt() (list []string) {
	for t := range r.config.Types {
		all := 0
		for i := range r.sc.Config.Hospitals {
			for _, l := range r.sc.Config.Hospitals[i].Lines {
				if l.Type == t {
					all += held(&l)
				}
			}
		}
		for i := range r.sc.Config.Plants {
			all += r.sc.Config.Plants[i].Full[t] + r.sc.Config.Plants[i].Empty[t]
		}
		warn := func(name string, n, own int) {
			what := fmt.Sprintf("%d cylinders of type %s are counted at %s", n, r.config.Types[t].Name, name)
			switch {
			case !r.counted[name]:
			case n > all:
				list = append(list, fmt.Sprintf("%s, and the scenario has %d in all", what, all))
			case own > 0 && n > 2*own:
				list = append(list, fmt.Sprintf("%s, which is more than twice the %d that it has in the scenario", what, own))
			}
		}
		for i := range r.config.Hospitals {
			for k, l := range r.config.Hospitals[i].Lines {
				if l.Type != t {
					continue
				}
				was := &r.sc.Config.Hospitals[i].Lines[k]
				own := held(was)
				if was.Supply != nil {
					own = max(own, was.Supply.Policy.UpTo)
				}
				warn(r.config.Hospitals[i].Name, held(&l), own)
			}
		}
		for i := range r.config.Plants {
			warn(r.config.Plants[i].Name, r.config.Plants[i].Full[t]+r.config.Plants[i].Empty[t], 0)
		}
	}
	return list
}

// held returns how many cylinders of a line there are at a hospital and on their
// way.
func held(l *model.Line) int {
	n := l.Full + l.InUse + l.Empty
	for _, x := range l.Coming {
		n += x.Count
	}
	return n
}
