package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// KimNelsonConstants returns the two constants of the selection of Kim and
// Nelson among k systems, with n0 observations of each before the first is
// dropped and a probability delta, in (0,1), of a wrong choice:
//
//	eta = ((2 delta/(k-1))^(-2/(n0-1)) - 1) / 2,  h2 = 2 eta (n0-1).
//
// It panics unless k >= 2, n0 >= 2 and 0 < delta < 1.
//
// Source: Kim & Nelson, ACM Transactions on Modeling and Computer Simulation 11
// (2001) 251, with c = 1.
func KimNelsonConstants(k, n0 int, delta float64) (eta, h2 float64) {
	wantSystems("KimNelsonConstants", k, n0)
	wantOpen("KimNelsonConstants", "delta", delta)
	df := float64(n0 - 1)
	eta = math.Expm1(-2/df*math.Log(2*delta/float64(k-1))) / 2
	return eta, 2 * eta * df
}

// KimNelson chooses the system with the lowest mean, dropping those that are
// clearly worse after each row of observations. Rows are independent; within a
// row the systems may depend on each other, and common random numbers, which
// make their differences vary less, make it faster.
//
// If the best system is better than any other by the indifference at least, it
// is chosen with at least the probability 1-delta. That is exact for normal
// observations, and in practice good for means of five to ten others. If it is
// better by less, one that is almost as good may be chosen: TooClose says which
// systems have not been shown to be worse.
//
// Source: as KimNelsonConstants; Kim & Nelson in Handbooks in Operations
// Research and Management Science 13 (2006) ch. 17.
type KimNelson struct {
	n0           int
	delta        float64
	indifference float64 // in the unit of what is observed
	h2           float64
	count        int
	alive        []int     // the survivors, ascending
	dropped      []int     // after how many rows each was dropped, or 0
	pairs        []Tally   // of Y_i - Y_l, i < l, while both are alive
	variances    []float64 // of the pairs, after n0 rows
}

// NewKimNelson returns a selection among k systems that observes n0 of each
// before it drops the first, 20 or more, is wrong with at most the probability
// delta, in (0,1), and does not care for a difference below the indifference,
// in the unit of what is observed. It panics unless k >= 2, n0 >= 2,
// 0 < delta < 1, and the indifference is positive and finite.
func NewKimNelson(k, n0 int, delta, indifference float64) *KimNelson {
	_, h2 := KimNelsonConstants(k, n0, delta)
	if !(indifference > 0) || math.IsInf(indifference, 1) {
		panic(fmt.Sprintf("stats: NewKimNelson: want an indifference above 0, not %v", indifference))
	}
	s := &KimNelson{n0: n0, delta: delta, indifference: indifference, h2: h2}
	s.alive = make([]int, k)
	for i := range s.alive {
		s.alive[i] = i
	}
	s.dropped = make([]int, k)
	s.pairs = make([]Tally, k*(k-1)/2)
	s.variances = make([]float64, len(s.pairs))
	return s
}

// pair returns where the pair of i and l is, i < l.
func (s *KimNelson) pair(i, l int) int {
	k := len(s.dropped)
	return i*(2*k-i-1)/2 + l - i - 1
}

// Add counts a row: one observation of each system. Those of dropped systems
// are not read. It panics if the row has not as many, or if one that is read is
// not finite.
func (s *KimNelson) Add(row []float64) {
	if len(row) != len(s.dropped) {
		panic(fmt.Sprintf("stats: KimNelson.Add: want a row of %d, not %d", len(s.dropped), len(row)))
	}
	s.count++
	for a, i := range s.alive {
		for _, l := range s.alive[a+1:] {
			s.pairs[s.pair(i, l)].Add(row[i] - row[l])
		}
	}
	if s.count == s.n0 {
		for j, t := range s.pairs {
			s.variances[j] = t.Variance()
		}
	}
	if s.count >= s.n0 {
		s.drop()
	}
}

// drop drops each survivor that is worse than another by more than chance could
// do.
func (s *KimNelson) drop() {
	for a, i := range s.alive {
		for _, l := range s.alive[a+1:] {
			p := s.pair(i, l)
			switch d, w := s.pairs[p].Mean, s.room(p); {
			case d > w:
				s.dropped[i] = s.count
			case d < -w:
				s.dropped[l] = s.count
			}
		}
	}
	left := s.alive[:0]
	for _, i := range s.alive {
		if s.dropped[i] == 0 {
			left = append(left, i)
		}
	}
	s.alive = left
}

// room returns by how much the means of a pair may differ without one of them
// being dropped: W_il(r) in the source.
func (s *KimNelson) room(pair int) float64 {
	r := float64(s.count)
	return max(0, s.indifference/(2*r)*(s.h2*s.variances[pair]/(s.indifference*s.indifference)-r))
}

// Count returns the number of rows.
func (s *KimNelson) Count() int { return s.count }

// Limit returns the number of rows after which the choice is made at the
// latest. It is 0, for unknown, before n0 rows, and falls as systems are
// dropped.
func (s *KimNelson) Limit() int {
	if s.count < s.n0 {
		return 0
	}
	most := 0.0
	for a, i := range s.alive {
		for _, l := range s.alive[a+1:] {
			most = max(most, math.Floor(s.h2*s.variances[s.pair(i, l)]/(s.indifference*s.indifference)))
		}
	}
	if most >= math.MaxInt32 {
		return math.MaxInt32
	}
	return max(s.n0, int(most)+1)
}

// Alive reports whether system i has not been dropped.
func (s *KimNelson) Alive(i int) bool { return s.dropped[i] == 0 }

// Survivors returns the systems that have not been dropped, ascending. The
// slice is the selection's own and changes with the next row.
func (s *KimNelson) Survivors() []int { return s.alive }

// Dropped returns after how many rows system i was dropped; 0 if it was not.
func (s *KimNelson) Dropped(i int) int { return s.dropped[i] }

// Done reports whether the choice is made: one system is left, or those that
// are left have the same mean after all the rows that there may be.
func (s *KimNelson) Done() bool {
	return len(s.alive) == 1 || s.count >= s.n0 && s.count >= s.Limit()
}

// Best returns the survivor with the lowest mean, the first of those that have
// it: the choice, when Done. It is -1 before n0 rows.
func (s *KimNelson) Best() int {
	if s.count < s.n0 {
		return -1
	}
	best := s.alive[0]
	for _, l := range s.alive[1:] {
		if s.pairs[s.pair(best, l)].Mean > 0 {
			best = l
		}
	}
	return best
}

// Difference returns the tally of what system i has above system l, in their
// unit, in the rows in which neither had been dropped. It panics if i is l.
func (s *KimNelson) Difference(i, l int) Tally {
	switch {
	case i < l:
		return s.pairs[s.pair(i, l)]
	case i > l:
		return s.pairs[s.pair(l, i)].negative()
	}
	panic(fmt.Sprintf("stats: KimNelson.Difference: want two systems, not %d twice", i))
}

// TooClose returns the systems, ascending, that have not been shown to be worse
// than Best, dropped or not: those of whose difference the StudentSequence, at
// 2 delta/(k(k-1)), still contains 0. Best itself is not among them; before n0
// rows all are. Every pair has its share of delta, for any system may be Best,
// and several may be truly the best: so all that are not listed are worse,
// together, but for the probability delta, however many rows there are and
// whatever the differences, if these are normal. Systems that are truly equal
// stay too close to call, whichever was chosen.
func (s *KimNelson) TooClose() []int {
	var left []int
	best := s.Best()
	alpha := s.delta / float64(len(s.pairs))
	for i := range s.dropped {
		if i != best && (best < 0 || StudentSequence(s.Difference(best, i), alpha).Hi >= 0) {
			left = append(left, i)
		}
	}
	return left
}

// negative returns the tally of the values with the opposite sign.
func (t Tally) negative() Tally {
	t.Mean, t.Min, t.Max = -t.Mean, -t.Max, -t.Min
	return t
}

// rinottSteps is the number of steps of the sums that stand for the integrals
// of Rinott's constant. The integrand is smooth and vanishes at both ends, so
// that the trapezoidal rule is good to 1e-9.
const rinottSteps = 160

// RinottH returns Rinott's constant h for a choice among k systems, observed
// independently, n0 of each at first, that is right with the probability p, in
// (1/k,1): each is then observed (h S/d)^2 times, S being its standard
// deviation and d the indifference. It is the h with
//
//	E[ E[ Phi(h/sqrt((n0-1)(1/X+1/Y))) | Y ]^(k-1) ] = p
//
// for independent X, Y of chi-squared distributions of n0-1 degrees of freedom.
// It panics unless k >= 2, n0 >= 2 and 1/k < p < 1.
//
// Source: Rinott, Communications in Statistics A 7 (1978) 799.
func RinottH(k, n0 int, p float64) float64 {
	wantSystems("RinottH", k, n0)
	if !(p > 1/float64(k) && p < 1) {
		panic(fmt.Sprintf("stats: RinottH: want p in (1/%d,1), not %v", k, p))
	}
	df := float64(n0 - 1)
	// The logarithm of a chi-squared variable, between tails that do not count.
	const tail = 1e-14
	lo := math.Log(2 * mathext.GammaIncRegInv(df/2, tail))
	hi := math.Log(2 * mathext.GammaIncRegCompInv(df/2, tail))
	logGamma, _ := math.Lgamma(df / 2)
	var x, weight [rinottSteps + 1]float64
	step := (hi - lo) / rinottSteps
	for i := range x {
		u := lo + float64(i)*step
		x[i] = math.Exp(u)
		weight[i] = step * math.Exp(df/2*(u-math.Ln2)-x[i]/2-logGamma)
	}
	right := func(h float64) float64 {
		sum := 0.0
		for i, y := range x {
			inner := 0.0
			for j, x := range x {
				z := h / math.Sqrt(df*(1/x+1/y))
				inner += weight[j] * math.Erfc(-z/math.Sqrt2) / 2
			}
			sum += weight[i] * math.Pow(inner, float64(k-1))
		}
		return sum
	}
	low, high := 0.0, 4.0
	for right(high) < p {
		low, high = high, 2*high
	}
	for high-low > 1e-9*high {
		middle := (low + high) / 2
		if right(middle) < p {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

// wantSystems panics unless k >= 2 and n0 >= 2.
func wantSystems(function string, k, n0 int) {
	if k < 2 || n0 < 2 {
		panic(fmt.Sprintf("stats: %s: want k >= 2 and n0 >= 2, not k = %d, n0 = %d", function, k, n0))
	}
}
