package study

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/sim/stats"
)

// Worth is what one unit of a metric is worth, in money.
type Worth struct {
	Amount   float64 // of money, for one unit less, or more if more is better
	Currency string
	Metric   string
}

// ParseWorth reads "50 USD per stockout_hours".
func ParseWorth(text string) (Worth, error) {
	money, metric, ok := strings.Cut(text, " per ")
	m, err := quantity.Parse[quantity.Money](money)
	switch {
	case !ok || strings.TrimSpace(metric) == "" || err != nil:
		return Worth{}, fmt.Errorf("want what one unit of a metric is worth, such as \"50 USD per network.stockout_hours\", not %q", text)
	case !(m.Amount() > 0):
		return Worth{}, fmt.Errorf("want an amount above 0, not %q", strings.TrimSpace(money))
	}
	return Worth{m.Amount(), m.Currency(), strings.TrimSpace(metric)}, nil
}

// Information asks what it would be worth to know a parameter before choosing
// between options: how much better than now one would choose, on average over
// what it may turn out to be.
type Information struct {
	Ignorance
	Options []string // between which is chosen, beside the scenario as it is
	Worth   *Worth   // nil to count in the unit of the metric, and no costs
	Points  int      // parameter vectors
	N       int      // futures of each

	Warnings []error // what the reader of costs must be told

	designs []*Subject // the scenario as it is, and with each option
	costs   []float64  // of these, per year; that of the first is 0
}

// NewInformation returns the question. All options of the file are taken if
// none are named. The error says what is wrong with it.
func NewInformation(q Ignorance, options []string, worth *Worth, points, n int) (*Information, error) {
	p := &Information{Ignorance: q, Options: options, Worth: worth, Points: points, N: n}
	if len(options) == 0 {
		p.Options = slices.Sorted(maps.Keys(q.Subject.File.Option))
	}
	switch {
	case len(p.Options) == 0:
		return nil, fmt.Errorf("want options to choose between: knowing more is worth something only if another is chosen; write [option.NAME] with what it changes")
	case q.Gauge.Kind.Better == model.Neither:
		return nil, fmt.Errorf("want a metric of which less or more is better, not %q", q.Gauge.Name)
	case points < 32:
		return nil, fmt.Errorf("want 32 points or more, not %d", points)
	case n < 2 || n%2 == 1:
		return nil, fmt.Errorf("want an even number of replications, for two halves, not %d", n)
	}
	designs := []*Option{{Design: Design{Name: "base", Subject: q.Subject}}}
	for _, name := range p.Options {
		o, problems := q.Subject.Opt(name)
		if len(problems) > 0 {
			return nil, problems
		}
		designs = append(designs, &Option{Design: Design{Name: name, Subject: o}, Parts: []string{name}})
	}
	return p, p.spend(designs)
}

// spend finds what the options cost: what is bought for them. What is used, such
// as diesel, is left out.
func (p *Information) spend(designs []*Option) error {
	p.costs = make([]float64, len(designs))
	for _, o := range designs {
		p.designs = append(p.designs, o.Subject)
	}
	if p.Worth == nil {
		return nil
	}
	m, problems := newMoney(designs)
	switch {
	case len(problems) > 0:
		return problems
	case m == nil:
		return nil
	case m.currency != p.Worth.Currency:
		return fmt.Errorf("the prices of the scenario are in %s, and --worth is in %s: want one currency", m.currency, p.Worth.Currency)
	}
	prices := make([]float64, len(m.prices))
	for i, x := range m.prices {
		prices[i] = x.x
	}
	for d := range designs {
		p.costs[d] = m.fixed(d, prices, p.Subject.discount())
	}
	p.Warnings = m.notes
	return nil
}

// Unit returns the unit of net benefits.
func (p *Information) Unit() string {
	if p.Worth != nil {
		return p.Worth.Currency + "/year"
	}
	return p.Gauge.Kind.Unit
}

// benefit returns the net benefit of a design whose metric is x: more is better.
func (p *Information) benefit(design int, x float64) float64 {
	if p.Gauge.Kind.Better == model.Less {
		x = -x
	}
	if p.Worth == nil {
		return x
	}
	return float64(x*p.Worth.Amount)*p.Gauge.Kind.PerYear(p.Subject.Config) - p.costs[design]
}

// OptionValue is an option among which is chosen.
type OptionValue struct {
	Option  string  // "" for the scenario as it is
	Cost    float64 // per year
	Benefit Reading // net, over what is not known
	Best    float64 // share of the parameter vectors for which it is the best, or as good as any
	Alone   float64 // share of those for which no other is as good
	Behind  Shift   // net benefit above that of the one that is best on what is known now: none, of that one
}

// InformationRow is a parameter in the answer.
type InformationRow struct {
	Unknown Unknown
	Value   stats.VOI
	Nothing bool // no value is shown: the interval has 0 in it, or says too little
}

// InformationAnswer says what knowing is worth.
type InformationAnswer struct {
	*Information
	Choices []OptionValue // the scenario as it is, and the options
	Now     int           // of Choices: the best on what is known now
	Even    float64       // share of the parameter vectors for which several are as good as any
	Perfect stats.VOI
	Rows    []InformationRow // the most valuable first
}

// Most returns the place of the option that is better than all others most often,
// the first of several. Where nothing runs out, all are equally good, and none of
// them is praised for that.
func (a *InformationAnswer) Most() int {
	most := 0
	for d := range a.Choices {
		if a.Choices[d].Alone > a.Choices[most].Alone {
			most = d
		}
	}
	return most
}

// Answer simulates every option with each parameter vector. The options of a
// vector meet the same futures, and each vector its own: what luck gives to all
// would be the same in every row, and no interval over rows would see it.
func (p *Information) Answer(ctx context.Context, k *Work) (*InformationAnswer, error) {
	if problems := p.possible(); len(problems) > 0 {
		return nil, problems
	}
	changes := ""
	for i, name := range p.Options {
		changes += fmt.Sprintf(" %s %.12s", name, p.designs[i+1].Digest)
	}
	designs := p.designs
	vectors := p.vectors(p.Points)
	d := len(designs)
	r := replay{
		name:  p.name(fmt.Sprintf("evppi, %d vectors, options%s", p.Points, changes)),
		title: inBlocks, gauges: []Gauge{p.Gauge}, seed: p.Subject.Seed, n: p.N, apart: d, world: p.world,
		design: func(j int) (*Subject, scenarios.Problems) { return p.at(designs[j%d], vectors[j/d]) },
	}
	nb, half1, half2 := zeroRows(p.Points, d), zeroRows(p.Points, d), zeroRows(p.Points, d)
	err := r.run(ctx, k, 0, p.Points*d, func(j int, y [][]float64) {
		at, of := j/d, j%d
		half1[at][of] = p.benefit(of, averageOf(y[0][:p.N/2]))
		half2[at][of] = p.benefit(of, averageOf(y[0][p.N/2:]))
		nb[at][of] = p.benefit(of, averageOf(y[0]))
	})
	if err != nil {
		return nil, err
	}
	return p.answer(vectors, nb, half1, half2), nil
}

// zeroRows returns rows of zeros.
func zeroRows(rows, columns int) [][]float64 {
	t := make([][]float64, rows)
	for i := range t {
		t[i] = make([]float64, columns)
	}
	return t
}

// answer returns what net benefits tell, by parameter vector and option.
func (p *Information) answer(vectors, nb, half1, half2 [][]float64) *InformationAnswer {
	a := &InformationAnswer{Information: p, Perfect: stats.EVPISplit(half1, half2, p.Confidence)}
	for d := range p.costs {
		c := OptionValue{Cost: p.costs[d]}
		if d > 0 {
			c.Option = p.Options[d-1]
		}
		var t stats.Tally
		best, alone := 0, 0
		for _, row := range nb {
			t.Add(row[d])
			if row[d] != slices.Max(row) {
				continue
			}
			best++
			if !slices.Contains(row[:d], row[d]) && !slices.Contains(row[d+1:], row[d]) {
				alone++
			}
		}
		c.Best, c.Alone = float64(best)/float64(len(nb)), float64(alone)/float64(len(nb))
		c.Benefit = Reading{Mean: t.Mean, Interval: stats.MeanT(t, p.Confidence), Method: student, N: t.Count}
		a.Choices = append(a.Choices, c)
		if c.Benefit.Mean > a.Choices[a.Now].Benefit.Mean {
			a.Now = d
		}
	}
	a.Even = 1
	for d := range a.Choices {
		a.Even -= a.Choices[d].Alone
		var t stats.Tally
		same := true
		for _, row := range nb {
			t.Add(row[d] - row[a.Now])
			same = same && row[d] == row[a.Now]
		}
		in := stats.MeanT(t, p.Confidence)
		a.Choices[d].Behind = Shift{Reading: Reading{Mean: t.Mean, Interval: in, Method: student, N: t.Count}, Same: same, Chance: in.Contains(0)}
	}
	x := make([]float64, len(vectors))
	for i, u := range p.Unknowns {
		for j := range vectors {
			x[j] = vectors[j][i]
		}
		v := stats.EVPPI(x, nb, p.Confidence)
		a.Rows = append(a.Rows, InformationRow{u, v, !(v.Interval.Lo > 0) || len(v.Warnings) > 0})
	}
	slices.SortStableFunc(a.Rows, func(x, y InformationRow) int {
		switch {
		case x.Value.Estimate > y.Value.Estimate:
			return -1
		case x.Value.Estimate < y.Value.Estimate:
			return 1
		}
		return 0
	})
	return a
}
