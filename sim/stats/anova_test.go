package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// crossedTable draws a table of the given standard deviations of rows, columns
// and rest.
func crossedTable(rows, cols int, sd [3]float64, draw func() float64) [][]float64 {
	luck := make([]float64, cols)
	for r := range luck {
		luck[r] = sd[1] * draw()
	}
	y := make([][]float64, rows)
	for j := range y {
		y[j] = make([]float64, cols)
		a := 100 + sd[0]*draw()
		for r := range y[j] {
			y[j][r] = a + luck[r] + sd[2]*draw()
		}
	}
	return y
}

// The components are those of the textbook's mean squares.
func TestCrossedIsTheAnalysisOfVariance(t *testing.T) {
	r := rand.New(rand.NewPCG(24, 25))
	const rows, cols = 7, 5
	y := crossedTable(rows, cols, [3]float64{2, 1, 1}, r.NormFloat64)
	var all Tally
	var row [rows]Tally
	var col [cols]Tally
	for j := range y {
		for r, v := range y[j] {
			all.Add(v)
			row[j].Add(v)
			col[r].Add(v)
		}
	}
	var ssRows, ssCols, ssRest float64
	square := func(d float64) float64 { return d * d }
	for j := range y {
		ssRows += cols * square(row[j].Mean-all.Mean)
		for r, v := range y[j] {
			ssRest += square(v - row[j].Mean - col[r].Mean + all.Mean)
		}
	}
	for r := range col {
		ssCols += rows * square(col[r].Mean-all.Mean)
	}
	rest := ssRest / ((rows - 1) * (cols - 1))
	want := Components{all.Mean, (ssRows/(rows-1) - rest) / cols, (ssCols/(cols-1) - rest) / rows, rest}
	got := Crossed(y)
	for _, c := range [][2]float64{{got.Mean, want.Mean}, {got.Rows, want.Rows}, {got.Columns, want.Columns}, {got.Rest, want.Rest}} {
		if !near(c[0], c[1], 1e-10) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

func TestComponentsOfWhatDoesNotVary(t *testing.T) {
	y := [][]float64{{3, 4, 8}, {3, 4, 8}} // columns only
	c := Crossed(y)
	if rows, cols, rest := c.Shares(); rows != 0 || cols != 1 || rest != 0 || !near(c.Columns, 7, 1e-14) {
		t.Errorf("got %+v, shares %v, %v, %v", c, rows, cols, rest)
	}
	c = Crossed([][]float64{{2, 2}, {2, 2}})
	if rows, cols, rest := c.Shares(); rows != 0 || cols != 0 || rest != 0 || c.Mean != 2 {
		t.Errorf("got %+v, shares %v, %v, %v", c, rows, cols, rest)
	}
	v, s := CrossedIntervals([][]float64{{2, 2}, {2, 2}}, 0.95)
	if v != (ComponentIntervals{}) || s != (ComponentIntervals{}) {
		t.Errorf("got %v and %v, want zero", v, s)
	}
}

// Seven times the same rows drawn twice would be seven rows that are equal, if
// estimates did not know: the mean of the estimates over resamples is the
// estimate itself, to the error of 2000 resamples.
func TestResamplesEstimateTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(26, 27))
	c := newCrossing(crossedTable(12, 8, [3]float64{1, 1, 1}, r.NormFloat64))
	want := c.components(nil, nil)
	w, u := make([]float64, 12), make([]float64, 8)
	seed := uint64(1)
	var rows, cols, rest Tally
	for range 2000 {
		resampleWeights(w, &seed)
		resampleWeights(u, &seed)
		k := c.components(w, u)
		rows.Add(k.Rows)
		cols.Add(k.Columns)
		rest.Add(k.Rest)
	}
	for _, k := range []struct {
		name string
		got  Tally
		want float64
	}{{"rows", rows, want.Rows}, {"columns", cols, want.Columns}, {"rest", rest, want.Rest}} {
		// Dividing by a random number of pairs leaves a bias of a few per cent.
		if math.Abs(k.got.Mean-k.want) > sigmas*k.got.StdErr()+0.03*k.want {
			t.Errorf("%s: got %v ± %v, want %v", k.name, k.got.Mean, k.got.StdErr(), k.want)
		}
	}
}

// Variances take many rows to know: of 16 exponential values, whose kurtosis is
// 9, the variance has a standard error of 70 %. The biases allowed are what the
// documentation of CrossedIntervals says.
func TestComponentIntervalsKeepTheirConfidenceRoughly(t *testing.T) {
	studies := measured(60)
	r := rand.New(rand.NewPCG(28, 29))
	sd := [3]float64{2, 1, 1}
	for _, c := range []struct {
		name       string
		rows, cols int
		draw       func() float64
		bias       float64
	}{
		{"normal, 16 × 8", 16, 8, r.NormFloat64, 0.01},
		{"normal, 64 × 16", 64, 16, r.NormFloat64, 0.01},
		{"exponential, 64 × 16", 64, 16, func() float64 { return r.ExpFloat64() - 1 }, 0.13},
	} {
		var hits [6]int
		bent := 0
		for range studies {
			v, s := CrossedIntervals(crossedTable(c.rows, c.cols, sd, c.draw), 0.95)
			for i, k := range []struct {
				i     Interval
				truth float64
			}{{v.Rows, 4}, {v.Columns, 1}, {v.Rest, 1}, {s.Rows, 4. / 6}, {s.Columns, 1. / 6}, {s.Rest, 1. / 6}} {
				if k.i.Contains(k.truth) {
					hits[i]++
				}
			}
			if v.Rows.Contains(20) {
				bent++
			}
		}
		for i, h := range hits {
			if err := tooLow(h, studies, 0.95-c.bias); err != nil {
				t.Errorf("%s: %d: %v", c.name, i, err)
			}
		}
		if tooLow(bent, studies, 0.95-c.bias) == nil {
			t.Errorf("%s: bent: want it to fail", c.name)
		}
		for i, what := range []string{"rows", "columns", "rest", "share of rows", "share of columns", "share of rest"} {
			logCoverage(t, c.name+", "+what, hits[i], studies)
		}
	}
}
