package study

import (
	"math"
	"strings"
)

// Closed is the exact answer to a plan's question for each value of its lever,
// where there is a closed form.
type Closed struct {
	What string // the form, in words
	at   func(value float64) float64
}

// At returns the exact share of bad replications, or the mean, at a value of the
// lever.
func (c *Closed) At(value float64) float64 { return c.at(value) }

// Closed returns the exact answer, or nil if there is none. There is one where
// nothing but the buffer, the rate of demand and the length of time tells the
// scenario from the exact case that it is of: so its digest says.
func (a *PlanAnswer) Closed() *Closed {
	const buffer = "hospital.clinic.buffer"
	if a.Scale == nil || a.Scale.Key != buffer {
		return nil
	}
	part := a.Goal.Metric[strings.LastIndexByte(a.Goal.Metric, '.')+1:]
	s := a.Subject
	switch {
	case part == "empty" && a.Goal.Form == OfChance && !a.Goal.threshold && s.likeReady("exact-first-stockout"):
		demand, back, days := s.perDay(), 1.0/3, s.Config.Horizon.Days()
		return &Closed{"first passage of a birth–death chain", func(x float64) float64 { return everEmpty(demand, back, int(x), days) }}
	case part == "empty_share" && a.Goal.Form == OfMean && s.likeReady("exact-base-stock"):
		onOrder := 3 * s.perDay()
		return &Closed{"Palm's theorem", func(x float64) float64 { return 1 - poissonBelow(onOrder, int(x)) }}
	case part == "fill_rate" && a.Goal.Form == OfMean && s.likeReady("exact-base-stock"):
		onOrder := 3 * s.perDay()
		return &Closed{"Palm's theorem", func(x float64) float64 { return poissonBelow(onOrder, int(x)) }}
	}
	return nil
}

const closedRate = "hospital.clinic.cylinders.ward.rate"

// perDay returns the rate of demand of the exact cases; the base unit is a second.
func (s *Subject) perDay() float64 {
	x, _ := s.Tree.Scalar(closedRate)
	return 86400 * x.Base()
}

// likeReady reports whether a subject is a ready scenario but for its buffer, its
// rate of demand and its length.
func (s *Subject) likeReady(name string) bool {
	ready, problems := Open(name)
	if len(problems) > 0 {
		return false
	}
	var settings []string
	for _, key := range []string{"hospital.clinic.buffer", closedRate, "run.horizon"} {
		x, ok := s.Tree.Scalar(key)
		if !ok {
			return false
		}
		settings = append(settings, key+"="+x.Write(x.Base()))
	}
	same, problems := ready.Vary(settings...)
	return len(problems) == 0 && same.Digest == s.Digest
}

// everEmpty returns the probability that, of cylinders that are asked for at a
// rate and come back each at another, so many are on order at once some time.
//
// By uniformisation: the chain jumps as often as a Poisson process, and what is
// beyond ten standard deviations of the number of its jumps is left out.
func everEmpty(demand, back float64, all int, days float64) float64 {
	if all <= 0 {
		return 1
	}
	rate := demand + back*float64(all)
	p := make([]float64, all+1) // by how many are on order; the last is where it ends
	p[0] = 1
	mean := rate * days
	sum, most := 0.0, int(mean+10*math.Sqrt(mean)+20)
	for n := 0; n <= most; n++ {
		gamma, _ := math.Lgamma(float64(n + 1))
		sum += math.Exp(float64(n)*math.Log(mean)-mean-gamma) * p[all]
		next := make([]float64, all+1)
		next[all] = p[all]
		for k := range all {
			up, down := demand/rate, back*float64(k)/rate
			next[k+1] += up * p[k]
			next[k] += (1 - up - down) * p[k]
			if k > 0 {
				next[k-1] += down * p[k]
			}
		}
		p = next
	}
	return sum
}

// poissonBelow returns the probability that a Poisson number is less than n.
func poissonBelow(mean float64, n int) (sum float64) {
	for k := range max(n, 0) {
		gamma, _ := math.Lgamma(float64(k + 1))
		sum += math.Exp(float64(k)*math.Log(mean) - mean - gamma)
	}
	return sum
}
