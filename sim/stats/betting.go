package stats

import (
	"fmt"
	"math"
)

// bettingGrid is the number of steps between the means that are bet against.
// Near 0 and 1 the steps are 3e-6, in the middle 0.0015.
const bettingGrid = 1000

// bettingLimit is the part of a capital that may be lost in one bet.
const bettingLimit = 0.5

// BettingSequence is a confidence sequence for the mean of independent values
// in [0,1], such as the fraction served in each run, of any distribution.
// Against each of a grid of means two gamblers bet, one that the truth is above
// it and one that it is below; a mean whose gambler has become rich is
// impossible from then on. Its size is fixed, 24 kB.
//
// Source: the hedged capital process of Waudby-Smith & Ramdas, Journal of the
// Royal Statistical Society B 86 (2024) 1, with c = theta = 1/2 and running
// intersection.
type BettingSequence struct {
	alpha float64
	count int
	sum   float64 // of the values, and of 1/2 before them
	sumSq float64 // of the values' squared deviations from the mean so far, and of 1/4 before them
	grid  [bettingGrid + 1]bet
	lo    int // the highest mean that is known to be too low, or 0
	hi    int // the lowest mean that is known to be too high, or the last
}

// bet is a mean and what those who bet against it own. It starts with 1.
type bet struct {
	mean  float64
	above float64 // of who bets that the truth is above the mean
	below float64 // of who bets that the truth is below the mean
}

// NewBettingSequence returns a confidence sequence none of whose intervals
// misses, with at least the probability 1-alpha, in (0,1). It panics unless
// 0 < alpha < 1.
func NewBettingSequence(alpha float64) *BettingSequence {
	wantOpen("NewBettingSequence", "alpha", alpha)
	b := &BettingSequence{alpha: alpha, sum: 0.5, sumSq: 0.25, hi: bettingGrid}
	for i := range b.grid {
		u := float64(i) / bettingGrid
		b.grid[i] = bet{mean: float64(u*u) * (3 - float64(2*u)), above: 1, below: 1}
	}
	return b
}

// Add counts the value x. It takes some µs, fewer as the interval shrinks. It
// panics if x is not in [0,1].
func (b *BettingSequence) Add(x float64) {
	if !(x >= 0 && x <= 1) {
		panic(fmt.Sprintf("stats: BettingSequence.Add: want a value in [0,1], not %v", x))
	}
	// The stake follows from the values before x: that makes the bets fair.
	t := float64(b.count + 1)
	stake := math.Sqrt(2 * math.Log(2/b.alpha) / (b.sumSq * math.Log1p(t)))
	b.count++
	b.sum += x
	d := x - b.sum/(t+1)
	b.sumSq += float64(d * d)

	for i := b.lo + 1; i < b.hi; i++ {
		g := &b.grid[i]
		d := x - g.mean
		g.above *= 1 + float64(min(stake, bettingLimit/g.mean)*d)
		g.below *= 1 - float64(min(stake, bettingLimit/(1-g.mean))*d)
	}
	// What is bet above falls with the mean, what is bet below rises: the
	// means that are left are neighbours. One cell of the grid is always left.
	rich := 2 / b.alpha
	for b.lo+1 < b.hi && b.grid[b.lo+1].above >= rich {
		b.lo++
	}
	for b.hi-1 > b.lo && b.grid[b.hi-1].below >= rich {
		b.hi--
	}
}

// Count returns the number of values.
func (b *BettingSequence) Count() int { return b.count }

// Mean returns the mean of the values; 0 if there are none.
func (b *BettingSequence) Mean() float64 {
	if b.count == 0 {
		return 0
	}
	return (b.sum - 0.5) / float64(b.count)
}

// Interval returns the interval for the mean after the values so far, within
// all those before it. Its ends are rounded outward to the grid.
func (b *BettingSequence) Interval() Interval {
	return Interval{b.grid[b.lo].mean, b.grid[b.hi].mean}
}
