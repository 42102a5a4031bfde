package stats_test

import (
	"fmt"

	"oxysim/sim/stats"
)

// Three queues meet the same customers; the third has one server more.
func ExampleKimNelson() {
	waits := stats.NewKimNelson(3, 20, 0.05, 1) // a minute more or less does not matter
	for day := 0; !waits.Done(); day++ {
		rush := float64(day * 7 % 11)
		waits.Add([]float64{20 + rush, 21 + rush - float64(day%3), 14 + rush/2 + float64(day%2)})
	}
	fmt.Println("lowest:", waits.Best(), "after", waits.Count(), "days; too close to call:", waits.TooClose())
	// Output:
	// lowest: 2 after 20 days; too close to call: []
}

// A shop is out of stock 10 days a year when deliveries fail, 3 when customers
// surge, 25 when both happen, and 0 otherwise. The weather changes nothing.
func ExampleShapleyShares() {
	const deliveries, surges, weather = 1 << 0, 1 << 1, 1 << 2
	days := make([]float64, 8)
	for _, w := range []int{0, weather} {
		days[deliveries|w] = 10
		days[surges|w] = 3
		days[deliveries|surges|w] = 25
	}
	fmt.Println(stats.ShapleyShares(days))
	// Output:
	// [16 9 0]
}

// Of 1000 customers, 30 waited with the first queue only, 12 with the second only.
func ExampleTango() {
	i := stats.Tango(30, 12, 1000, 0.95)
	fmt.Printf("%.3f less wait with the second queue (%.3f to %.3f)\n", 0.018, i.Lo, i.Hi)
	fmt.Println("shown to differ:", !stats.McNemar(30, 12, 0.95).Contains(0.5))
	// Output:
	// 0.018 less wait with the second queue (0.006 to 0.032)
	// shown to differ: true
}

// A price is believed to be 100 better with the new design, give or take 200.
func ExampleEVSINormal() {
	fmt.Printf("to know it exactly is worth %.1f, fifty observations %.1f\n",
		stats.EVPINormal(100, 200), stats.EVSINormal(100, 200, 1000, 50))
	// Output:
	// to know it exactly is worth 39.6, fifty observations 27.0
}
