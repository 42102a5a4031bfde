package rng

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// argScales tells which of the arguments of a kind are in the unit of the number, and
// so grow with Scale.
var argScales = [...][3]bool{
	constant:          {true},
	exponential:       {true},
	lognormal:         {true},
	lognormalQuantile: {true, false, true},
	uniform:           {true, true},
	gamma:             {true},
	erlang:            {false, true},
	triangular:        {true, true, true},
	weibull:           {true},
	hyperexponential:  {true},
	compound:          {},
}

// String returns the law as text, the same for equal laws and in the unit of the
// numbers: "lognormal(1500, cv 0.3)". Counts that were scaled carry the factor, "2 *
// poisson(3)"; of long lists of values it gives the ends only.
func (l Law) String() string {
	a, b, c := number(l.args[0]), number(l.args[1]), number(l.args[2])
	switch l.kind {
	case exponential:
		return "exponential(" + a + ")"
	case lognormal:
		return "lognormal(" + a + ", cv " + b + ")"
	case lognormalQuantile:
		// Rounding takes away what multiplication by 100 adds: 0.57 is p57.
		return "lognormal(median " + a + ", p" + number(math.Round(l.args[1]*1e8)/1e6) + " " + c + ")"
	case uniform:
		return "uniform(" + a + ", " + b + ")"
	case gamma:
		return "gamma(" + a + ", cv " + b + ")"
	case erlang:
		return "erlang(" + a + ", " + b + ")"
	case triangular:
		return "triangular(" + a + ", " + b + ", " + c + ")"
	case weibull:
		return "weibull(" + a + ", shape " + b + ")"
	case hyperexponential:
		return "hyperexponential(" + a + ", scv " + b + ")"
	case poisson:
		return l.factor() + "poisson(" + a + ")"
	case negativeBinomial:
		return l.factor() + "negative binomial(" + a + ", dispersion " + b + ")"
	case empirical:
		return l.empiricalText()
	case compound:
		return l.factor() + "compound(" + l.parts.count.String() + ", " + l.parts.size.String() + ")"
	}
	return "constant(" + number(l.scale) + ")"
}

// number returns the shortest text that reads back as x.
func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

func (l Law) factor() string {
	if l.scale == 1 {
		return ""
	}
	return number(l.scale) + " * "
}

func (l Law) empiricalText() string {
	const short = 8 // values
	s := l.steps
	n := len(s.values)
	if n > short {
		return fmt.Sprintf("empirical(%d values from %s to %s, mean %s)", n,
			number(l.scale*s.values[0]), number(l.scale*s.values[n-1]), number(l.mean))
	}
	var b strings.Builder
	before := 0.
	for i, v := range s.values {
		// Probabilities are differences of a sum, so their last digits are noise.
		p := math.Round((s.cumulative[i]-before)*1e9) / 1e9
		before = s.cumulative[i]
		fmt.Fprintf(&b, ", %s with %s", number(l.scale*v), number(p))
	}
	return "empirical(" + b.String()[2:] + ")"
}
