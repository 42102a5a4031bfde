package study

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/sim/stats"
)

// Dollar is the question what the next dollar is best spent on: each number of
// the scenario that has a price for one more unit, and each of its options, is
// tried alone in the same futures; then the best few together.
type Dollar struct {
	Subject    *Subject
	Metric     model.Metric
	N          int     // replications
	Together   int     // how many of the best are tried together, at most 5
	Confidence float64 // of every interval, in (0,1)
	Currency   string
	items      []spendable
}

// spendable is something that money can be spent on.
type spendable struct {
	name   string // the key with one unit more, or the option
	label  string
	option string  // or ""
	key    string  // of the number, or ""
	step   float64 // that is added to it, in its base unit
	annual float64 // cost in a year, with capital spread over its life
}

// mostTogether is how many investments are tried together: every set of them is
// a design.
const mostTogether = 5

// NewDollar returns the question about a metric, named as for NewWhy.
func NewDollar(s *Subject, hospital, metric string) (*Dollar, error) {
	y := &Why{Subject: s}
	all := s.Metrics()
	if err := y.measure(hospital, metric, all, all); err != nil {
		return nil, err
	}
	d := &Dollar{Subject: s, Metric: y.Metric, N: 200, Together: 4, Confidence: s.File.Run.Confidence.Fraction()}
	if d.Metric.Better == 0 {
		return nil, fmt.Errorf("of %s neither more nor less is better; want another metric", d.Metric.Name)
	}
	if err := d.priced(); err != nil {
		return nil, err
	}
	if len(d.items) == 0 {
		return nil, fmt.Errorf("nothing has a price: want [price.unit.\"hospital.*.buffer\"], or [option.NAME] with capital or running")
	}
	return d, nil
}

// priced finds what has a price.
func (d *Dollar) priced() error {
	s := d.Subject
	foreign := "" // another currency than the first
	currency := func(m ...*quantity.Money) {
		for _, x := range m {
			if x != nil && d.Currency == "" {
				d.Currency = x.Currency()
			} else if x != nil && x.Currency() != d.Currency && foreign == "" {
				foreign = x.Currency()
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.File.Option)) {
		o := s.File.Option[name]
		annual := s.AnnualCost(scenarios.UnitPrice{Capital: o.Capital, Running: o.Running, Life: o.Life})
		if annual <= 0 {
			continue
		}
		currency(o.Capital, o.Running)
		label := o.Label
		if label == "" {
			label = name
		}
		d.items = append(d.items, spendable{name: "option." + name, label: label, option: name, annual: annual})
	}
	for _, key := range s.Tree.Scalars() {
		u, _, ok := s.UnitPrice(key)
		if !ok || s.AnnualCost(u) <= 0 {
			continue
		}
		l, err := NewLever(s, key)
		if err != nil {
			return err
		}
		step, err := s.unitSize(key, u)
		if err != nil {
			return err
		}
		if _, problems := l.At(s, l.Base+step); len(problems) > 0 {
			return problems
		}
		currency(u.Capital, u.Running)
		d.items = append(d.items, spendable{
			name: key, label: fmt.Sprintf("%s %s → %s", key, l.Text(l.Base), l.Text(l.Base+step)), key: key, step: step, annual: s.AnnualCost(u),
		})
	}
	if foreign != "" {
		return fmt.Errorf("want all prices in one currency, not %s and %s", d.Currency, foreign)
	}
	return nil
}

// with returns the scenario with some investments: first options, then one unit
// more of what the numbers are then.
func (d *Dollar) with(items ...spendable) (*Subject, error) {
	s := d.Subject
	for _, x := range items {
		if x.option != "" {
			v, problems := s.Opt(x.option)
			if len(problems) > 0 {
				return nil, problems
			}
			s = v
		}
	}
	for _, x := range items {
		if x.key != "" {
			l, err := NewLever(s, x.key)
			if err != nil {
				return nil, err
			}
			v, problems := l.At(s, l.Base+x.step)
			if len(problems) > 0 {
				return nil, problems
			}
			s = v
		}
	}
	return s, nil
}

// Spent is what an investment brings.
type Spent struct {
	Name    string // dotted
	Label   string
	Annual  float64 // what it costs in a year, in the currency
	Benefit Part    // in a year, in the metric's unit; above 0 is better
	Per1000 Part    // for 1000 of the currency in a year
	Known   bool    // chance does not explain it
}

// Pair is what two investments bring together beyond what each brings alone, on
// average over the others being there or not.
type Pair struct {
	A, B  string // labels
	More  Part   // in a year; below 0 they hinder each other
	Known bool
}

// DollarAnswer ranks investments.
type DollarAnswer struct {
	*Dollar
	Base   Part // the metric, in a year
	Ranked []Spent
	Pairs  []Pair
}

// Answer simulates every investment alone, and the best of them together.
func (d *Dollar) Answer(ctx context.Context, k *Work) (*DollarAnswer, error) {
	designs := []*Subject{d.Subject}
	var names []string
	for _, x := range d.items {
		s, err := d.with(x)
		if err != nil {
			return nil, err
		}
		designs = append(designs, s)
		names = append(names, x.name)
	}
	rows, err := d.simulate(ctx, k, "each investment alone", names, designs)
	if err != nil {
		return nil, err
	}
	a := &DollarAnswer{Dollar: d, Base: d.part(rows, func(row []float64) float64 { return row[0] * d.perYear() })}
	order := make([]int, len(d.items))
	for i, x := range d.items {
		order[i] = i
		benefit := func(row []float64) float64 { return d.gain(row[0] - row[i+1]) }
		s := Spent{Name: x.name, Label: x.label, Annual: x.annual, Benefit: d.part(rows, benefit)}
		s.Per1000 = d.part(rows, func(row []float64) float64 { return benefit(row) * 1000 / x.annual })
		s.Known = s.Benefit.Interval.Lo > 0 || s.Benefit.Interval.Hi < 0
		a.Ranked = append(a.Ranked, s)
	}
	// Those that are known to help come first, then those of which chance explains it.
	slices.SortStableFunc(order, func(x, y int) int {
		if d := a.Ranked[y].standing() - a.Ranked[x].standing(); d != 0 {
			return d
		}
		return sign(a.Ranked[y].Per1000.Mean - a.Ranked[x].Per1000.Mean)
	})
	ranked := make([]Spent, len(order))
	var best []spendable
	for i, at := range order {
		ranked[i] = a.Ranked[at]
		if ranked[i].Benefit.Interval.Lo > 0 && len(best) < min(d.Together, mostTogether) {
			best = append(best, d.items[at])
		}
	}
	a.Ranked = ranked
	return a, d.together(ctx, k, a, best)
}

// standing is 1 if an investment is known to help, -1 if it is known to harm.
func (s *Spent) standing() int {
	switch {
	case !s.Known:
		return 0
	case s.Benefit.Mean > 0:
		return 1
	}
	return -1
}

func sign(x float64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// together tries every set of the best investments, and finds the pairs.
func (d *Dollar) together(ctx context.Context, k *Work, a *DollarAnswer, best []spendable) error {
	if len(best) < 2 {
		return nil
	}
	var designs []*Subject
	var names []string
	for _, x := range best {
		names = append(names, x.name)
	}
	for set := range 1 << len(best) {
		var items []spendable
		for i, x := range best {
			if set>>i&1 == 1 {
				items = append(items, x)
			}
		}
		s, err := d.with(items...)
		if err != nil {
			return err
		}
		designs = append(designs, s)
	}
	rows, err := d.simulate(ctx, k, "sets of the best", names, designs)
	if err != nil {
		return err
	}
	for i := range best {
		for j := range i {
			x, y := 1<<i, 1<<j
			p := Pair{A: best[j].label, B: best[i].label}
			p.More = d.part(rows, func(row []float64) float64 {
				sum, n := 0.0, 0.0
				for set, v := range row {
					if set&(x|y) == 0 {
						sum += d.gain(unrounded(row[set|x]+row[set|y]-row[set|x|y]-v, v+row[set|x]))
						n++
					}
				}
				return sum / n
			})
			p.Known = p.More.Interval.Lo > 0 || p.More.Interval.Hi < 0
			a.Pairs = append(a.Pairs, p)
		}
	}
	slices.SortStableFunc(a.Pairs, func(x, y Pair) int { return sign(math.Abs(y.More.Mean) - math.Abs(x.More.Mean)) })
	return nil
}

// unrounded returns a difference of numbers of a size, or 0 if it is nothing but
// their rounding.
func unrounded(x, size float64) float64 {
	if math.Abs(x) <= 1e-12*math.Abs(size) {
		return 0
	}
	return x
}

// simulate returns the metric of designs, by replication.
func (d *Dollar) simulate(ctx context.Context, k *Work, title string, names []string, designs []*Subject) (rows [][]float64, err error) {
	st := Stage{Name: fmt.Sprintf("next dollar %s %s: %s", d.Metric.Name, title, strings.Join(names, ",")), Title: title, N: d.N, Width: len(designs)}
	newFutures := func() *Futures { return NewFutures(designs, []string{d.Metric.Name}) }
	err = simulate(ctx, k, st, newFutures, func(f *Futures, replication int, row []float64) error {
		for i := range row {
			x, err := f.Run(i, replication)
			if err != nil {
				return err
			}
			row[i] = x[0]
		}
		return nil
	}, func(_ int, row []float64) bool {
		rows = append(rows, slices.Clone(row))
		return true
	})
	return rows, err
}

// part returns the mean of something in all replications, with its t interval.
func (d *Dollar) part(rows [][]float64, of func(row []float64) float64) Part {
	var t stats.Tally
	for _, row := range rows {
		t.Add(of(row))
	}
	if t.Count > 0 && t.Min == t.Max {
		return Part{t.Mean, stats.Interval{Lo: t.Mean, Hi: t.Mean}}
	}
	return Part{t.Mean, stats.MeanT(t, d.Confidence)}
}

// perYear is by what a number of a replication is multiplied: what adds up over
// time counts for a year.
func (d *Dollar) perYear() float64 { return d.Metric.PerYear(d.Subject.Config) }

// gain returns how much better a metric is that is less by a difference.
func (d *Dollar) gain(less float64) float64 {
	if d.Metric.Better == model.More {
		less = -less
	}
	return less * d.perYear()
}
