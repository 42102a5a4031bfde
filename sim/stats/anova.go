package stats

import (
	"fmt"
	"math"
	"slices"
)

// Components are the parts of the variance of a crossed table: rows, columns,
// and what is neither. In a table whose rows are the parameters that might be
// true, and whose columns are the futures that all of them meet, they are not
// knowing, luck, and how luck depends on what is true.
type Components struct {
	Mean    float64 // of all, in the unit of the values
	Rows    float64 // variance of a row's expectation, in the unit squared; not negative
	Columns float64 // variance of a column's expectation, likewise
	Rest    float64 // variance of what is left: interaction, and whatever else varies
}

// Shares returns which fractions of the variance the components are: they sum
// to 1, or all are 0 if nothing varies.
func (c Components) Shares() (rows, columns, rest float64) {
	total := c.Rows + c.Columns + c.Rest
	if total == 0 {
		return 0, 0, 0
	}
	return c.Rows / total, c.Columns / total, c.Rest / total
}

// ComponentIntervals are the intervals of components of variance.
type ComponentIntervals struct {
	Rows, Columns, Rest Interval
}

// Crossed returns the components of variance of the table y, of one value for
// each row and column, by the two-way analysis of variance without replication:
//
//	Rows = (MSrows - MSrest)/columns, Columns = (MScolumns - MSrest)/rows, Rest = MSrest,
//
// with negative estimates set to 0. It is right if rows are drawn independently
// of each other, columns too, and all rows meet the same columns. It panics
// unless there are two rows and two columns at least, all rows are equally
// long, and all values finite.
//
// Source: Searle, Casella & McCulloch, Variance Components (1992) ch. 4; for
// what simulation does not know, Barton, Nelson & Xie, INFORMS Journal on
// Computing 26 (2014) 74.
func Crossed(y [][]float64) Components {
	wantTable("Crossed", y)
	return newCrossing(y).components(nil, nil).truncated()
}

// truncated returns the components with negative ones set to 0.
func (c Components) truncated() Components {
	c.Rows, c.Columns, c.Rest = max(0, c.Rows), max(0, c.Columns), max(0, c.Rest)
	return c
}

// crossing is a table and the room to compute its components for any weights.
type crossing struct {
	y      [][]float64 // less the mean of all, so that differences keep their digits
	mean   float64     // of all
	byCol  []float64   // weighted means of the columns
	sqCol  []float64   // weighted means of the columns' squares
	equalR []float64   // equal weights
	equalC []float64
}

func newCrossing(y [][]float64) *crossing {
	rows, cols := len(y), len(y[0])
	c := &crossing{
		y: make([][]float64, rows), byCol: make([]float64, cols), sqCol: make([]float64, cols),
		equalR: slices.Repeat([]float64{1 / float64(rows)}, rows),
		equalC: slices.Repeat([]float64{1 / float64(cols)}, cols),
	}
	var t Tally
	for _, row := range y {
		for _, v := range row {
			t.Add(v)
		}
	}
	c.mean = t.Mean
	for j, row := range y {
		c.y[j] = make([]float64, cols)
		for r, v := range row {
			c.y[j][r] = v - t.Mean
		}
	}
	return c
}

// components returns the estimates, negative ones too, when rows and columns
// have weights that sum to 1; nil if equal. With equal weights they are those of
// the analysis of variance. With others they are the same means over pairs of
// different rows and of different columns,
//
//	Rows = E (Y_jr-Y_kr)(Y_js-Y_ks)/2, Rest = E (Y_jr-Y_kr-Y_js+Y_ks)^2/4,
//
// so that a row or column drawn twice is not taken for two that are equal: which
// would make the components of resamples too large or too small.
func (c *crossing) components(w, u []float64) Components {
	if w == nil {
		w, u = c.equalR, c.equalC
	}
	clear(c.byCol)
	clear(c.sqCol)
	var sumW2, sumU2, mean, byRow, sq, sqRow float64
	for r := range u {
		sumU2 += float64(u[r] * u[r])
	}
	for j, row := range c.y {
		sumW2 += float64(w[j] * w[j])
		if w[j] == 0 {
			continue
		}
		m, s := 0.0, 0.0 // of the row: mean and mean square
		for r, v := range row {
			x := float64(u[r] * v)
			m += x
			s += float64(x * v)
			c.byCol[r] += float64(w[j] * v)
			c.sqCol[r] += float64(w[j] * v * v)
		}
		mean += float64(w[j] * m)
		byRow += float64(w[j] * m * m)
		sq += float64(w[j] * s)
		sqRow += float64(w[j] * w[j] * (s - float64(m*m)))
	}
	var byCol, within float64 // mean square of columns' means; variance within columns, with weights squared
	for r := range u {
		byCol += float64(u[r] * c.byCol[r] * c.byCol[r])
		within += float64(u[r] * u[r] * (c.sqCol[r] - float64(c.byCol[r]*c.byCol[r])))
	}
	pairs, square := (1-sumW2)*(1-sumU2), float64(mean*mean)
	return Components{
		Mean:    c.mean + mean,
		Rows:    (byRow - square - within) / pairs,
		Columns: (byCol - square - sqRow) / pairs,
		Rest:    (sq - byRow - byCol + square) / pairs,
	}
}

// crossedResamples is how often rows and columns are drawn anew.
const crossedResamples = 999

// CrossedIntervals returns bootstrap intervals for the components of variance
// that Crossed estimates, in the unit squared, and for their Shares, at a
// confidence in (0,1). Rows and columns are drawn anew, independently of each
// other, 999 times, by a generator that always starts at the same place; how
// much the logarithm of a variance, or the log-odds of a share, then varies
// makes Student's interval. Where that is more than a factor of e, so that the
// component might as well be 0, the ends are 0 and what few resamples exceed.
//
// Variances take many rows and columns to know, more if their law is skewed. At
// 95 % the coverages are 0.94 to 1 for normal laws, from 16 rows and 8 columns
// on; for exponential ones, with 64 and 16, 0.94 for the share of rows, 0.89 for
// that of columns, and 0.82 for the variance of columns. It panics as Crossed does, or
// unless 0 < confidence < 1.
//
// Source: the pigeonhole bootstrap, Owen, The Annals of Applied Statistics 1
// (2007) 386, with estimates that know of rows and columns drawn twice.
func CrossedIntervals(y [][]float64, confidence float64) (variances, shares ComponentIntervals) {
	wantTable("CrossedIntervals", y)
	wantOpen("CrossedIntervals", "a confidence", confidence)
	c := newCrossing(y)
	rows, cols := len(y), len(y[0])
	w, u := make([]float64, rows), make([]float64, cols)
	var drawn [6][]float64
	for i := range drawn {
		drawn[i] = make([]float64, crossedResamples)
	}
	seed := uint64(1)
	for b := range crossedResamples {
		resampleWeights(w, &seed)
		resampleWeights(u, &seed)
		for i, v := range c.components(w, u).truncated().all() {
			drawn[i][b] = v
		}
	}
	var ends [6]Interval
	few := min(rows, cols)
	for i, v := range c.components(nil, nil).truncated().all() {
		n := [6]int{rows, cols, few, few, few, few}[i]
		// What the logarithm changes by when the component does.
		slope := 1 / v
		if i >= 3 {
			slope = 1 / (v * (1 - v))
		}
		t := tallyAll(drawn[i])
		stdErr := t.StdDev() * slope
		if !(stdErr < 1) {
			ends[i] = percentiles(drawn[i], n, confidence)
			continue
		}
		size := float64(n)
		factor := math.Exp(stdErr * TQuantile((1+confidence)/2, size-1) * math.Sqrt(size/(size-1)))
		if i < 3 {
			ends[i] = Interval{v / factor, v * factor}
		} else {
			ends[i] = Interval{v / (v + float64((1-v)*factor)), v / (v + (1-v)/factor)}
		}
	}
	return ComponentIntervals{ends[0], ends[1], ends[2]}, ComponentIntervals{ends[3], ends[4], ends[5]}
}

// all returns the components and their shares.
func (c Components) all() [6]float64 {
	rows, cols, rest := c.Shares()
	return [6]float64{c.Rows, c.Columns, c.Rest, rows, cols, rest}
}

// resampleWeights draws as many as there are weights, two different ones at
// least, with replacement, and sets the weights to how often each was drawn over
// their number.
func resampleWeights(w []float64, seed *uint64) {
	n := len(w)
	for {
		clear(w)
		for range n {
			w[below(n, seed)]++
		}
		if slices.Max(w) < float64(n) {
			break
		}
	}
	for i := range w {
		w[i] /= float64(n)
	}
}

// percentiles sorts the resamples' estimates and returns the interval that
// leaves out an equal part of them at both ends: less than it would of very
// many, as Student's law is wider than the normal one, if what was resampled
// was n.
//
// Source: the expanded percentile interval, Hesterberg, The American
// Statistician 69 (2015) 371.
func percentiles(drawn []float64, n int, confidence float64) Interval {
	slices.Sort(drawn)
	size := float64(n)
	z := math.Sqrt(size/(size-1)) * TQuantile((1+confidence)/2, size-1)
	tail := math.Erfc(z/math.Sqrt2) / 2
	out := max(1, int(math.Floor(float64(len(drawn)+1)*tail+1e-9)))
	return Interval{drawn[out-1], drawn[len(drawn)-out]}
}

// wantTable panics unless y has two rows and columns at least, and all rows are
// equally long.
func wantTable(function string, y [][]float64) {
	if len(y) < 2 || len(y[0]) < 2 {
		panic(fmt.Sprintf("stats: %s: want two rows and two columns at least", function))
	}
	for _, row := range y {
		if len(row) != len(y[0]) {
			panic(fmt.Sprintf("stats: %s: want rows of %d, not %d", function, len(y[0]), len(row)))
		}
	}
}
