package study

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/scenarios/stock"
	"oxysim/sim"
)

// Forecast is the question who runs out in the coming days, from what was
// counted: with which probability by which day, by which hour a delivery must
// arrive, and what to send first.
type Forecast struct {
	Subject *Subject     // the scenario; its horizon ends with the forecast
	Count   *stock.Count // nil if nothing was counted
	At      sim.Time     // of the count, from the start of the scenario
	AtText  string       // as it was typed; "" for the start
	Days    int
	N       int     // futures
	Bound   float64 // probability of running out that is tolerated, in (0,1)
	WhatIf  []string
	From    *Branch // instead of a count, a day of a simulated replication; or nil

	first      int // number of the first future
	confidence float64
	state      *stock.State
	base       *Subject
	dry        []*dryDesign
	whatIf     []*Subject
	metrics    []model.Metric
}

// Branch is an instant of a replication, from which futures part.
type Branch struct {
	Replication int
	At          sim.Time
}

// dryDesign is the scenario in which some hospitals are brought nothing more.
type dryDesign struct {
	*Subject
	hospitals []int
}

// Limits of a forecast.
const (
	MostDays     = 366
	UsualDays    = 14
	usualBound   = 0.05 // if the scenario's target says nothing about stockouts
	fewestSought = 100  // futures below which no deadline is promised
)

// Ready sees to it that the forecast can be asked. What is wrong with the
// scenario, the count or a what-if is listed, and then nothing has been done.
func (f *Forecast) Ready() scenarios.Problems {
	original := f.Subject
	if f.From != nil {
		f.At = f.From.At
	}
	end := sim.Span(f.At) + sim.Span(f.Days)*sim.Day
	s, problems := original.Vary(fmt.Sprintf("run.horizon=%d min", int64((end+sim.Minute-1)/sim.Minute)), "run.warm_up=0 d")
	if len(problems) > 0 {
		return problems
	}
	s.Settings = original.Settings // as they were typed
	f.Subject = s
	f.confidence = s.File.Run.Confidence.Fraction()
	if f.N == 0 {
		f.N = s.File.Run.Replications
	}
	if f.Bound == 0 {
		f.Bound = tolerated(s)
	}
	if f.From != nil {
		f.base, f.state = s, &stock.State{Config: s.Config}
		f.metrics = s.Metrics()
		return nil
	}
	if f.base, f.state, problems = f.begin(s); len(problems) > 0 {
		return problems
	}
	f.metrics = f.base.Metrics()
	for _, change := range f.WhatIf {
		v, problems := variant(s, change)
		if len(problems) > 0 {
			return problems
		}
		w, _, problems := f.begin(v)
		if len(problems) > 0 {
			return problems
		}
		f.whatIf = append(f.whatIf, w)
	}
	f.dryDesigns()
	return nil
}

// tolerated returns the probability of a stockout that the scenario's target
// tolerates, or the usual one.
func tolerated(s *Subject) float64 {
	t := s.File.Target
	if t == nil || t.AtMost == nil || !strings.HasSuffix("."+t.Metric, ".stockout") {
		return usualBound
	}
	if p := t.AtMost.Float(); p > 0 && p < 1 {
		return p
	}
	return usualBound
}

// variant returns the subject with what is changed: settings, with semicolons
// between them, or an option of its file by its name.
func variant(s *Subject, change string) (*Subject, scenarios.Problems) {
	if !strings.Contains(change, "=") {
		return s.Opt(strings.TrimPrefix(change, "option."))
	}
	var settings []string
	for part := range strings.SplitSeq(change, ";") {
		settings = append(settings, strings.TrimSpace(part))
	}
	var unknown scenarios.Problems
	for _, set := range settings { // before any is set, which would make the thing
		unknown = append(unknown, s.Tree.Nobody(set, scenarios.Kinds()...)...)
	}
	if len(unknown) > 0 {
		return nil, unknown
	}
	return s.Vary(settings...)
}

// begin returns a scenario that begins as was counted.
func (f *Forecast) begin(s *Subject) (*Subject, *stock.State, scenarios.Problems) {
	state, problems := f.Count.Begin(s.Scenario, f.At)
	if len(problems) > 0 {
		return nil, nil, problems
	}
	return f.with(s, state.Config), state, nil
}

// with returns a subject with another Config.
func (f *Forecast) with(s *Subject, config *model.Config) *Subject {
	sc := *s.Scenario
	sc.Config = config
	return s.with(&sc)
}

// dryDesigns makes the designs in which hospitals are brought nothing more.
// Nobody's stock depends on what others are brought, unless gas comes through a
// pipe from a plant that fills for others: so those without a pipe share one.
func (f *Forecast) dryDesigns() {
	var together []int
	for h := range f.state.Config.Hospitals {
		c := &f.state.Config.Hospitals[h]
		switch {
		case !bringable(c):
		case c.Pipe != nil && slices.Contains(c.Sources, model.FromPipe):
			f.dry = append(f.dry, &dryDesign{f.with(f.base, without(f.state.Config, []int{h})), []int{h}})
		default:
			together = append(together, h)
		}
	}
	if len(together) > 0 {
		f.dry = append(f.dry, &dryDesign{f.with(f.base, without(f.state.Config, together)), together})
	}
}

// bringable reports whether cylinders can be brought to a hospital.
func bringable(h *model.Hospital) bool {
	for i := range h.Lines {
		if h.Lines[i].Supply != nil || len(h.Lines[i].Coming) > 0 {
			return true
		}
	}
	return false
}

// without returns a Config in which some hospitals are brought nothing more, not
// even what is on its way: that comes home again.
func without(c *model.Config, hospitals []int) *model.Config {
	d := *c
	d.Hospitals, d.Trucks = slices.Clone(c.Hospitals), slices.Clone(c.Trucks)
	for _, i := range hospitals {
		h := &d.Hospitals[i]
		h.Lines = slices.Clone(h.Lines)
		for k := range h.Lines {
			h.Lines[k].Supply, h.Lines[k].Coming = nil, nil
		}
	}
	for i := range d.Trucks {
		t := &d.Trucks[i]
		if t.Away == nil {
			continue
		}
		a := *t.Away
		a.Full, a.Stops = slices.Clone(a.Full), nil
		for _, v := range t.Away.Stops {
			if !slices.Contains(hospitals, v.Hospital) {
				a.Stops = append(a.Stops, v)
				continue
			}
			for typ, n := range v.Load {
				a.Full[typ] += n
			}
		}
		if home := t.Home - len(c.Plants); home >= 0 && slices.Contains(hospitals, home) {
			a = model.Away{Until: a.Until, Broken: true}
		}
		t.Away = &a
	}
	return &d
}

// measured are the metrics of each hospital that are kept, in their order.
var measured = []string{"stockout", "stockout_first", "stockout_hours", "demanded"}

// hospitalMetrics returns the names of the kept metrics of all hospitals that
// there are.
func (f *Forecast) hospitalMetrics(hospitals []int, kinds ...string) (names []string) {
	for _, h := range hospitals {
		for _, kind := range kinds {
			name := f.state.Config.Hospitals[h].Name + "." + kind
			if slices.ContainsFunc(f.metrics, func(m model.Metric) bool { return m.Name == name }) {
				names = append(names, name)
			}
		}
	}
	return names
}

// all returns the indices of all hospitals.
func (f *Forecast) all() (list []int) {
	for h := range f.state.Config.Hospitals {
		list = append(list, h)
	}
	return list
}

// stageName says all that decides a stage's rows.
func (f *Forecast) stageName(what string) string {
	name := fmt.Sprintf("forecast of %d days from %d s: %s", f.Days, f.At, what)
	if f.Count != nil {
		name += ", count " + f.Count.Digest
	}
	if f.From != nil {
		name += fmt.Sprintf(", from replication %d", f.From.Replication)
	}
	return name
}

// designsOf is what one worker simulates: designs, of each some metrics.
type designsOf struct{ futures []*Futures }

// results are the values of metrics over futures, by name.
type results map[string][]float64

// simulateDesigns computes metrics of designs in the same futures.
func (f *Forecast) simulateDesigns(ctx context.Context, k *Work, what, title string, designs []*Subject, names [][]string) ([]results, error) {
	width := 0
	out := make([]results, len(designs))
	for i := range designs {
		width += len(names[i])
		out[i] = results{}
	}
	begin := func() *designsOf {
		w := &designsOf{}
		for i := range designs {
			w.futures = append(w.futures, NewFutures(designs[i:i+1], names[i]))
		}
		return w
	}
	do := func(w *designsOf, replication int, row []float64) error {
		for _, x := range w.futures {
			values, err := x.Run(0, replication)
			if err != nil {
				return err
			}
			row = row[copy(row, values):]
		}
		return nil
	}
	fold := func(_ int, row []float64) bool {
		for i := range designs {
			for _, name := range names[i] {
				out[i][name] = append(out[i][name], row[0])
				row = row[1:]
			}
		}
		return true
	}
	st := Stage{Name: f.stageName(what), Title: title, First: f.first, N: f.N, Width: width}
	return out, simulate(ctx, k, st, begin, do, fold)
}

// branches is a world in the midst of a replication, and one for its futures.
type branches struct {
	trunk, branch *model.World
	at            []int
}

// simulateBranches computes metrics of futures that part from a replication.
func (f *Forecast) simulateBranches(ctx context.Context, k *Work, names []string) (results, error) {
	out := results{}
	begin := func() *branches {
		w := &branches{trunk: model.New(f.base.Config), branch: model.New(f.base.Config)}
		w.trunk.Begin(f.base.Seed, f.From.Replication)
		w.trunk.RunTo(f.At)
		w.at, _ = places(w.branch.Metrics(), names)
		return w
	}
	do := func(w *branches, replication int, row []float64) error {
		w.branch.CopyFrom(w.trunk)
		w.branch.Recount()
		w.branch.Diverge(uint64(replication) + 1)
		w.branch.RunTo(f.At.Add(sim.Span(f.Days) * sim.Day))
		values := w.branch.Outcome()
		for i, at := range w.at {
			row[i] = values[at]
		}
		return nil
	}
	fold := func(_ int, row []float64) bool {
		for i, name := range names {
			out[name] = append(out[name], row[i])
		}
		return true
	}
	st := Stage{Name: f.stageName("branches"), Title: "futures from that day", N: f.N, Width: len(names)}
	return out, simulate(ctx, k, st, begin, do, fold)
}

// Answer simulates what is needed to answer the question.
func (f *Forecast) Answer(ctx context.Context, k *Work) (*ForecastAnswer, error) {
	names := append(f.hospitalMetrics(f.all(), measured...), "network.stockout", "network.stockout_first", "network.stockout_hours", "network.hospitals_out")
	names = append(names, f.typesUsed()...)
	if f.From != nil {
		base, err := f.simulateBranches(ctx, k, names)
		if err != nil {
			return nil, err
		}
		return f.answer(base, nil, nil), nil
	}
	designs, wanted := []*Subject{f.base}, [][]string{names}
	what := "as it is"
	for _, d := range f.dry {
		designs = append(designs, d.Subject)
		wanted = append(wanted, f.hospitalMetrics(d.hospitals, "stockout", "stockout_first"))
	}
	common := append(f.hospitalMetrics(f.all(), "stockout", "stockout_hours"), "network.stockout", "network.stockout_hours")
	for i, d := range f.whatIf {
		designs = append(designs, d)
		wanted = append(wanted, common)
		what += ", " + f.WhatIf[i]
	}
	out, err := f.simulateDesigns(ctx, k, what, "replications of the coming days", designs, wanted)
	if err != nil {
		return nil, err
	}
	dry := results{}
	for i := range f.dry {
		for name, x := range out[1+i] {
			dry[name] = x
		}
	}
	a := f.answer(out[0], dry, out[1+len(f.dry):])
	f.tooSoon(a)
	if err := f.propose(ctx, k, a, out[0], common); err != nil {
		return nil, err
	}
	return a, nil
}

// propose finds what to send first: of some plans, the one with the least time
// without oxygen in futures of its own; and what it does in those of the forecast.
// If what the scenario's own rules would send is as good, nothing is proposed.
func (f *Forecast) propose(ctx context.Context, k *Work, a *ForecastAnswer, base results, metrics []string) error {
	plans := f.plans(a)
	if len(plans) == 0 {
		return nil
	}
	const hours = "network.stockout_hours"
	designs, wanted := []*Subject{f.base}, [][]string{{hours}}
	for _, p := range plans {
		designs = append(designs, f.with(f.base, f.sent(p.send)))
		wanted = append(wanted, []string{hours})
	}
	try := *f
	try.first, try.N = f.N, max(f.N/4, 50)
	tried, err := try.simulateDesigns(ctx, k, fmt.Sprintf("plans %v", plans), fmt.Sprintf("%d ways to send", len(plans)), designs, wanted)
	if err != nil {
		return err
	}
	best, least := 0, meanOver(tried[0][hours])
	for i := range plans {
		if x := meanOver(tried[i+1][hours]); x < least {
			best, least = i+1, x
		}
	}
	a.Tried = len(plans)
	if best == 0 {
		return nil
	}
	p := plans[best-1]
	a.Send, a.Unsent, a.Cover = p.send, p.unsent, p.days
	after, err := f.simulateDesigns(ctx, k, fmt.Sprintf("sent %v", a.Send), "with what is proposed", designs[best:best+1], [][]string{metrics})
	if err != nil {
		return err
	}
	a.Effect = f.effect("what is proposed", base, after[0])
	return nil
}

// typesUsed returns the metrics of what hospitals with several types use of each.
func (f *Forecast) typesUsed() (names []string) {
	for h := range f.state.Config.Hospitals {
		c := &f.state.Config.Hospitals[h]
		for i := range c.Lines {
			name := c.Name + "." + f.state.Config.Types[c.Lines[i].Type].Name + ".used"
			if slices.ContainsFunc(f.metrics, func(m model.Metric) bool { return m.Name == name }) {
				names = append(names, name)
			}
		}
	}
	return names
}
