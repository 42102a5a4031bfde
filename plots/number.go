package plots

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"oxysim/sim/stats"
	"oxysim/study"
)

// percent writes a probability in per cent with as many digits as its interval
// supports, and never says 0 or 100 of what is only near it.
func percent(c study.Probability) string {
	switch c.Count {
	case 0:
		return "0\u00a0%"
	case c.N:
		return "100\u00a0%"
	}
	return percentOf(c.Mean(), c.Interval.HalfWidth())
}

// percentOf writes a share in per cent, with a decimal if it is known to less
// than half a point and small.
func percentOf(x, half float64) string {
	x *= 100
	switch {
	case x > 0 && x < 0.05:
		return "<\u00a00.1\u00a0%"
	case half < 0.005 && x < 10 || x < 1:
		return strconv.FormatFloat(x, 'f', 1, 64) + "\u00a0%"
	}
	return strconv.FormatFloat(math.Round(x), 'f', 0, 64) + "\u00a0%"
}

// limitOf writes the limit of a target, in per cent.
func limitOf(x float64) string { return plainNumber(100*x) + "\u00a0%" }

// amount writes a number with as many digits as its interval supports.
func amount(x float64, in stats.Interval) string {
	half := in.HalfWidth()
	if !(half > 0) || math.IsInf(half, 0) {
		return three(x)
	}
	s := strconv.FormatFloat(x, 'f', min(max(0, -int(math.Floor(math.Log10(half)))), 3), 64)
	if x >= 1e4 {
		return grouped(s)
	}
	return s
}

// three writes a number with up to three digits.
func three(x float64) string {
	if x == 0 || x-x != 0 {
		return "0"
	}
	n := max(0, 2-int(math.Floor(math.Log10(math.Abs(x)))))
	shift := math.Pow(10, float64(min(n, 9)))
	return plainNumber(math.Round(x*shift) / shift)
}

// two writes a number with two digits, for cells.
func two(x float64) string {
	switch {
	case x >= 10:
		return strconv.FormatFloat(x, 'f', 0, 64)
	case x < 0.05:
		return "0"
	}
	return strconv.FormatFloat(x, 'f', 1, 64)
}

// capitalised begins a sentence.
func capitalised(s string) string {
	for i, c := range s {
		return string(upper(c)) + s[i+len(string(c)):]
	}
	return s
}

func upper(c rune) rune {
	if c >= 'a' && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}

// plural writes n things.
func plural(n int, thing string) string {
	if n == 1 {
		return "1\u00a0" + thing
	}
	return plainNumber(float64(n)) + "\u00a0" + thing + "s"
}

// span writes a length of time in days or, if it is short, in hours.
func span(hours float64) string {
	switch {
	case hours < 1:
		return plainNumber(math.Round(60*hours)) + "\u00a0min"
	case hours < 48:
		return plainNumber(math.Round(hours)) + "\u00a0h"
	case hours < 240:
		return strconv.FormatFloat(hours/24, 'f', 1, 64) + "\u00a0days"
	}
	return plainNumber(math.Round(hours/24)) + "\u00a0days"
}

// text writes a value of the scenario for people, on one line: "m3" as m³, and long
// numbers in groups of three digits.
func text(s string) string {
	s = longNumber.ReplaceAllStringFunc(s, func(x string) string {
		first := strings.IndexAny(x, "0123456789")
		return x[:first] + grouped(x[first:])
	})
	return strings.ReplaceAll(cubic.ReplaceAllString(s, "m³"), " ", "\u00a0")
}

var (
	longNumber = regexp.MustCompile(`(^|[^.\d])\d{5,}`) // but no digits behind a point
	cubic      = regexp.MustCompile(`\bm3\b`)
)

// exact writes a number for a program.
func exact(x float64) string {
	if x-x != 0 {
		return ""
	}
	return strconv.FormatFloat(x, 'g', 10, 64)
}
