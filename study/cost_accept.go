package study

import (
	"math"
	"slices"

	"oxysim/sim/rng"
)

// Acceptability is how probable it is of each design that it is worth most, for
// what one may be willing to pay.
type Acceptability struct {
	Pay    []float64   // for one averted
	Share  [][]float64 // by what is paid and design
	Ranges bool        // prices were drawn from their ranges, too
	Draws  int
}

// What the probabilities come from: so many resamples of the replications or, if
// they are more than that, of their means in so many groups, which vary as much.
const (
	acceptDraws  = 1000
	acceptGroups = 200
)

// acceptability draws the replications again, with replacement, and each price
// that has a range from a triangular law over it, and counts how often each
// design has the greatest net benefit. So it tells how uncertain the means are,
// by luck and by prices, not how one year differs from another; other numbers of
// the scenario have their values.
//
// Source: van Hout et al., Health Economics 3 (1994) 309; Fenwick et al., Health
// Economics 10 (2001) 779.
func (a *MoneyAnswer) acceptability() *Acceptability {
	c := &Acceptability{Pay: a.willing(), Draws: acceptDraws}
	for range c.Pay {
		c.Share = append(c.Share, make([]float64, len(a.Designs)))
	}
	for _, p := range a.m.prices {
		c.Ranges = c.Ranges || p.lo < p.hi
	}
	groups := a.groups()
	size := a.m.size()
	mean := make([]float64, size)
	prices := make([]float64, len(a.m.prices))
	costs, averts := make([]float64, len(a.Designs)), make([]float64, len(a.Designs))
	pick := make([]int, len(groups[0])/size)
	for draw := range acceptDraws {
		nature := rng.New(1, uint64(draw)) // always the same
		rows, tariff := nature.Stream(rng.NameOf("compare.rows")), nature.Stream(rng.NameOf("compare.prices"))
		for i := range pick {
			pick[i] = min(int(rows.Float64()*float64(len(pick))), len(pick)-1)
		}
		for i, p := range a.m.prices {
			prices[i] = p.at(tariff.Float64())
		}
		for d := range a.Designs {
			clear(mean)
			for _, r := range pick {
				for i, x := range groups[d][r*size : (r+1)*size] {
					mean[i] += x
				}
			}
			for i := range mean {
				mean[i] /= float64(len(pick))
			}
			costs[d], averts[d] = a.m.cost(d, mean, prices, a.Discount), -mean[len(a.m.items)+a.effect]
		}
		for i, pay := range c.Pay {
			best, most := 0, math.Inf(-1)
			for d := range a.Designs {
				if worth := float64(pay*averts[d]) - costs[d]; worth > most {
					best, most = d, worth
				}
			}
			c.Share[i][best] += 1.0 / acceptDraws
		}
	}
	return c
}

// at returns the price below which the triangular law over its range has a
// probability.
func (p amount) at(u float64) float64 {
	width := p.hi - p.lo
	if !(width > 0) {
		return p.x
	}
	if peak := (p.x - p.lo) / width; u < peak {
		return p.lo + math.Sqrt(u*width*(p.x-p.lo))
	}
	return p.hi - math.Sqrt((1-u)*width*(p.hi-p.x))
}

// groups returns what is used by each design, in the replications or, if they
// are many, the means of groups of them.
func (a *MoneyAnswer) groups() [][]float64 {
	if a.t.n <= acceptGroups {
		return a.t.used
	}
	each := a.t.n / acceptGroups
	size := a.m.size()
	list := make([][]float64, len(a.t.used))
	for d, used := range a.t.used {
		list[d] = make([]float64, acceptGroups*size)
		for g := range acceptGroups {
			for r := range each {
				for i := range size {
					list[d][g*size+i] += used[(g*each+r)*size+i] / float64(each)
				}
			}
		}
	}
	return list
}

// willing returns what one may be willing to pay for one averted: nothing, and
// round sums about those that the rungs of the ladder cost; and what the file
// says of a DALY.
func (a *MoneyAnswer) willing() []float64 {
	lo, hi := math.Inf(1), 0.0
	for _, x := range a.Ladder {
		if r := x.Ratio.Mean; r > 0 && !math.IsInf(r, 1) {
			lo, hi = min(lo, r), max(hi, r)
		}
	}
	daly := 0.0
	if p := a.m.file.DALY; p != nil && a.Effects[a.effect].Name == "DALY" {
		daly = p.Amount()
		lo, hi = min(lo, daly), max(hi, daly)
	}
	list := []float64{0}
	if hi > 0 {
		const most = 9
		round := []float64{1, 2, 5}
		if math.Log10(hi/lo) > 2 {
			round = []float64{1}
		}
		for e := math.Floor(math.Log10(lo / 4)); len(list) < most && list[len(list)-1] < 2*hi; e++ {
			for _, r := range round {
				if x := r * math.Pow(10, e); x >= lo/4 {
					list = append(list, x)
				}
			}
		}
	}
	if daly > 0 && !slices.Contains(list, daly) {
		list = append(list, daly)
		slices.Sort(list)
	}
	return list
}
