package stats

import (
	"fmt"
	"math"
)

// Quantiles is what is remembered of values from 0 to 1e18 that come one by one
// when their quantiles are wanted: how many fell into each of many buckets.
// Quantiles are within 0.4 % of those of the values, above 1e-9; zeros are
// exact. It depends only on the values, not on their order or on who counted
// them. Its size depends on the span of the values, 1 kB per doubling, 90 kB at
// most. The zero Quantiles is empty. As JSON it is read back to the last bit.
//
// A bucket is a 128th of an octave, found from the bits of the value: no
// logarithm is taken, so the same values fall into the same buckets everywhere.
//
// Source: Masson, Rim & Lee, DDSketch, PVLDB 12 (2019) 2195, with the linear
// interpolation of the logarithm.
type Quantiles struct {
	Count  int      `json:"count"`
	Zeros  int      `json:"zeros"`  // how many of them are 0
	First  int      `json:"first"`  // the bucket of Counts[0], a multiple of perOctave
	Counts []uint32 `json:"counts"` // how many fell into each bucket, at most 2^32-1, lowest first, whole octaves
	Min    float64  `json:"min"`    // 0 if there are none
	Max    float64  `json:"max"`    // 0 if there are none
}

const (
	bucketBits  = 7 // of the mantissa, that tell buckets apart
	perOctave   = 1 << bucketBits
	bucketShift = 52 - bucketBits
	lowestPower = -30                                // values below 2^-30 are in the lowest bucket
	topPower    = 60                                 // values must be below 2^60
	bucketZero  = (1023 + lowestPower) << bucketBits // the bits of the lowest bucket; 1023 is the exponent of 1
)

// bucketOf returns the bucket of x > 0, from 0 on.
func bucketOf(x float64) int {
	return max(0, int(math.Float64bits(x)>>bucketShift)-bucketZero)
}

// bucketStart returns the lowest value in bucket i, which is where the one
// below it ends.
func bucketStart(i int) float64 {
	if i == 0 {
		return 0
	}
	return math.Float64frombits(uint64(i+bucketZero) << bucketShift)
}

// Add counts the value x. It allocates when x is in an octave not seen before
// beyond those seen. It panics if x is negative, 2^60 or more, or not a number.
func (s *Quantiles) Add(x float64) {
	if !(x >= 0 && x < 1<<topPower) {
		panic(fmt.Sprintf("stats: Quantiles.Add: want a value from 0 to 1e18, not %v", x))
	}
	if s.Count == 0 {
		s.Min, s.Max = x, x
	}
	s.Count++
	s.Min = min(s.Min, x)
	s.Max = max(s.Max, x)
	if x == 0 {
		s.Zeros++
		return
	}
	i := bucketOf(x)
	if uint(i-s.First) >= uint(len(s.Counts)) {
		s.cover(i, i+1)
	}
	s.Counts[i-s.First]++
}

// cover makes room for the buckets from lo to before hi, in whole octaves.
func (s *Quantiles) cover(lo, hi int) {
	lo -= lo % perOctave
	hi += (perOctave - hi%perOctave) % perOctave
	if len(s.Counts) > 0 {
		lo = min(lo, s.First)
		hi = max(hi, s.First+len(s.Counts))
	}
	counts := make([]uint32, hi-lo)
	if len(s.Counts) > 0 {
		copy(counts[s.First-lo:], s.Counts)
	}
	s.First, s.Counts = lo, counts
}

// Merge adds the values counted by o, which is left as it is. The result is the
// same as that of adding them one by one.
func (s *Quantiles) Merge(o *Quantiles) {
	if o.Count == 0 {
		return
	}
	if s.Count == 0 {
		s.Min, s.Max = o.Min, o.Max
	}
	s.Count += o.Count
	s.Zeros += o.Zeros
	s.Min = min(s.Min, o.Min)
	s.Max = max(s.Max, o.Max)
	if len(o.Counts) == 0 {
		return
	}
	if o.First < s.First || o.First+len(o.Counts) > s.First+len(s.Counts) || len(s.Counts) == 0 {
		s.cover(o.First, o.First+len(o.Counts))
	}
	for i, n := range o.Counts {
		s.Counts[o.First-s.First+i] += n
	}
}

// Quantile returns the smallest value that at least the fraction q, in [0,1],
// of the values do not exceed, to within 0.4 %; exactly if it is the smallest,
// the largest or 0. It is NaN if there are no values. It panics if q is not in
// [0,1].
func (s *Quantiles) Quantile(q float64) float64 {
	if !(q >= 0 && q <= 1) {
		panic(fmt.Sprintf("stats: Quantiles.Quantile: want q in [0,1], not %v", q))
	}
	if s.Count == 0 {
		return math.NaN()
	}
	const slack = 1e-9 // so that 0.07 of 100 is 7 and not 8
	rank := int(math.Ceil(float64(s.Count)*q - slack))
	lo, hi := s.around(max(1, rank))
	if lo == hi {
		return lo
	}
	return s.within(2 * lo / (lo + hi) * hi) // whose relative distance to both is the same
}

// Interval returns an interval for the quantile q, in (0,1), of the
// distribution of which the values are independent draws, at a confidence in
// (0,1), by order statistics whose buckets are taken whole. It is open, to 0 or
// to +Inf, and warns, if there are too few values. It panics unless 0 < q < 1
// and 0 < confidence < 1.
//
// Source: as OrderStatistics.
func (s *Quantiles) Interval(q, confidence float64) (Interval, []error) {
	l, u, _ := OrderStatistics(s.Count, q, confidence)
	i := Interval{0, math.Inf(1)}
	if l > 0 {
		lo, _ := s.around(l)
		i.Lo = s.within(lo)
	}
	if u <= s.Count {
		_, hi := s.around(u)
		i.Hi = s.within(hi)
	}
	if l == 0 || u > s.Count {
		return i, []error{fmt.Errorf("%d observations do not enclose the quantile %g at %g %% confidence", s.Count, q, 100*confidence)}
	}
	return i, nil
}

// around returns between what the value of the given rank lies, counted from 1:
// the ends of its bucket; if the value is known exactly, both are the value.
func (s *Quantiles) around(rank int) (lo, hi float64) {
	switch {
	case rank <= s.Zeros:
		return 0, 0
	case rank == 1:
		return s.Min, s.Min
	case rank == s.Count:
		return s.Max, s.Max
	}
	below := s.Zeros
	for i, n := range s.Counts {
		below += int(n)
		if below >= rank {
			return bucketStart(s.First + i), bucketStart(s.First + i + 1)
		}
	}
	panic(fmt.Sprintf("stats: Quantiles: want counts that add up to %d, not %d", s.Count, below))
}

// within returns x, or the smallest or largest value if x is beyond it.
func (s *Quantiles) within(x float64) float64 { return min(max(x, s.Min), s.Max) }
