package study

import (
	"cmp"
	"context"
	"strings"

	"oxysim/scenarios"
	"oxysim/sim"
)

// MapQuestion asks how likely each hospital is to run out and how much goes over
// each road, where they are.
type MapQuestion struct {
	Subject *Subject
	N       int
}

// Map is its answer.
type Map struct {
	Subject   *Subject
	N         int
	Limit     float64 // as of Risk
	Days      float64
	Hospitals []MapPlace // the worst first
	Plants    []MapPlace // plants and vendors
	Roads     []MapRoad
	Left      []string // labels of places without coordinates, which are left out
}

// MapPlace is a place with what is known of it.
type MapPlace struct {
	Thing, Label string
	Lat, Lon     float64
	Stockout     Probability // of a hospital
	Short        float64     // of a hospital, share of the time in a stockout
	Need         float64     // of a hospital, m³ a day
	Filled       float64     // of a plant, cylinders a day
	Vendor       bool
}

// MapRoad is a road between two places that have coordinates.
type MapRoad struct {
	Thing    string
	From, To [2]float64 // latitude and longitude
	PerWeek  float64    // times a truck goes over it
}

// Answer simulates. It is an error if fewer than two places have coordinates.
func (q *MapQuestion) Answer(ctx context.Context, k *Work) (*Map, error) {
	s := q.Subject
	a := &Map{Subject: s, N: q.N, Limit: s.Limit(), Days: s.kept()}
	where := map[string][2]float64{}
	note := func(name, label string, site scenarios.Site) {
		if site.Lat != nil && site.Lon != nil {
			where[name] = [2]float64{*site.Lat, *site.Lon}
		} else if label != "" {
			a.Left = append(a.Left, label)
		}
	}
	things := s.users()
	var metrics []string
	for _, p := range s.Config.Plants {
		kind, name, _ := strings.Cut(p.Name, ".")
		site := s.File.Plant[name].Site
		if kind == "vendor" {
			site = s.File.Vendor[name].Site
		}
		note(p.Name, s.Label(p.Name), site)
	}
	for _, h := range s.Config.Hospitals {
		note(h.Name, s.Label(h.Name), s.File.Hospital[strings.TrimPrefix(h.Name, "hospital.")].Site)
	}
	for _, j := range s.Config.Junctions {
		note("junction."+j, "", s.File.Junction[j].Site)
	}
	if len(where) < 2 {
		return nil, unfit("want lat and lon of at least two places to draw a map; %s has them of %d", s.Called, len(where))
	}
	metrics = append(metrics, metricsOf(things, "stockout")...)
	metrics = append(metrics, metricsOf(things, "stockout_hours")...)
	for _, l := range s.Config.Links {
		metrics = append(metrics, "road."+l.Name+".trips")
	}
	var fills []int
	for i, p := range s.Config.Plants {
		if p.Fill != nil || p.Vendor != nil {
			fills = append(fills, i)
			metrics = append(metrics, p.Name+".filled_per_day")
		}
	}
	rows, err := gatherMetrics(ctx, k, "map", []*Subject{s}, metrics, q.N)
	if err != nil {
		return nil, err
	}
	mean := columnMeans(rows)
	need := map[string]float64{}
	for _, n := range needs(s.Config) {
		need[n.Hospital] = n.Gas
	}
	for i, thing := range things {
		if at, ok := where[thing]; ok {
			a.Hospitals = append(a.Hospitals, MapPlace{
				Thing: thing, Label: s.Label(thing), Lat: at[0], Lon: at[1], Need: need[thing],
				Short:    mean[len(things)+i] / (24 * a.Days),
				Stockout: newProbability(timesSeen(rows, i), q.N, len(things), s.File.Run.Confidence.Fraction()),
			})
		}
	}
	sortThings(a.Hospitals, func(x, y *MapPlace) int {
		return cmp.Or(-cmp.Compare(x.Stockout.Count, y.Stockout.Count), -cmp.Compare(x.Short, y.Short), -cmp.Compare(x.Need, y.Need))
	}, func(p *MapPlace) string { return p.Thing })
	for i, p := range s.Config.Plants {
		at, ok := where[p.Name]
		if !ok {
			continue
		}
		place := MapPlace{Thing: p.Name, Label: s.Label(p.Name), Lat: at[0], Lon: at[1], Vendor: p.Vendor != nil}
		for j, f := range fills {
			if f == i {
				place.Filled = mean[2*len(things)+len(s.Config.Links)+j]
			}
		}
		a.Plants = append(a.Plants, place)
	}
	for i, l := range s.Config.Links {
		from, ok := where[s.placeName(l.From)]
		to, also := where[s.placeName(l.To)]
		if ok && also {
			perWeek := mean[2*len(things)+i] * float64(sim.Week) / (a.Days * float64(sim.Day))
			a.Roads = append(a.Roads, MapRoad{"road." + l.Name, from, to, perWeek})
		}
	}
	return a, nil
}

// placeName returns the dotted name of a place of the road network.
func (s *Subject) placeName(i int) string {
	c := s.Config
	switch plants, hospitals := len(c.Plants), len(c.Hospitals); {
	case i < plants:
		return c.Plants[i].Name
	case i < plants+hospitals:
		return c.Hospitals[i-plants].Name
	default:
		return "junction." + c.Junctions[i-plants-hospitals]
	}
}
