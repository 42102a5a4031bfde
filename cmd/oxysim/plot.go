package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"oxysim/plots"
	"oxysim/report"
	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/sim"
	"oxysim/study"
)

// plotFlags are what plot was asked for.
type plotFlags struct {
	ask         askFlags
	n           int
	option      string
	with        []string // a change to be shown beside what is
	hospital    string
	replication int
	days        sim.Time
	width       string
	data        string

	plan      planFlags // of curve and of frontier
	compare   compareFlags
	why       whyFlags
	each      bool
	fixed     bool
	vary      []string
	parameter []string
	metric    string
	options   []string // that are compared, as arguments
	nSet      bool
}

// plotReplications is how many replications a figure is drawn from, at most, if
// nothing is said: more move no line by more than its width.
const plotReplications = 400

func (c *command) plotCommand() *cobra.Command {
	f := plotFlags{replication: -1, why: whyFlags{n: 1000, precision: study.Precision{Points: 5}}}
	var list strings.Builder
	for _, e := range plots.Figures {
		fmt.Fprintf(&list, "  %-10s %s\n", e.Name, e.Shows)
	}
	cmd := &cobra.Command{
		Use:     "plot FIGURE SCENARIO [OPTION…]",
		GroupID: groupLook,
		Short:   "Draw a figure: who is at risk, where, when and why",
		Long: `plot simulates a scenario and draws what was found, with a title that states it and a foot that says how to draw it again.
The same call gives the same file, to the last byte.

Figures:
` + list.String() + `
The ending of the file of -o decides the format: .svg for a page, .png, or .pdf for print. --data writes the numbers behind the
figure as CSV. --option shows what an option of the scenario changes, --with what any setting does.

Figures of a question take the flags of the command that answers it, and stop when that does: curve and frontier those of
plan, why those of why, tornado and sweep those of sweep; compare, acceptability and frontier without --lever those of compare,
and the names of options after the scenario.`,
		Example: "  oxysim plot risk district -o risk.png\n" +
			"  oxysim plot risk district --with truck.lorry.count=2 -o risk.svg\n" +
			"  oxysim plot stock district --hospital riverside --width column -o stock.pdf --data stock.csv\n" +
			"  oxysim plot curve exact-first-stockout --lever hospital.clinic.buffer -o curve.svg\n" +
			"  oxysim plot frontier district buffers parts psa -o frontier.svg\n" +
			"  oxysim plot why kri-erbil --each --causes power,plant,trucks -n 50 -o why.svg",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 {
				return bad("want the name of a figure and the name or path of a scenario; see oxysim plot --help")
			}
			return nil
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return figureNames(), cobra.ShellCompDirectiveNoFileComp
			}
			return completeOption(cmd, args[1:], typed)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if !cmd.Flags().Changed("format") {
				f.ask.format = ""
			}
			f.options, f.nSet = args[2:], f.n > 0
			return c.answerPlot(cmd.Context(), f, args[0], args[1])
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.VarP(upTo{countFlag{&f.n, 1}, 1_000_000}, "replications", "n", fmt.Sprintf("how many replications (default the scenario's, at most %d)", plotReplications))
	flags.StringVar(&f.option, "option", "", "show what this option changes: its `name`, or several with \"+\" between")
	flags.StringArrayVar(&f.with, "with", nil, "show what a `key=value` of the scenario changes, such as truck.lorry.count=2 (repeatable)")
	flags.StringVar(&f.hospital, "hospital", "", "the hospital that is shown, by its `name` (default the one that suits the figure)")
	flags.Var(countFlag{&f.replication, 0}, "replication", "the replication that is shown (default the first with a stockout)")
	flags.Var(timeFlag{&f.days}, "days", "the length of what is shown, such as 14d (default what suits the figure)")
	flags.StringSliceVar(&f.plan.levers, "lever", nil, "the `key` to turn, of curve; several, with a comma between, of frontier")
	flags.StringVar(&f.plan.target, "target", "", "what to reach, such as \"P(stockout) <= 5%\" (default the scenario's)")
	flags.StringArrayVar(&f.plan.between, "between", nil, "the values to look at: `FROM..TO`, or KEY=FROM..TO (repeatable)")
	flags.StringArrayVar(&f.plan.resolution, "resolution", nil, "how finely to look: a `step`, or KEY=STEP (repeatable)")
	flags.StringArrayVar(&f.plan.costs, "cost", nil, "what one more costs: `KEY=PRICE` (repeatable; default [price.unit] of the scenario)")
	flags.StringVar(&f.compare.by, "by", "", "the `metric` by whose mean options are compared (default the target's, or the network's hours without oxygen)")
	flags.BoolVar(&f.fixed, "fixed", false, "all replications of why and of a comparison, though they may be settled earlier")
	flags.StringVar(&f.metric, "metric", "", "the `metric` of why, tornado and sweep (default stockout_hours of why, the target's of others)")
	flags.StringVar(&f.why.causes, "causes", "", "only these causes, with commas between (default all that the scenario has)")
	flags.BoolVar(&f.each, "each", false, "why, hospital by hospital")
	flags.StringArrayVar(&f.vary, "vary", nil, "`KEY=from:to:step`, of sweep (once or twice)")
	flags.StringSliceVar(&f.parameter, "parameter", nil, "only these uncertain parameters, of tornado: dotted `keys` (default all)")
	f.ask.plotFlags(cmd)
	flags.StringVar(&f.data, "data", "", "write the numbers behind the figure to this `file`, as CSV")
	f.width = string(plots.Page)
	flags.Var(choiceFlag{&f.width, []string{string(plots.Column), string(plots.Page)}}, "width", "85 mm or 170 mm wide")
	completes(cmd, "hospital", func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		return completeHospital(cmd, args[min(1, len(args)):], typed)
	})
	return cmd
}

// plotFlags adds what plot has in common with questions.
func (f *askFlags) plotFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Var(seedFlag{&f.seed, &f.seedSet}, "seed", "another seed than the scenario's")
	flags.Var(upTo{countFlag{&f.workers, 1}, 4096}, "workers", "how many replications at once (default one for each processor)")
	settings(flags, &f.settings)
	formats(flags, &f.format, plots.Formats...)
	output(flags, &f.output, "write the figure to this `file`")
	flags.StringVar(&f.resume, "resume", "", "go on where an interrupted figure ended: its `file`")
	flags.Lookup("resume").NoOptDefVal = resumeDefault
	flags.BoolVar(&f.progress, "progress", false, "show progress although stderr is no terminal")
}

// figureNames returns the names of all figures.
func figureNames() (list []string) {
	for _, e := range plots.Figures {
		list = append(list, e.Name)
	}
	return list
}

// answerPlot draws a figure.
func (c *command) answerPlot(ctx context.Context, f plotFlags, figure, called string) error {
	entry, ok := plots.Find(figure)
	if !ok {
		if guess := quantity.Guess(figure, figureNames()); guess != "" {
			return bad("there is no figure %q (did you mean %q?)", figure, guess)
		}
		return bad("there is no figure %q; want one of %s", figure, strings.Join(figureNames(), ", "))
	}
	if err := f.suits(entry); err != nil {
		return err
	}
	if err := f.chooseFormat(); err != nil {
		return err
	}
	if f.ask.output == "" && isTerminal(c.stdout) {
		return bad("want a file to draw to, such as -o %s-%s.%s", figure, scenarioName(called), f.ask.format)
	}
	s, problems := study.Open(called, f.ask.settings...)
	if len(problems) > 0 {
		return problems
	}
	if f.ask.seedSet {
		s.Seed = f.ask.seed
	}
	if f.n == 0 {
		f.n = min(plotReplications, s.File.Run.Replications)
	}
	w, err := f.wish(s)
	if err != nil {
		return err
	}
	if err := f.question(&w, entry, called); err != nil {
		return err
	}
	if f.data != "" {
		if err := checkOutput(f.data, "the scenario", inputs(s)); err != nil {
			return err
		}
	}
	style := plots.Style{Format: f.ask.format, Width: plots.Width(f.width), Origin: plots.Origin{
		Subject: s, Replications: plural(f.n, "replication"), Command: f.again(s, figure),
	}}
	return c.askOf(ctx, f.ask, s, "plot-"+figure, func(ctx context.Context, k *study.Work) (*answer, error) {
		drawn, err := entry.Ask(ctx, k, w)
		var unfit *study.Unfit
		if errors.As(err, &unfit) {
			return nil, failure{exitBadInput, err}
		}
		if err != nil {
			return nil, err
		}
		return &answer{write: func(out io.Writer, _ report.Format, _ report.View) error {
			if f.data != "" {
				if err := c.write(f.data, func(data io.Writer) error { return plots.WriteData(data, drawn) }); err != nil {
					return err
				}
			}
			return plots.Draw(out, drawn, style)
		}}, nil
	})
}

// suits returns an error if something was asked for that the figure does not
// heed.
func (f *plotFlags) suits(e plots.Entry) error {
	heeds := strings.Fields(e.Takes)
	for _, x := range []struct {
		flag, what string
		given      bool
	}{
		{"option", "after", f.option != ""}, {"with", "after", len(f.with) > 0}, {"hospital", "hospital", f.hospital != ""},
		{"replication", "replication", f.replication >= 0}, {"days", "days", f.days > 0},
		{"lever", "plan", len(f.plan.levers) > 0}, {"target", "plan", f.plan.target != ""}, {"between", "plan", len(f.plan.between) > 0},
		{"resolution", "plan", len(f.plan.resolution) > 0}, {"cost", "plan", len(f.plan.costs) > 0},
		{"by", "compare", f.compare.by != ""}, {"fixed", "compare why", f.fixed},
		{"metric", "metric", f.metric != ""}, {"causes", "why", f.why.causes != ""}, {"each", "why", f.each},
		{"vary", "sweep", len(f.vary) > 0}, {"parameter", "tornado", len(f.parameter) > 0},
	} {
		if x.given && !slices.ContainsFunc(strings.Fields(x.what), func(what string) bool { return slices.Contains(heeds, what) }) {
			return bad("--%s: the figure %s has no use for it", x.flag, e.Name)
		}
	}
	switch {
	case f.option != "" && len(f.with) > 0:
		return bad("--with: want it or --option, not both")
	case len(f.options) > 0 && !slices.Contains(heeds, "compare"):
		return bad("the figure %s compares no options: want --option %s, or none", e.Name, f.options[0])
	case len(f.options) > 0 && len(f.plan.levers) > 0:
		return bad("--lever: want it or the names of options, not both")
	case e.Name == "curve" && len(f.plan.levers) != 1:
		return bad("want --lever KEY for a curve, such as --lever hospital.NAME.buffer")
	case e.Name == "frontier" && len(f.plan.levers) == 1:
		return bad("--lever: want several for a frontier, with a comma between, or options of the scenario")
	case e.Name == "sweep" && len(f.vary) == 0:
		return bad("want --vary KEY=from:to:step, such as --vary hospital.NAME.buffer=20:60:10")
	case f.each && f.hospital != "":
		return bad("--each: want it or --hospital, not both")
	}
	return nil
}

// question adds the question whose answer is drawn, if the figure is of one. It is
// asked as its own command asks it.
func (f *plotFlags) question(w *plots.Wish, e plots.Entry, called string) error {
	s := w.Subject
	heeds := strings.Fields(e.Takes)
	switch {
	case slices.Contains(heeds, "plan") && (len(f.plan.levers) > 0 || !slices.Contains(heeds, "compare")):
		return f.askPlan(w)
	case slices.Contains(heeds, "compare"):
		return f.askCompare(w, called)
	case slices.Contains(heeds, "why"):
		return f.askWhy(w)
	case slices.Contains(heeds, "tornado"), slices.Contains(heeds, "sweep"):
		var metrics []string
		if f.metric != "" {
			metrics = []string{f.metric}
		}
		gauges, err := study.NewGauges(s, metrics...)
		if err != nil {
			return refused(err)
		}
		n := sweepReplications
		if f.nSet {
			n = f.n
		}
		if slices.Contains(heeds, "tornado") {
			q, problems := study.NewIgnorance(s, gauges[0], f.parameter...)
			if len(problems) > 0 {
				return problems
			}
			w.Tornado = &study.Tornado{Ignorance: q, N: n}
			return nil
		}
		var axes []study.Axis
		for _, text := range f.vary {
			a, err := study.ParseAxis(s, text)
			if err != nil {
				return bad("--vary: %v", err)
			}
			axes = append(axes, a)
		}
		if w.Sweep, err = study.NewSweep(s, axes, gauges, n); err != nil {
			return bad("--vary: %v", err)
		}
	}
	return nil
}

// askPlan adds the question how much is enough.
func (f *plotFlags) askPlan(w *plots.Wish) (err error) {
	if f.nSet {
		f.plan.n = f.n
	}
	if w.Plan, err = f.plan.plan(w.Subject); err != nil {
		return refused(err)
	}
	return nil
}

// askCompare adds the question which of several options is best.
func (f *plotFlags) askCompare(w *plots.Wish, called string) error {
	designs, err := study.OpenDesigns(called, f.options, f.ask.settings...)
	if err != nil {
		return mistaken(err)
	}
	for _, o := range designs {
		o.Seed = w.Subject.Seed
	}
	n := w.Subject.File.Run.Replications
	if f.nSet {
		n = f.n
	}
	p, err := study.NewCompare(designs, n, f.compare.by, 0)
	if err != nil {
		return mistaken(err)
	}
	p.Fixed = f.fixed
	w.Compare = p
	return nil
}

// askWhy adds the question how much each cause does.
func (f *plotFlags) askWhy(w *plots.Wish) error {
	var causes []string
	for _, name := range strings.Split(f.why.causes, ",") {
		if name = strings.TrimSpace(name); name != "" {
			causes = append(causes, name)
		}
	}
	metric := f.metric
	if metric == "" {
		metric = "stockout_hours"
	}
	y, err := study.NewWhy(w.Subject, strings.TrimPrefix(w.Hospital, "hospital."), metric, causes)
	if err != nil {
		return mistaken(err)
	}
	y.N, y.Precision, y.Told = f.why.n, f.why.precision.Points/100, 0
	if f.each {
		y.N = f.n
	}
	if f.each || f.fixed { // then intervals are for a number that is given
		y.Precision = 0
	}
	if f.nSet {
		y.N = f.n
	}
	w.Why, w.Each = y, f.each
	return nil
}

// chooseFormat takes the format from the ending of the file.
func (f *plotFlags) chooseFormat() error {
	ending := strings.TrimPrefix(strings.ToLower(filepath.Ext(f.ask.output)), ".")
	switch known := slices.Contains(plots.Formats, ending); {
	case f.ask.format == "" && known:
		f.ask.format = ending
	case f.ask.format == "" && ending != "":
		return bad("-o: want a file that ends in .svg, .png or .pdf, or --format, not %q", f.ask.output)
	case f.ask.format == "":
		f.ask.format = plots.Formats[0]
	case known && ending != f.ask.format:
		return bad("--format: want %s as the file of -o says, not %s", ending, f.ask.format)
	}
	return nil
}

// scenarioName returns the name of a scenario that was called by name or path.
func scenarioName(called string) string {
	base := filepath.Base(called)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// wish returns what the figure is drawn of.
func (f *plotFlags) wish(s *study.Subject) (w plots.Wish, err error) {
	w = plots.Wish{Subject: s, N: f.n, Replication: f.replication, Days: sim.Span(f.days)}
	if f.hospital != "" {
		name, err := hospitalNamed(s, f.hospital)
		if err != nil {
			return w, err
		}
		w.Hospital = "hospital." + name
	}
	if f.option != "" {
		designs, err := study.OpenDesigns(s.Called, []string{f.option}, s.Settings...)
		if err != nil {
			var problems scenarios.Problems
			if errors.As(err, &problems) {
				return w, err
			}
			return w, failure{exitBadInput, err}
		}
		w.After = &study.Design{Name: designs[1].Label, Subject: designs[1].Subject}
	}
	if len(f.with) > 0 {
		after, problems := s.Vary(f.with...)
		if len(problems) > 0 {
			return w, problems
		}
		if c, d := s.Config, after.Config; c.Horizon != d.Horizon || c.WarmUp != d.WarmUp || c.Start != d.Start {
			return w, bad("--with: want a change that leaves start, horizon and warm_up as they are")
		}
		w.After = &study.Design{Name: strings.Join(f.with, ", "), Subject: after}
	}
	return w, nil
}

// again returns the command that draws the figure again.
func (f *plotFlags) again(s *study.Subject, figure string) string {
	args := slices.Clone(f.options)
	if f.nSet {
		args = append(args, "-n", strconv.Itoa(f.n))
	}
	if f.option != "" {
		args = append(args, "--option", f.option)
	}
	for _, x := range f.with {
		args = append(args, "--with", x)
	}
	if f.hospital != "" {
		args = append(args, "--hospital", f.hospital)
	}
	if f.replication >= 0 {
		args = append(args, "--replication", strconv.Itoa(f.replication))
	}
	if f.days > 0 {
		args = append(args, "--days", sim.Span(f.days).String())
	}
	each := func(flag string, values ...string) {
		for _, x := range values {
			if x != "" {
				args = append(args, "--"+flag, x)
			}
		}
	}
	each("lever", strings.Join(f.plan.levers, ","))
	each("target", f.plan.target)
	each("between", f.plan.between...)
	each("resolution", f.plan.resolution...)
	each("cost", f.plan.costs...)
	each("by", f.compare.by)
	each("metric", f.metric)
	each("causes", f.why.causes)
	each("vary", f.vary...)
	each("parameter", strings.Join(f.parameter, ","))
	if f.fixed {
		args = append(args, "--fixed")
	}
	if f.each {
		args = append(args, "--each")
	}
	if f.width != string(plots.Page) {
		args = append(args, "--width", f.width)
	}
	return strings.Replace(study.Command(s, "plot", args...), "oxysim plot ", "oxysim plot "+figure+" ", 1)
}
