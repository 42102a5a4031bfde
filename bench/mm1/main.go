// Command mm1 simulates a single-server queue, to race against mm1_simpy.py:
//
//	go run ./bench/mm1 1000000
//
// It prints one line of JSON: customers, seconds of wall clock, and the mean
// time in the system, whose exact value is 10.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"time"
)

func main() {
	customers := 1_000_000
	if len(os.Args) > 1 {
		n, err := strconv.Atoi(os.Args[1])
		if err != nil || n < 1 {
			fmt.Fprintf(os.Stderr, "mm1: want a number of customers, not %q\n", os.Args[1])
			os.Exit(2)
		}
		customers = n
	}
	q := newQueue(0.9, 1)
	began := time.Now()
	w := q.run(1, 0, customers)
	took := time.Since(began).Seconds()
	line, err := json.Marshal(map[string]any{
		"engine": "oxysim", "n": customers, "wall": took, "W": w, "ns_per_customer": took / float64(customers) * 1e9,
	})
	if err != nil {
		panic(err) // numbers and strings only
	}
	fmt.Println(string(line))
}
