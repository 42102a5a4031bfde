package stats_test

import (
	"fmt"
	"math"

	"oxysim/sim/stats"
)

// A queue of customers, watched from 0 s to 100 s.
func ExampleLevel() {
	queue := stats.NewLevel(0, 0)
	queue.Set(10, 3)  // three come
	queue.Add(30, -2) // two are served
	queue.Add(30, 1)  // one comes in the same second
	queue.Set(70, 0)

	fmt.Println("customer-seconds:", queue.Integral(100))
	fmt.Println("mean:", queue.Mean(100))
	fmt.Println("longest:", queue.Max(100))
	// Output:
	// customer-seconds: 140
	// mean: 1.4
	// longest: 3
}

func ExampleIntervals() {
	var empty stats.Intervals
	empty.Begin(20)
	empty.End(35)
	empty.Begin(90)
	empty.Close(100) // the horizon; it was still empty

	fmt.Printf("%d times, %d s, at most %d s, first at %d s\n", empty.Count, empty.Total, empty.Longest, empty.First)
	// Output:
	// 2 times, 25 s, at most 15 s, first at 20 s
}

func ExampleMeanT() {
	var waits stats.Tally
	for _, minutes := range []float64{4, 7, 13, 16} {
		waits.Add(minutes)
	}
	i := stats.MeanT(waits, 0.95)
	fmt.Printf("%.0f ± %.1f min\n", waits.Mean, i.HalfWidth())
	for _, w := range stats.MeanWarnings(waits) {
		fmt.Println("note:", w)
	}
	// Output:
	// 10 ± 8.7 min
	// note: 4 observations: want at least 30 for the confidence stated
}

// Three shortages in a thousand runs.
func ExampleClopperPearson() {
	show := stats.Wilson(3, 1000, 0.95)
	promise := stats.ClopperPearson(3, 1000, 0.95)
	watched := stats.BernoulliSequence(3, 1000, 0.05)
	fmt.Printf("to show:          %.4f to %.4f\n", show.Lo, show.Hi)
	fmt.Printf("to promise:       %.4f to %.4f\n", promise.Lo, promise.Hi)
	fmt.Printf("after every run:  %.4f to %.4f\n", watched.Lo, watched.Hi)
	// Output:
	// to show:          0.0010 to 0.0088
	// to promise:       0.0006 to 0.0087
	// after every run:  0.0001 to 0.0164
}

// How many runs show, without a single shortage, that the risk is below 1 %?
func ExampleToleranceSize() {
	fmt.Println("fixed beforehand:", stats.ToleranceSize(0.99, 0.95))
	n := 1
	for stats.BernoulliSequence(0, n, 0.05).Hi >= 0.01 {
		n++
	}
	fmt.Println("looking after every run:", n)
	// Output:
	// fixed beforehand: 299
	// looking after every run: 984
}

// Of 200 values, the fifth largest is not below the 95 % quantile, with 95 %
// confidence.
func ExampleToleranceRank() {
	fmt.Println(stats.ToleranceRank(200, 0.95, 0.95), "of", 200)
	// Output:
	// 196 of 200
}

func ExampleRatioTally() {
	var served stats.RatioTally
	for run := range 40 {
		asked := float64(90 + run%3*10)
		served.Add(asked-float64(run%5), asked)
	}
	i, warnings := served.Interval(0.95)
	fmt.Printf("%.4f ± %.4f, %d warnings\n", served.Ratio(), i.HalfWidth(), len(warnings))
	// Output:
	// 0.9799 ± 0.0046, 0 warnings
}

func ExampleQuantiles() {
	var waits stats.Quantiles
	for minute := range 1000 {
		waits.Add(float64(minute))
	}
	i, _ := waits.Interval(0.95, 0.95)
	fmt.Printf("95 %% of waits are below %.0f min (%.0f to %.0f)\n", waits.Quantile(0.95), i.Lo, i.Hi)
	fmt.Println("medians agree:", math.Abs(waits.Quantile(0.5)-499) < 0.004*499)
	// Output:
	// 95 % of waits are below 950 min (932 to 964)
	// medians agree: true
}

// Simulate until the fraction served is known to within one per cent.
func ExampleBettingSequence() {
	fraction := stats.NewBettingSequence(0.05)
	for run := 0; fraction.Interval().HalfWidth() > 0.01; run++ {
		fraction.Add(0.9 + 0.1*float64(run*7%10)/10)
	}
	i := fraction.Interval()
	fmt.Printf("%d runs: %.3f, between %.3f and %.3f\n", fraction.Count(), fraction.Mean(), i.Lo, i.Hi)
	// Output:
	// 488 runs: 0.945, between 0.931 and 0.950
}
