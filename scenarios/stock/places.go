package stock

import (
	"fmt"
	"slices"
	"strings"

	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
)

// place is a thing that a row can be about.
type place struct {
	kind   rune
	index  int    // in the Config: among hospitals, plants and vendors, or trucks
	name   string // dotted
	called []string
}

// places finds things by what people call them.
type places struct{ list []place }

func placesOf(sc *scenarios.Scenario) places {
	var p places
	add := func(kind rune, index int, name, label string) {
		_, short, _ := strings.Cut(name, ".")
		x := place{kind, index, name, []string{plain(name), plain(short)}}
		if label != "" {
			x.called = append(x.called, plain(label))
		}
		p.list = append(p.list, x)
	}
	for i := range sc.Config.Hospitals {
		name := sc.Config.Hospitals[i].Name
		add(hospital, i, name, sc.File.Hospital[strings.TrimPrefix(name, "hospital.")].Label)
	}
	for i := range sc.Config.Plants {
		if name := sc.Config.Plants[i].Name; strings.HasPrefix(name, "vendor.") {
			add(vendor, i, name, sc.File.Vendor[strings.TrimPrefix(name, "vendor.")].Label)
		} else {
			add(plant, i, name, sc.File.Plant[strings.TrimPrefix(name, "plant.")].Label)
		}
	}
	for i := range sc.Config.Trucks {
		name := sc.Config.Trucks[i].Name
		add(truck, i, name, "")
		x := &p.list[len(p.list)-1]
		x.called = append(x.called, "truck "+x.called[1], strings.ReplaceAll(x.called[1], ".", " "))
		if fleet, first := strings.CutSuffix(x.called[1], ".1"); first { // so that a count holds if one more is bought
			x.called = append(x.called, fleet, "truck."+fleet, "truck "+fleet)
		}
	}
	return p
}

// find returns the thing of some kinds that a name means.
func (p places) find(name, kinds string) (place, error) {
	wanted := plain(name)
	var found []place
	var names []string
	for _, x := range p.list {
		if !strings.ContainsRune(kinds, x.kind) {
			continue
		}
		if x.called[0] == wanted { // a dotted name is nobody else's
			return x, nil
		}
		if slices.Contains(x.called, wanted) {
			found = append(found, x)
		}
		names = append(names, x.called...)
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		what := "place or truck"
		if kinds == string(hospital) {
			what = "hospital"
		}
		return place{}, fmt.Errorf("the scenario has no %s %q%s", what, quantity.Shorten(name), guessed(wanted, names))
	}
	var which []string
	for _, x := range found {
		which = append(which, x.name)
	}
	return place{}, fmt.Errorf("%q may be any of %s; want one of these names", quantity.Shorten(name), strings.Join(which, ", "))
}
