package rng_test

import (
	"fmt"
	"math"

	"oxysim/sim/rng"
)

// A patient's stay is drawn from the patient's own index, so it is the same whoever
// else comes, and in whatever order they are asked for.
func Example() {
	const seed, replication = 1, 0
	nature := rng.New(seed, replication)
	stays := nature.Stream(rng.NameOf("hospital.rizgary.stay"))
	hours := rng.LogNormal(72, 1)
	for _, patient := range []uint64{2, 0, 1, 2} {
		fmt.Printf("patient %d stays %.1f h\n", patient, hours.At(stays, patient))
	}
	// Output:
	// patient 2 stays 12.1 h
	// patient 0 stays 67.4 h
	// patient 1 stays 57.5 h
	// patient 2 stays 12.1 h
}

// Replications are independent, and so are seeds.
func ExampleNew() {
	failures := rng.NameOf("plant.erbil.failure")
	law := rng.Exponential(90) // days
	for seed := range uint64(2) {
		for replication := range uint64(3) {
			s := rng.New(seed, replication).Stream(failures)
			fmt.Printf("seed %d, replication %d: fails after %3.0f days\n", seed, replication, law.Draw(&s))
		}
	}
	// Output:
	// seed 0, replication 0: fails after  62 days
	// seed 0, replication 1: fails after  14 days
	// seed 0, replication 2: fails after 151 days
	// seed 1, replication 0: fails after  20 days
	// seed 1, replication 1: fails after 203 days
	// seed 1, replication 2: fails after  45 days
}

// A draw moves the stream on by one, whatever the law. What was drawn from a copy is
// not gone from the original.
func ExampleLaw_Draw() {
	s := rng.New(1, 0).Stream(rng.NameOf("truck.3.trip"))
	copied := s
	orders := rng.Compound(rng.Poisson(2), rng.Exponential(10))
	travel := rng.Triangular(20, 30, 90)
	fmt.Printf("%.1f\n", orders.Draw(&s))
	fmt.Printf("%.1f\n", travel.Draw(&s))
	fmt.Printf("%.1f\n", orders.Draw(&copied))
	fmt.Println(s.Index(), copied.Index())
	// Output:
	// 31.9
	// 35.4
	// 31.9
	// 2 1
}

// Roads are drawn by hour, in no order. An hour that needs several numbers has a stream
// of its own.
func ExampleStream_Sub() {
	road := rng.New(1, 0).Stream(rng.NameOf("road.north.weather"))
	rain := rng.Gamma(4, 0.8) // mm
	for _, hour := range []uint64{17, 3} {
		s := road.Sub(hour)
		closed := s.Float64() < 0.1
		fmt.Printf("hour %2d: closed %v, rain %.1f mm\n", hour, closed, rain.Draw(&s))
	}
	// Output:
	// hour 17: closed false, rain 2.1 mm
	// hour  3: closed false, rain 0.4 mm
}

// A median and a percentile, as people in the field give them.
func ExampleLogNormalQuantile() {
	delay := rng.LogNormalQuantile(5, 0.95, 45) // minutes
	fmt.Println(delay)
	fmt.Printf("mean %.1f, cv %.2f\n", delay.Mean(), delay.CV())
	fmt.Printf("median %.1f, 95th percentile %.1f\n", delay.Quantile(0.5), delay.Quantile(0.95))
	// Output:
	// lognormal(median 5, p95 45)
	// mean 12.2, cv 2.23
	// median 5.0, 95th percentile 45.0
}

// Scale changes the unit, here from minutes to seconds.
func ExampleLaw_Scale() {
	minutes := rng.LogNormal(25, 0.3)
	seconds := minutes.Scale(60)
	fmt.Println(minutes)
	fmt.Println(seconds)
	s := rng.New(1, 0).Stream(rng.NameOf("road.north.delay"))
	fmt.Println(math.Round(60*minutes.At(s, 0)) == math.Round(seconds.At(s, 0)))
	// Output:
	// lognormal(25, cv 0.3)
	// lognormal(1500, cv 0.3)
	// true
}

// What a user wrote goes through a check, which answers in words.
func ExampleCheckGamma() {
	fmt.Println(rng.CheckGamma(-3, 0.5))
	fmt.Println(rng.CheckGamma(3, 0.5))
	// Output:
	// want a mean above 0, not -3
	// <nil>
}
