package study

import "oxysim/sim/stats"

// Standing is the place of a design on the frontier of cost against risk.
type Standing int

// Standings.
const (
	Unsettled Standing = iota // intervals overlap: another may be no dearer and no riskier
	Certified                 // every other is dearer or riskier
	Dominated                 // another is no dearer and no riskier, and better in one of them
)

// String returns the standing in a word.
func (s Standing) String() string { return [...]string{"undecided", "certified", "dominated"}[s] }

// CostRisk is what is known of the cost and the risk of a design; less is better
// of both. A cost that is known is an interval without width.
type CostRisk struct{ Cost, Risk stats.Interval }

// Frontier tells designs that are certainly on the frontier of cost against
// risk from those that certainly are not. If all intervals hold together with
// some confidence, so do all standings.
//
// Source: Lee, Chew, Teng & Goldsman, IIE Transactions 42 (2010) 656, with
// intervals in the place of estimates.
func Frontier(designs []CostRisk) []Standing {
	less := func(x, y stats.Interval) stats.Interval { return stats.Interval{Lo: x.Lo - y.Hi, Hi: x.Hi - y.Lo} }
	return FrontierOf(len(designs), func(i, l int) CostRisk {
		return CostRisk{less(designs[i].Cost, designs[l].Cost), less(designs[i].Risk, designs[l].Risk)}
	})
}

// FrontierOf is Frontier of n designs of which differences are known: that of i
// less that of l. In the same futures they are known better than the designs.
func FrontierOf(n int, difference func(i, l int) CostRisk) []Standing {
	list := make([]Standing, n)
	for i := range list {
		list[i] = Certified
		for l := range n {
			if l == i {
				continue
			}
			d := difference(l, i)
			if d.Cost.Hi <= 0 && d.Risk.Hi <= 0 && (d.Cost.Hi < 0 || d.Risk.Hi < 0) {
				list[i] = Dominated
				break
			}
			if d.Cost.Lo <= 0 && d.Risk.Lo <= 0 && (d.Cost.Lo < 0 || d.Risk.Lo < 0) {
				list[i] = Unsettled // it may be that l is no dearer and no riskier
			}
		}
	}
	return list
}
