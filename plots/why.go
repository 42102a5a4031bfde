package plots

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"oxysim/study"
)

// shares is how much each cause does to a shortage.
type shares struct{ *study.WhyAnswer }

func askWhy(ctx context.Context, k *study.Work, w Wish) (Figure, error) {
	if w.Each {
		if err := w.Why.ForEach(); err != nil {
			return nil, &study.Unfit{Why: err.Error()}
		}
	}
	a, err := w.Why.Answer(ctx, k)
	if err != nil {
		return nil, err
	}
	if w.Each {
		return NewWhyEach(a), nil
	}
	return NewWhy(a), nil
}

// NewWhy returns the figure of the causes of a shortage.
func NewWhy(a *study.WhyAnswer) Figure { return shares{a} }

// of says what is shared out, and of what.
func (f shares) of() string { return metricOf(f.Subject, f.Metric) }

// Title says which cause does most.
func (f shares) Title() string {
	if f.Total.Mean == 0 || len(f.Shares) == 0 || math.IsNaN(f.Shares[0].Of) {
		return fmt.Sprintf("Thinking all causes away changes nothing of the %s", f.of())
	}
	first := &f.Shares[0]
	if f.Total.Mean < 0 {
		return fmt.Sprintf("Thinking all causes away leaves more, not less, of the %s: %s (%s)", f.of(), first.Cause.Label, f.share(first))
	}
	shown := f.shown()
	switch {
	case len(shown) == 0 && len(f.Shares) == 1:
		return fmt.Sprintf("Chance may explain what %s has to do with the %s", first.Cause.Label, f.of())
	case len(shown) == 0:
		return fmt.Sprintf("None of %d causes is shown to be behind the %s", len(f.Shares), f.of())
	}
	if math.IsInf(shown[0].Interval.HalfWidth(), 0) {
		return fmt.Sprintf("Too few futures to share out the %s; in these, %s (%s) comes first%s", f.of(), shown[0].Cause.Label, f.share(shown[0]), f.averted(shown[0].Of))
	}
	behind := "Behind the " + f.of()
	if f.Total.Mean < 0.5*f.With.Mean { // the causes that were asked for are not what is behind most of it
		behind += fmt.Sprintf(" that these causes explain, %s of %s", quantityOf(f.Metric, f.Total.Mean, f.Total.Interval), quantityOf(f.Metric, f.With.Mean, f.With.Interval))
	}
	lead := shown[0]
	if slices.ContainsFunc(f.Shares, func(x study.Share) bool { return x.Of > lead.Of }) { // by chance, for all that is known
		return fmt.Sprintf("%s, among others: %s (%s)%s", behind, lead.Cause.Label, f.share(lead), f.averted(lead.Of))
	}
	if len(shown) > 1 && shown[1].Interval.Hi >= lead.Interval.Lo {
		return fmt.Sprintf("%s: %s (%s) and %s (%s)%s", behind, lead.Cause.Label, f.share(lead), shown[1].Cause.Label, f.share(shown[1]), f.averted(lead.Of+shown[1].Of))
	}
	return fmt.Sprintf("%s, first of all: %s (%s)%s", behind, lead.Cause.Label, f.share(lead), f.averted(lead.Of))
}

// averted names what averts most, if a title has told of more than there is: shares
// add up to 1, so that something does.
func (f shares) averted(told float64) string {
	i := 0
	for k := range f.Shares {
		if f.Shares[k].Of < f.Shares[i].Of {
			i = k
		}
	}
	x := &f.Shares[i]
	if told <= 1 || !(x.Of < 0) {
		return ""
	}
	s := fmt.Sprintf(", with some averted by %s (%s)", x.Cause.Label, f.share(x))
	if x.Interval.Hi >= 0 {
		s += ", as far as these futures go"
	}
	return s
}

// shown returns the causes that add to the shortage beyond what chance explains,
// in their order; without regard to chance, if there are too few replications for
// intervals.
func (f shares) shown() (list []*study.Share) {
	for i := range f.Shares {
		if x := &f.Shares[i]; x.Interval.Lo > 0 || x.Of > 0 && math.IsInf(x.Interval.HalfWidth(), 0) {
			list = append(list, x)
		}
	}
	return list
}

// share writes the share of a cause.
func (f shares) share(x *study.Share) string {
	if math.IsNaN(x.Of) {
		return "–"
	}
	s := figure(100*math.Abs(x.Of), 100*x.Interval.HalfWidth()) + "\u00a0%"
	if math.IsInf(x.Interval.HalfWidth(), 0) {
		s = plainNumber(math.Round(100*math.Abs(x.Of))) + "\u00a0%"
	}
	if x.Of < 0 && s != "0\u00a0%" {
		return "−" + s
	}
	return s
}

// Subtitle says what is shown.
func (f shares) Subtitle() string {
	how := "in every order"
	if !f.Exact() {
		how = "in orders drawn by lot"
	}
	with := fmt.Sprintf("with %s intervals", confidence(f.Confidence))
	if len(f.Shares) > 0 && math.IsInf(f.Shares[0].Interval.HalfWidth(), 0) {
		with = "of too few replications for intervals"
	}
	return fmt.Sprintf("Shapley shares, %s: what a cause adds when causes come %s. %s as it is, %s without these causes.", with, how,
		capitalised(quantityOf(f.Metric, f.With.Mean, f.With.Interval)), quantityOf(f.Metric, f.Without.Mean, f.Without.Interval))
}

func (f shares) replications() string { return plural(f.Replications, "replication") }

// Data is the shares.
func (f shares) Data() [][]string {
	rows := [][]string{{"metric", "cause", "label", "share", "share_lo", "share_hi", "amount", "amount_lo", "amount_hi", "replications"}}
	for i := range f.Shares {
		x := &f.Shares[i]
		rows = append(rows, []string{
			f.Metric.Name, x.Cause.Name, x.Cause.Label, exact(x.Of), exact(x.Interval.Lo), exact(x.Interval.Hi),
			exact(x.Amount.Mean), exact(x.Amount.Interval.Lo), exact(x.Amount.Interval.Hi), strconv.Itoa(f.Replications),
		})
	}
	return rows
}

func (f shares) draw(p *page, top float64) float64 {
	left, right := p.margin, p.width-p.margin
	size, row := p.rows(len(f.Shares))
	if size == p.base {
		row *= 1.15
	}
	name, number := look{size: size, color: black, align: 1}, look{size: size, color: black, align: 1}
	var labels, values, amounts []string
	var ends []float64
	for i := range f.Shares {
		x := &f.Shares[i]
		labels, values = append(labels, x.Cause.Label), append(values, f.share(x))
		amounts = append(amounts, quantityOf(f.Metric, x.Amount.Mean, x.Amount.Interval))
		ends = append(ends, x.Of, finite(x.Interval, x.Of).Lo, finite(x.Interval, x.Of).Hi)
	}
	wide := min(p.widest(name, labels...), 0.34*(right-left))
	amount, value := p.widest(number, amounts...), p.widest(number, values...)
	begin := left + wide + 0.7*p.base
	y := top + 1.7*p.small
	r := rect{begin, y, right - amount - value - 2*p.base, y + row*float64(len(f.Shares))}
	x := around(r.x0, r.x1, ends...)
	x.hi = min(x.hi, max(1.5, f.greatest()*1.2))
	x.lo = max(x.lo, min(-0.5, -f.greatest()))
	p.stripesOf(len(f.Shares), rect{left, r.y0, right, r.y1}, row)
	bottom := p.under(r, x, percents(x.ticks(int(r.width()/(3.6*p.small)))), true, "")
	p.head(r.x0, r.y0-0.6*p.small, "share")
	p.line(pale, p.theme.line, point{x.at(0), r.y0}, point{x.at(0), r.y1})
	for i := range f.Shares {
		s := &f.Shares[i]
		mid := r.y0 + row*(float64(i)+0.5)
		p.middle(begin-0.7*p.base, mid, p.fit(s.Cause.Label, wide, name), name)
		p.middle(right-amount-p.base, mid, values[i], number)
		p.middle(right, mid, amounts[i], look{size: size, color: grey, align: 1})
		if math.IsNaN(s.Of) {
			continue
		}
		c := blue
		if s.Interval.Contains(0) {
			c = pale // chance may explain it
		}
		p.block(tint(c, 0.55), rect{min(x.at(0), x.at(s.Of)), mid - 0.3*row, max(x.at(0), x.at(s.Of)), mid + 0.3*row})
		p.whisker(c, x, true, mid, finite(s.Interval, s.Of))
		p.pen.disc(c, point{x.at(s.Of), mid}, min(1.4*p.theme.line, 0.2*row)) // without a rim, which would hide a short bar
	}
	return bottom
}

// greatest returns the greatest share.
func (f shares) greatest() (most float64) {
	for i := range f.Shares {
		if x := math.Abs(f.Shares[i].Of); x-x == 0 {
			most = max(most, x)
		}
	}
	return most
}
