package report

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

// Rounded numbers add up to the rounded total, each is off by less than a unit,
// and what is 0 stays 0, whatever their signs.
func TestRoundedSharesAddUp(t *testing.T) {
	g := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		x := make([]float64, 1+g.IntN(9))
		total := 0.0
		for i := range x {
			if g.IntN(4) > 0 {
				x[i] = g.NormFloat64() * math.Pow(10, float64(g.IntN(4)))
			}
			total += x[i]
		}
		places := g.IntN(4)
		list, whole := apportion(x, total, places)
		unit, sum := math.Pow(10, float64(places)), 0
		for i := range list {
			// What is summed is what is printed.
			printed, err := strconv.ParseFloat(fixed(list[i], places), 64)
			if err != nil {
				t.Fatal(err)
			}
			sum += int(math.Round(printed * unit))
			if x[i] == 0 && list[i] != 0 || math.Abs(list[i]-x[i])*unit > 1+1e-9 {
				t.Errorf("%v of %v, with %d places, became %v", x[i], x, places, list[i])
			}
		}
		if sum != int(math.Round(whole*unit)) || math.Abs(whole-total)*unit > 0.5+1e-9 {
			t.Errorf("%v with %d places became %v, which is %v units, and the total %v", x, places, list, sum, whole)
		}
	}
}

// A half-width is never written narrower than it is.
func TestHalfWidthsAreRoundedUp(t *testing.T) {
	for _, c := range []struct {
		half   float64
		places int
		want   string
	}{{4.21, 0, "± 5"}, {4, 0, "± 4"}, {0.123, 2, "± 0.13"}, {0, 1, ""}, {math.Inf(1), 1, "± –"}} {
		if got := within(c.half, c.places); got != c.want {
			t.Errorf("%v: got %q, want %q", c.half, got, c.want)
		}
	}
}
