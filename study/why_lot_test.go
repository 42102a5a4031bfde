package study

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"oxysim/scenarios"
	"oxysim/sim/stats"
)

// Orders drawn by lot share out as all orders do, on average: over every order
// and its reverse the mean is Shapley's amount, and what is necessary and
// sufficient is the same in each.
func TestLotsAreFairOnAverage(t *testing.T) {
	const q = 6
	r := rand.New(rand.NewPCG(1, 2))
	game := make([]float64, 1<<q)
	for set := range game {
		game[set] = r.NormFloat64()
	}
	want := make([]float64, q)
	stats.Shapley(want, game)
	mean, n := make([]float64, q), 0
	row := sampled{make([]float64, sampledWidth(q)), q}
	for order := range ordersOf(q) {
		back := slices.Clone(order)
		slices.Reverse(back)
		shareByLot(row, [][]int{order, back}, func(set int) float64 { return game[set] })
		var sum float64
		for c, x := range row.phi() {
			mean[c] += x
			sum += x
			if row.needs()[c] != stats.ShapleyNecessary(game, c) || row.sures()[c] != stats.ShapleySufficient(game, c) {
				t.Fatalf("order %v, cause %d: necessary %v and sufficient %v", order, c, row.needs()[c], row.sures()[c])
			}
		}
		if total := game[len(game)-1] - game[0]; math.Abs(sum-total) > 1e-13 { // rounding
			t.Fatalf("order %v: amounts add up to %v, want %v", order, sum, total)
		}
		n++
	}
	for c := range mean {
		if got := mean[c] / float64(n); math.Abs(got-want[c]) > 1e-12 { // rounding of 720 sums
			t.Errorf("cause %d: got %v, want %v", c, got, want[c])
		}
	}
}

// ordersOf returns all orders of 0 … q-1.
func ordersOf(q int) func(yield func([]int) bool) {
	return func(yield func([]int) bool) {
		order := make([]int, 0, q)
		var add func() bool
		add = func() bool {
			if len(order) == q {
				return yield(order)
			}
			for c := range q {
				if slices.Contains(order, c) {
					continue
				}
				order = append(order, c)
				if !add() {
					return false
				}
				order = order[:len(order)-1]
			}
			return true
		}
		add()
	}
}

// As many designs are counted as are met, whatever the orders.
func TestDesignsAreCounted(t *testing.T) {
	for q := mostExact + 1; q <= 8; q++ {
		y := &Why{Causes: scenarios.Causes()[:q]}
		for seed := range uint64(50) {
			met := map[int]bool{1<<q - 1: true, 0: true}
			for c := range q {
				met[1<<c], met[(1<<q-1)&^(1<<c)] = true, true
			}
			for _, order := range stats.AntitheticOrders(q, 1, seed) {
				for _, set := range prefixes(order) {
					met[set] = true
				}
			}
			if len(met) != y.Designs() {
				t.Errorf("%d causes: got %d designs, want %d", q, y.Designs(), len(met))
			}
		}
	}
}
