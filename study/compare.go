package study

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/scenarios"
)

// Compare is the question which of several designs is best, by how much they
// differ from the first of them, the base, and which is the cheapest that meets
// the target. All meet the same futures.
type Compare struct {
	Designs      []*Option // the base first
	Most         int       // replications, at most
	Fixed        bool      // all of them, though the answer may be settled earlier
	By           string    // metric by whose mean the best is chosen
	Indifference float64   // difference of that mean that nobody cares about, in its unit; 0 for a twentieth of the base's
	Confidence   float64   // of each answer, in (0,1)
	Target       Target    // the base's, which all are held against

	by      model.Metric
	shown   []model.Metric // metrics that are compared
	judged  [][]int        // places in what is read of a design of the metrics that the target judges
	reads   [][]string     // metrics that are read, by design: those that are compared, in their order, and others
	from    []int          // where the numbers of each design begin in a row
	width   int
	money   *money // what things cost; nil if nothing has a price
	subject *Subject
}

// Option is a design that is compared with others: a scenario as it is, with
// what an option of its file changes, or of another file.
type Option struct {
	Design
	Label   string
	Parts   []string    // options of the base's file that are laid over it; none if it is the base or of another file
	Changes []KeyChange // from the base
}

// MostCompared is how many designs can be compared.
const MostCompared = 40

// errAlone says that there is nothing to compare with.
var errAlone = errors.New("want two designs or more to compare")

// NewCompare returns the question about designs, of which the first is the base.
// The metric by which the best is chosen is that of the target if by is empty,
// or that of the network that is nearest to it. The error is a
// scenarios.Problems if it is a scenario's.
func NewCompare(designs []*Option, most int, by string, indifference float64) (*Compare, error) {
	switch {
	case len(designs) < 2:
		return nil, errAlone
	case len(designs) > MostCompared:
		return nil, fmt.Errorf("want at most %d designs, not %d", MostCompared, len(designs))
	case indifference < 0 || indifference-indifference != 0:
		return nil, fmt.Errorf("want an indifference above 0, not %v", indifference)
	}
	base := designs[0].Subject
	c := &Compare{
		Designs: designs, Most: most, By: by, Indifference: indifference,
		Confidence: base.File.Run.Confidence.Fraction(), subject: base,
	}
	metrics := make([][]model.Metric, len(designs))
	for d, o := range designs {
		metrics[d] = o.Metrics()
	}
	common := inAll(metrics)
	var problems scenarios.Problems
	if c.Target, problems = NewTarget(base, metrics[0]); len(problems) > 0 {
		return nil, problems
	}
	if err := c.chooseBy(common); err != nil {
		return nil, err
	}
	c.shown = c.mainMetrics(common)
	for d, o := range designs {
		list := namesIn(c.shown)
		target, problems := o.heldAgainst(base, metrics[d])
		if len(problems) > 0 {
			return nil, problems
		}
		var judged []int
		for _, i := range target.judged {
			judged = append(judged, want(&list, metrics[d][i].Name))
		}
		c.judged = append(c.judged, judged)
		for _, m := range metrics[d] {
			if isResource(m.Name) {
				want(&list, m.Name)
			}
		}
		c.reads = append(c.reads, list)
		c.from = append(c.from, c.width)
		c.width += len(list)
	}
	c.money, problems = newMoney(designs)
	if len(problems) > 0 {
		return nil, problems
	}
	if c.money != nil {
		c.money.begin(c)
	}
	return c, nil
}

// heldAgainst returns the target of the base, for a design.
func (o *Option) heldAgainst(base *Subject, metrics []model.Metric) (Target, scenarios.Problems) {
	s := *o.Subject
	sc, file := *s.Scenario, *s.File
	file.Target = base.File.Target
	sc.File = &file
	s.Scenario = &sc
	return NewTarget(&s, metrics)
}

// want returns the place of a name in a list, to which it is added if need be.
func want(list *[]string, name string) int {
	if i := slices.Index(*list, name); i >= 0 {
		return i
	}
	*list = append(*list, name)
	return len(*list) - 1
}

func namesIn(metrics []model.Metric) (names []string) {
	for _, m := range metrics {
		names = append(names, m.Name)
	}
	return names
}

// inAll returns the metrics that all designs have, in the base's order.
func inAll(metrics [][]model.Metric) (common []model.Metric) {
	count := map[string]int{}
	for _, list := range metrics {
		for _, m := range list {
			count[m.Name]++
		}
	}
	for _, m := range metrics[0] {
		if count[m.Name] == len(metrics) {
			common = append(common, m)
		}
	}
	return common
}

// mainMetrics returns those of the network that are compared, those that the
// target and the choice are about first.
func (c *Compare) mainMetrics(common []model.Metric) (list []model.Metric) {
	names := []string{c.By}
	if len(c.Target.judged) == 1 {
		names = append(names, c.Target.kind.Name)
	}
	for _, n := range []string{
		"stockout", "hospitals_out", "stockout_hours", "stockout_hours_worst", "patient_hours_without", "unmet_m3",
		"supplied_share", "supplied_share_worst", "supplied_share_spread",
		"fill_rate", "fill_rate_worst", "fill_rate_spread", "filled", "trips", "km",
	} {
		names = append(names, "network."+n)
	}
	for _, n := range names {
		i := slices.IndexFunc(common, func(m model.Metric) bool { return m.Name == n })
		seen := slices.ContainsFunc(list, func(m model.Metric) bool { return m.Name == n })
		if i >= 0 && !seen {
			list = append(list, common[i])
		}
	}
	return list
}

// stage returns the work: what is read of which designs, whatever it costs. It
// holds no prices, so that other prices need no other replications.
func (c *Compare) stage(first, n int) Stage {
	h := sha256.New()
	for d, o := range c.Designs {
		fmt.Fprintf(h, "%s %q\n", o.Digest, c.reads[d])
	}
	return Stage{Name: "compare " + hex.EncodeToString(h.Sum(nil))[:16], Title: fmt.Sprintf("comparing %d designs", len(c.Designs)), First: first, N: n, Width: c.width}
}

// looks returns whether one looks, after so many replications, whether the
// answer is settled: seldom enough to cost nothing.
func looks(n int) bool { return n%max(batchSize, 10*(n/200)) == 0 }

// Answer compares. It stops when both answers, who is best and which is the
// cheapest that meets the target, are settled for all designs, or when there
// were enough replications. That depends on no price.
func (c *Compare) Answer(ctx context.Context, k *Work) (*CompareAnswer, error) {
	t := newComparison(c)
	one := func() []*Futures {
		list := make([]*Futures, len(c.Designs))
		for d, o := range c.Designs {
			s := *o.Subject
			s.Seed = c.subject.Seed
			list[d] = NewFutures([]*Subject{&s}, c.reads[d])
		}
		return list
	}
	do := func(w []*Futures, replication int, row []float64) error {
		for d := range c.Designs {
			values, err := w[d].Run(0, replication)
			if err != nil {
				return fmt.Errorf("%s: %w", c.Designs[d].Name, err)
			}
			copy(row[c.from[d]:], values)
		}
		return nil
	}
	fold := func(_ int, row []float64) bool {
		t.add(row)
		return c.Fixed || t.n < fewestCompared || !looks(t.n) || !t.settled()
	}
	if err := simulate(ctx, k, c.stage(0, c.Most), one, do, fold); err != nil {
		return nil, err
	}
	return t.answer(), nil
}

// fewestCompared is the number of replications before which nothing is said to
// be settled: what intervals lean on, the central limit, wants some.
const fewestCompared = 100

// perYear returns the factor that makes a year's of what is counted in a
// replication without its warm-up.
func (c *Compare) perYear() float64 { return perYear(c.subject) }

// perYear returns it of a subject.
func perYear(s *Subject) float64 {
	return daysPerYear / (s.Config.Horizon - s.Config.WarmUp).Days()
}

const daysPerYear = 365

// CompareAnswer is what a comparison tells.
type CompareAnswer struct {
	Compare    *Compare
	N          int
	Settled    bool // it ended because the answers were settled
	Metrics    []Comparison
	Best       Choice
	Cheapest   Cheapest
	Designs    []DesignVerdict
	Money      *MoneyAnswer // nil if nothing has a price
	YearFactor float64      // of what is counted in a replication, to a year's
	Warnings   []error
}

// DesignVerdict is how a design stands to the target.
type DesignVerdict struct {
	Verdict Verdict
	Close   bool // too close to the target to call: within a tenth of it
	Judged  []Judgement
}

// Worst returns the thing whose mean is worst, as the target sees it.
func (d DesignVerdict) Worst(t Target) Judgement {
	worst := d.Judged[0]
	for _, j := range d.Judged[1:] {
		if t.worse(j.Estimate.Mean, worst.Estimate.Mean) {
			worst = j
		}
	}
	return worst
}

// chooseBy finds the metric by which the best is chosen.
func (c *Compare) chooseBy(common []model.Metric) error {
	find := func(name string) bool {
		i := slices.IndexFunc(common, func(m model.Metric) bool { return m.Name == name })
		if i >= 0 {
			c.By, c.by = name, common[i]
		}
		return i >= 0
	}
	if c.By != "" {
		if !find(c.By) && !find("network."+c.By) {
			return fmt.Errorf("--by: %w", noMetric(c.By, common))
		}
		if c.by.Better == model.Neither {
			return fmt.Errorf("--by: %s is neither better when it is more nor when it is less; want a metric that is, such as network.stockout_hours", c.By)
		}
		return nil
	}
	kind := c.Target.kind
	if len(c.Target.judged) == 1 && kind.Better != model.Neither && find(kind.Name) {
		return nil
	}
	_, part := Thing(kind.Name)
	names := []string{"network." + part, "network.stockout_hours", "network.fill_rate"}
	if strings.HasPrefix(part, "stockout") || part == "empty" || part == "empty_share" {
		names = []string{"network.stockout_hours"}
	}
	for _, n := range names {
		if find(n) && c.by.Better != model.Neither {
			return nil
		}
	}
	return errors.New("want --by and a metric that all designs have")
}

// minus returns 1 if less of the metric is better and -1 if more is.
func minus(m model.Metric) float64 {
	if m.Better == model.More {
		return -1
	}
	return 1
}
