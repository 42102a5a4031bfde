package report

import (
	"math"
	"strconv"

	"oxysim/sim/stats"
)

// nothing stands for a number that is not known.
const nothing = "–"

// places returns how many decimals a number with an uncertainty supports: as
// many as show two digits of that or, if that would be more than four digits
// of the number, one. It is negative if even whole numbers say too much: -1
// stands for tens.
func places(x, uncertainty float64) int {
	if !(uncertainty > 0) || math.IsInf(uncertainty, 1) {
		return 0
	}
	one := first(uncertainty)
	two := one + 1
	if round(uncertainty, two) >= math.Pow(10, float64(1-one)) { // 0.0997 rounds to 0.10
		one, two = one-1, two-1
	}
	if x != 0 && two > first(x)+3 {
		two = max(one, first(x)+3)
	}
	return min(two, 9)
}

// first returns the decimal place of the first digit of a number: 0 for ones,
// 1 for tenths, -1 for tens.
func first(x float64) int { return -int(math.Floor(math.Log10(math.Abs(x)))) }

// round rounds to a number of decimals, which may be negative.
func round(x float64, places int) float64 {
	shift := math.Pow(10, float64(places))
	return math.Round(x*shift) / shift
}

// fixed writes a number with so many decimals.
func fixed(x float64, places int) string {
	s := strconv.FormatFloat(round(x, places), 'f', max(0, places), 64)
	if s[0] == '-' && round(x, places) == 0 {
		return s[1:]
	}
	return s
}

// Number writes a number with as many digits as its uncertainty supports: all
// of them, up to six, if there is none, and three if it is not known, which is
// to say infinite.
func Number(x, uncertainty float64) string {
	switch {
	case x-x != 0:
		return nothing
	case math.IsInf(uncertainty, 1) || math.IsNaN(uncertainty):
		return Plain(x, 3)
	case uncertainty == 0:
		return Plain(x, 6)
	}
	return fixed(x, places(x, uncertainty))
}

// Plain writes a number with so many significant digits, without an exponent
// and without zeros at its end.
func Plain(x float64, digits int) string {
	if x == 0 || x-x != 0 {
		if x == 0 {
			return "0"
		}
		return nothing
	}
	n := min(digits-1+first(x), 9)
	return strconv.FormatFloat(round(x, n), 'f', -1, 64)
}

// Between writes an interval for a mean, "21.1 – 26.3", times a factor such as
// 100, with as many decimals as the mean has.
func Between(mean float64, in stats.Interval, factor float64) string {
	half := in.HalfWidth() * factor
	switch {
	case math.IsInf(half, 0) || math.IsNaN(half):
		return nothing
	case half == 0:
		return Number(in.Lo*factor, 0) + " – " + Number(in.Hi*factor, 0)
	}
	n := places(mean*factor, half)
	return fixed(in.Lo*factor, n) + " – " + fixed(in.Hi*factor, n)
}

// PlusMinus writes a mean with its half-width, "41.3 ± 5.0", times a factor. An
// interval that is not about its mean, because it ends at 0, is written by its
// ends.
func PlusMinus(mean float64, in stats.Interval, factor float64) string {
	half := in.HalfWidth() * factor
	switch {
	case math.IsInf(half, 0) || math.IsNaN(half):
		return Number(mean*factor, math.Inf(1))
	case half == 0:
		return Number(mean*factor, 0)
	case math.Abs((in.Lo+in.Hi)/2-mean)*factor > half/20:
		return Number(mean*factor, half) + " (" + Between(mean, in, factor) + ")"
	}
	return Number(mean*factor, half) + " ± " + fixed(half, places(mean*factor, half))
}

// exact writes a number for a program, with ten significant digits: beyond
// them, processors differ in the logarithms from which intervals are made.
func exact(x float64) string {
	if x-x != 0 {
		return ""
	}
	return strconv.FormatFloat(x, 'g', 10, 64)
}

// number is a float64 as JSON: as exact writes it, and null if it is infinite
// or not known.
type number float64

// MarshalJSON writes the number.
func (x number) MarshalJSON() ([]byte, error) {
	if s := exact(float64(x)); s != "" {
		return []byte(s), nil
	}
	return []byte("null"), nil
}
