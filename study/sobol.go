package study

import (
	"context"
	"fmt"
	"math"
	"slices"

	"oxysim/sim/rng"
	"oxysim/sim/stats"
)

// Sobol asks of which parts the variance of a metric is made, over futures and
// over what is not known: for each uncertain parameter, the share that would go
// if it were known (first order), and the share that would stay if all else were
// (total). Luck, which is the number of the future, is one of the factors.
type Sobol struct {
	Ignorance
	Points int     // base points, at most
	Width  float64 // enough, once the intervals of all total indices are as narrow
}

// Limits of Sobol's method.
const (
	MostSobol   = 19 // uncertain parameters, beside luck
	firstPoints = 64 // base points after which is looked for the first time; then after twice as many
)

// SobolRow is a factor in the answer.
type SobolRow struct {
	Unknown Unknown
	Luck    bool // it is no unknown, but luck
	Index   stats.SobolIndex
}

// SobolAnswer is what Sobol's method tells.
type SobolAnswer struct {
	*Sobol
	Used    int        // base points
	Runs    int        // replications
	Mean    Reading    // over all that is not known, and luck
	Var     float64    // of it
	Settled bool       // the intervals are as narrow as was wanted
	Rows    []SobolRow // the greatest total first
}

// NewSobol returns the question. The error says what is wrong with it.
func NewSobol(q Ignorance, points int, width float64) (*Sobol, error) {
	if n := len(q.Unknowns); n > MostSobol {
		return nil, fmt.Errorf("want at most %d uncertain parameters, not %d: name those that matter with --parameter; --morris finds them", MostSobol, n)
	}
	if points < firstPoints {
		return nil, fmt.Errorf("want %d points or more, not %d", firstPoints, points)
	}
	return &Sobol{Ignorance: q, Points: points, Width: width}, nil
}

// Answer simulates base points until the answer is as narrow as is wanted.
func (q *Sobol) Answer(ctx context.Context, k *Work) (*SobolAnswer, error) {
	if problems := q.possible(); len(problems) > 0 {
		return nil, problems
	}
	factors := len(q.Unknowns) + 1 // luck is the last
	design := stats.NewSaltelli(factors, q.Points, designSeed(q.Subject))
	gauges := []Gauge{q.Gauge}
	each := factors + 2 // values of a base point
	st := Stage{
		Name: q.name(fmt.Sprintf("sobol, at most %d points", q.Points)) + "; " + gaugeNames(gauges), Title: "points",
		Width: each,
	}
	var y []float64
	a := &SobolAnswer{Sobol: q}
	for upTo := min(firstPoints, q.Points); ; upTo = min(2*upTo, q.Points) {
		st.First, st.N = a.Used, upTo-a.Used
		err := plainly(simulate(ctx, k, st, newStand,
			func(w *stand, i int, row []float64) error { return q.point(w, design, i, row) },
			func(_ int, row []float64) bool {
				y = append(y, row...)
				return true
			}))
		if err != nil {
			return nil, err
		}
		a.Used, a.Runs = upTo, len(y)
		indices := design.Indices(y, q.Confidence)
		indices[factors-1] = narrower(indices[factors-1], luckIndex(y, each, q.Confidence))
		a.read(indices)
		if a.Settled || upTo == q.Points {
			break
		}
	}
	var both stats.Tally // the two independent samples, A and B
	var sample []float64
	for i := range a.Used {
		for _, x := range y[i*each : i*each+2] {
			both.Add(x)
			sample = append(sample, x)
		}
	}
	a.Mean, a.Var = q.Gauge.read(sample, q.Confidence), both.Variance()
	return a, nil
}

// point simulates a base point: A, B, and A with one factor after the other
// taken from B. The future of A is that of an even number, and that of B the
// next.
func (q *Sobol) point(w *stand, design *stats.Saltelli, i int, row []float64) error {
	u := make([]float64, len(q.Unknowns)+1)
	last := len(row) - 1 // A in the future of B
	luck := func(j int) int {
		if j == 1 || j == last {
			return 2*i + 1
		}
		return 2 * i
	}
	world := func(j int) error {
		design.Point(i*len(row)+j, u)
		s, problems := q.at(q.Subject, u[:len(u)-1])
		if len(problems) > 0 {
			return problems
		}
		return w.put(j, s, q.world, []Gauge{q.Gauge})
	}
	// A's own world is used for both of its futures.
	order := append([]int{0, last}, seq(1, last)...)
	for _, j := range order {
		if j != last {
			if err := world(j); err != nil {
				return err
			}
		}
		if err := w.run(q.Subject.Seed, luck(j), []Gauge{q.Gauge}, row[j:j+1]); err != nil {
			return err
		}
	}
	return nil
}

// narrower returns of each index the estimate with the narrower interval.
func narrower(x, y stats.SobolIndex) stats.SobolIndex {
	if y.FirstInterval.HalfWidth() < x.FirstInterval.HalfWidth() {
		x.First, x.FirstInterval = y.First, y.FirstInterval
	}
	if y.TotalInterval.HalfWidth() < x.TotalInterval.HalfWidth() {
		x.Total, x.TotalInterval = y.Total, y.TotalInterval
	}
	return x
}

// luckResamples is how often the base points are drawn anew for the interval.
const luckResamples = 999

// luckIndex returns the indices of luck, the last factor, of values y with so
// many for each base point. Luck is often nearly all of the variance, of metrics
// with heavy tails, and then estimators that are good for small indices are
// poor: that of the first order varies as the variance itself does. Here it is
// the correlation of two values in one future with different parameters, and the
// total is what the parameters alone do not explain,
//
//	First = corr(f_B, f_AL),  Total = 1 - mean (f_A - mean) (f_AL - f_B) / V,
//
// where AL is A in the future of B: f_AL and f_B differ only by parameters.
//
// Source: Martinez, Analyse de sensibilité globale par décomposition de la
// variance, GdR Ondes & Mascot Num (2011), for the correlation; the total is
// Saltelli's first order, as in package stats, of all parameters together.
func luckIndex(y []float64, each int, confidence float64) stats.SobolIndex {
	n := len(y) / each
	point := func(i int) (a, b, luck float64) { return y[i*each], y[i*each+1], y[(i+1)*each-1] }
	of := func(pick func(i int) int) (first, total float64) {
		var mean, meanB, meanL float64
		for i := range n {
			a, b, l := point(pick(i))
			mean += (a + b) / 2
			meanB += b
			meanL += l
		}
		size := float64(n)
		mean, meanB, meanL = mean/size, meanB/size, meanL/size
		var v, vb, vl, bl, known float64
		for i := range n {
			a, b, l := point(pick(i))
			v += (float64((a-mean)*(a-mean)) + float64((b-mean)*(b-mean))) / 2
			vb += float64((b - meanB) * (b - meanB))
			vl += float64((l - meanL) * (l - meanL))
			bl += float64((b - meanB) * (l - meanL))
			known += float64((a - mean) * (l - b))
		}
		if v == 0 || vb == 0 || vl == 0 {
			return 0, 0
		}
		return bl / math.Sqrt(vb*vl), 1 - known/v
	}
	var x stats.SobolIndex
	x.First, x.Total = of(func(i int) int { return i })
	chance := rng.New(1, 0).Stream(rng.NameOf("sobol.luck"))
	firsts, totals := make([]float64, luckResamples), make([]float64, luckResamples)
	for r := range luckResamples {
		firsts[r], totals[r] = of(func(i int) int { return min(int(float64(n)*chance.Float64At(uint64(r*n+i))), n-1) })
	}
	x.FirstInterval, x.TotalInterval = middle(firsts, confidence), middle(totals, confidence)
	return x
}

// middle returns the interval that holds the given share of some values, with as
// many left out at each side. The values are sorted.
func middle(x []float64, share float64) stats.Interval {
	slices.Sort(x)
	out := int(float64(len(x)+1) * (1 - share) / 2)
	out = max(out, 1)
	return stats.Interval{Lo: x[out-1], Hi: x[len(x)-out]}
}

// seq returns the whole numbers from … below to.
func seq(from, to int) (list []int) {
	for i := from; i < to; i++ {
		list = append(list, i)
	}
	return list
}

// read takes the indices, and sees whether they are known well enough.
func (a *SobolAnswer) read(indices []stats.SobolIndex) {
	a.Rows, a.Settled = nil, true
	for i, x := range indices {
		r := SobolRow{Index: x, Luck: i == len(a.Unknowns)}
		if !r.Luck {
			r.Unknown = a.Unknowns[i]
		}
		if !(2*x.TotalInterval.HalfWidth() < a.Width) {
			a.Settled = false
		}
		a.Rows = append(a.Rows, r)
	}
	slices.SortStableFunc(a.Rows, func(x, y SobolRow) int {
		switch {
		case x.Index.Total > y.Index.Total:
			return -1
		case x.Index.Total < y.Index.Total:
			return 1
		}
		return 0
	})
}
