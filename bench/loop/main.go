//go:build unix

// Command loop runs the scenario closed-loop through the whole model, on one
// core, to race against o2_simpy.py, which is the same loop:
//
//	go run ./bench/loop 1000 1
//
// Its arguments are the number of replications and the seed. It prints one
// line of JSON: the fraction of demand lost, events, and replications per
// second of processor time, as the other does.
package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"syscall"
	"time"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/sim/stats"
)

func main() {
	replications, seed := argument(1, 1000), argument(2, 1)
	s, problems := scenarios.Open("closed-loop")
	if err := problems.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	w := model.New(s.Config)
	lost := -1
	for i, m := range w.Metrics() {
		if m.Name == "network.lost_share" {
			lost = i
		}
	}
	w.Run(uint64(seed), 0)
	var tally stats.Tally
	wall, cpu := time.Now(), processorTime()
	for r := range replications {
		tally.Add(w.Run(uint64(seed), r)[lost])
	}
	took := (processorTime() - cpu).Seconds()
	line, err := json.Marshal(map[string]any{
		"engine": "oxysim", "reps": replications, "wall": time.Since(wall).Seconds(), "cpu": took,
		"lost": tally.Mean, "ci95": 1.96 * tally.StdErr(), "reps_per_s": math.Round(float64(replications)/took*10) / 10,
	})
	if err != nil {
		panic(err) // numbers and strings only
	}
	fmt.Println(string(line))
}

// argument returns the i-th argument as a number, or what stands for it.
func argument(i, otherwise int) int {
	if len(os.Args) <= i {
		return otherwise
	}
	n, err := strconv.Atoi(os.Args[i])
	if err != nil || n < 1 {
		fmt.Fprintf(os.Stderr, "loop: want a number of 1 or more, not %q\n", os.Args[i])
		os.Exit(2)
	}
	return n
}

// processorTime returns the time the process has had on processors.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // it cannot fail for one's own process
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
