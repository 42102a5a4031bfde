package study

import (
	"cmp"
	"context"
	"slices"

	"oxysim/model"
	"oxysim/sim"
)

// CoverQuestion asks for how many days the cylinders of each hospital last,
// week by week.
type CoverQuestion struct {
	Subject *Subject
	N       int
}

// Cover is its answer.
type Cover struct {
	Subject   *Subject
	N         int
	Each      sim.Span        // length of a period: a week, unless there would be too many or too few
	From      []sim.Time      // of each period
	Hospitals []CoverHospital // that with the least in all first
	Left      int             // hospitals that use no cylinders, and are left out
}

// CoverHospital is the days of cover of a hospital.
type CoverHospital struct {
	Thing, Label string
	Median       []float64 // over replications, of the mean over a period, by period
	Low          []float64 // what one replication in ten has less of
	Short        []float64 // share of the replications with a stockout in the period
	Worst        int       // period with the least Low; the first of equals
}

// mostPeriods is how many columns a heat map has room for.
const mostPeriods = 60

// Answer simulates.
func (q *CoverQuestion) Answer(ctx context.Context, k *Work) (*Cover, error) {
	s := q.Subject
	a := &Cover{Subject: s, N: q.N, Each: sim.Week}
	begin, end := s.begins(), sim.Time(s.Config.Horizon)
	for _, each := range []sim.Span{sim.Day, sim.Week, 4 * sim.Week, 52 * sim.Week, 520 * sim.Week} {
		a.Each = each
		if most := sim.Span(mostPeriods); end.Sub(begin) <= most*each && (each > sim.Day || end.Sub(begin) <= 21*sim.Day) {
			break
		}
	}
	var at []sim.Time // each midnight
	for t := begin; t < end; t = t.Add(sim.Day) {
		at = append(at, t)
	}
	perPeriod := int(a.Each / sim.Day)
	for i := 0; i < len(at); i += perPeriod {
		if rest := len(at) - i; i > 0 && 2*rest < perPeriod {
			break // too short to be compared with the others
		}
		a.From = append(a.From, at[i])
	}
	used, err := s.cylinderUsers()
	if err != nil {
		return nil, err
	}
	if a.Left = len(s.Config.Hospitals) - len(used); len(used) == 0 {
		return nil, unfit("no hospital is expected to use cylinders: there are no days of cover")
	}
	periods := len(a.From)
	width := 2 * len(used) * periods
	rows, err := gather(ctx, k, Stage{Name: "days of cover", Title: "futures", N: q.N, Width: width},
		func() *model.World { w, _ := s.walker(); return w },
		func(w *model.World, replication int, row []float64) error {
			clear(row)
			short := make([]float64, len(used))
			days := make([]float64, periods)
			walkThrough(w, s.Seed, replication, append(slices.Clone(at), end), func(i int) {
				for j, h := range used {
					if i > 0 { // what happened since the last midnight
						if hours := w.HoursShort(h); hours > short[j] {
							short[j] = hours
							row[(len(used)+j)*periods+min((i-1)/perPeriod, periods-1)] = 1
						}
					}
					if p := i / perPeriod; i < len(at) && p < periods {
						cover, _ := w.DaysOfCover(h)
						row[j*periods+p] += cover
						if j == 0 {
							days[p]++
						}
					}
				}
			})
			for i := range len(used) * periods {
				row[i] /= days[i%periods]
			}
			return nil
		})
	if err != nil {
		return nil, err
	}
	for j, h := range used {
		thing := s.Config.Hospitals[h].Name
		x := CoverHospital{Thing: thing, Label: s.Label(thing)}
		for p := range periods {
			sorted := sortedColumn(rows, j*periods+p)
			x.Median = append(x.Median, quantileOf(sorted, 0.5))
			x.Low = append(x.Low, quantileOf(sorted, 0.1))
			x.Short = append(x.Short, float64(timesSeen(rows, (len(used)+j)*periods+p))/float64(q.N))
		}
		x.Worst = slices.Index(x.Low, slices.Min(x.Low))
		a.Hospitals = append(a.Hospitals, x)
	}
	sortThings(a.Hospitals, func(x, y *CoverHospital) int { return cmp.Compare(sumOf(x.Low), sumOf(y.Low)) },
		func(h *CoverHospital) string { return h.Thing })
	return a, nil
}

func sumOf(x []float64) (sum float64) {
	for _, y := range x {
		sum += y
	}
	return sum
}

// cylinderUsers returns the indices of the hospitals that are expected to use
// cylinders.
func (s *Subject) cylinderUsers() (list []int, err error) {
	w, err := s.walker()
	if err != nil {
		return nil, err
	}
	for h := range s.Config.Hospitals {
		if _, ok := w.DaysOfCover(h); ok {
			list = append(list, h)
		}
	}
	return list, nil
}
