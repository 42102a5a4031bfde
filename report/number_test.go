package report

import (
	"math"
	"testing"

	"oxysim/sim/stats"
)

func TestNoMoreDigitsThanTheIntervalSupports(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		x, half float64
		want    string
	}{
		{23.637, 2.6, "23.6"},
		{41.3, 5.0, "41.3"},
		{5.949, 0.35, "5.95"},
		{1234.5, 12, "1235"},
		{61234, 1234, "61200"},
		{0.99612, 0.0997, "1.00"}, // 0.0997 is 0.10
		{0.5, 0.00123, "0.5000"},
		{2.28204, 0.0036, "2.282"}, // four digits, and one of the uncertainty
		{58.4423, 0.060, "58.44"},
		{61234.56, 0.5, "61234.6"}, // at least one digit of the uncertainty
		{-0.0001, 0.1, "0.00"},
		{12.5, 0, "12.5"},
		{1.0 / 3, 0, "0.333333"},
		{1234.567, inf, "1230"},
		{0.00123456, inf, "0.00123"},
		{0, inf, "0"},
		{math.NaN(), 1, "–"},
		{inf, 1, "–"},
	} {
		if got := Number(c.x, c.half); got != c.want {
			t.Errorf("Number(%v, %v): got %q, want %q", c.x, c.half, got, c.want)
		}
	}
}

func TestIntervalsInWords(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		mean   float64
		in     stats.Interval
		factor float64
		want   string
		ends   string
	}{
		{0.236, stats.Interval{Lo: 0.211, Hi: 0.263}, 100, "23.6 ± 2.6", "21.1 – 26.3"},
		{41.3, stats.Interval{Lo: 36.3, Hi: 46.3}, 1, "41.3 ± 5.0", "36.3 – 46.3"},
		{0.2, stats.Interval{Lo: 0, Hi: 0.9}, 1, "0.20 (0.00 – 0.90)", "0.00 – 0.90"},
		{7, stats.Interval{Lo: 7, Hi: 7}, 1, "7", "7 – 7"},
		{7, stats.Interval{Lo: -inf, Hi: inf}, 1, "7", "–"},
	} {
		if got := PlusMinus(c.mean, c.in, c.factor); got != c.want {
			t.Errorf("PlusMinus(%v, %v): got %q, want %q", c.mean, c.in, got, c.want)
		}
		if got := Between(c.mean, c.in, c.factor); got != c.ends {
			t.Errorf("Between(%v): got %q, want %q", c.in, got, c.ends)
		}
	}
}
