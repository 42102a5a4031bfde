package quantity_test

import (
	"fmt"

	"oxysim/scenarios/quantity"
)

func Example() {
	way := quantity.Must[quantity.Distance]("42 km (40 km – 45 km)")
	lo, hi, _ := way.Bounds()
	fmt.Println(way.Km(), lo, hi)

	_, err := quantity.Parse[quantity.Distance]("42 h")
	fmt.Println(err)
	// Output:
	// 42 40 45
	// want a distance such as "42 km", not a time "42 h"
}

func ExampleSpanLaw() {
	repair := quantity.Must[quantity.SpanLaw]("exponential(3 days (4 h – 30 days))")
	fmt.Println(repair.Law().Mean(), "seconds")
	fmt.Println(repair.Write(3600)) // as if the mean were an hour

	_, err := quantity.Parse[quantity.SpanLaw]("gamma(12h, 0.5)")
	fmt.Println(err)
	// Output:
	// 259200 seconds
	// exponential(1 h)
	// the second argument of gamma: want a coefficient of variation such as "cv 0.5", not "0.5"
}

func ExampleHours() {
	open := quantity.Must[quantity.Hours]("20:00-06:00")
	fmt.Println(open, open.Open(3*3600))
	// Output: 00:00-06:00, 20:00-24:00 true
}
