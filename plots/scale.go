package plots

import (
	"math"
	"strconv"
	"strings"
)

// scale lays numbers from lo to hi along a page, from one place to another.
type scale struct {
	lo, hi   float64 // lo < hi; above 0 if it is logarithmic
	from, to float64
	log      bool
}

// at returns the place of a number; one beyond an end is put at the end.
func (s scale) at(x float64) float64 {
	lo, hi := s.lo, s.hi
	x = min(max(x, lo), hi)
	if s.log {
		x, lo, hi = math.Log(x), math.Log(lo), math.Log(hi)
	}
	return s.from + (x-lo)/(hi-lo)*(s.to-s.from)
}

// tick is a number with its place and what is written there.
type tick struct {
	x    float64
	what string
}

// ticks returns round numbers along the scale, at most so many.
func (s scale) ticks(most int) (list []tick) {
	if s.log {
		return s.decades(most)
	}
	step := niceStep((s.hi - s.lo) / float64(max(most-1, 1)))
	for i := math.Ceil(s.lo/step - 1e-9); i*step <= s.hi+1e-9*step; i++ {
		list = append(list, tick{i * step, plainNumber(i * step)})
	}
	return list
}

// decades returns 1, 2 and 5 times the powers of ten, or fewer of them.
func (s scale) decades(most int) (list []tick) {
	for _, steps := range [][]float64{{1, 2, 5}, {1, 3}, {1}} {
		list = list[:0]
		for e := math.Floor(math.Log10(s.lo)); e <= math.Ceil(math.Log10(s.hi)); e++ {
			for _, m := range steps {
				if x := m * math.Pow(10, e); x >= s.lo*0.999 && x <= s.hi*1.001 {
					list = append(list, tick{x, plainNumber(x)})
				}
			}
		}
		if len(list) <= most {
			return list
		}
	}
	every := (len(list) + most - 1) / most
	var fewer []tick
	for i := 0; i < len(list); i += every {
		fewer = append(fewer, list[i])
	}
	return fewer
}

// niceStep returns 1, 2 or 5 times a power of ten, the least that is no less
// than a number.
func niceStep(x float64) float64 {
	if !(x > 0) {
		return 1
	}
	e := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 5} {
		if m*e >= x*(1-1e-9) {
			return m * e
		}
	}
	return 10 * e
}

// niceAbove returns a round number no less than x.
func niceAbove(x float64) float64 {
	step := niceStep(x / 5)
	return step * math.Ceil(x/step-1e-9)
}

// plainNumber writes a round number.
func plainNumber(x float64) string {
	x = math.Round(x*1e9)/1e9 + 0 // no -0
	s := strconv.FormatFloat(x, 'f', -1, 64)
	if math.Abs(x) >= 1e4 {
		s = grouped(s)
	}
	return strings.Replace(s, "-", "−", 1)
}

// grouped puts narrow spaces between thousands.
func grouped(s string) string {
	whole, rest := s, ""
	for i, c := range s {
		if c == '.' {
			whole, rest = s[:i], s[i:]
			break
		}
	}
	for i := len(whole) - 3; i > 0 && whole[i-1] != '-'; i -= 3 {
		whole = whole[:i] + "\u00a0" + whole[i:]
	}
	return whole + rest
}
