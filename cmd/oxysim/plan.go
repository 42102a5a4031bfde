package main

import (
	"context"
	"io"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"oxysim/report"
	"oxysim/scenarios"
	"oxysim/scenarios/source"
	"oxysim/study"
)

// planFlags are what plan was asked for.
type planFlags struct {
	askFlags
	levers      []string
	target      string
	between     []string
	resolution  []string
	costs       []string
	perHospital bool
	n           int
	all         bool
}

func (c *command) planCommand() *cobra.Command {
	var f planFlags
	cmd := &cobra.Command{
		Use:     "plan SCENARIO --lever KEY[,KEY…]",
		GroupID: groupAnswer,
		Short:   "Say how much is enough: the least buffer, fleet or plant that meets a target",
		Long: `plan turns one number of a scenario, its lever, until a target is met, and says which value is sufficient with a stated
confidence, and which is shown to be insufficient. Every value meets the same futures; it stops when the answer is known
to the resolution that was wanted. What is recommended is run again on fresh futures.

With several levers and what one more of each costs, it says which combination is the cheapest that meets the target.
With --per-hospital, it finds the buffer that each hospital needs, all together.

A target bounds a probability, a mean, a quantile or the mean of a tail: "P(stockout) <= 5%", "fill_rate >= 98%",
"E(stockout_hours) <= 2 h", "P95(stockout_hours) <= 10 h", "CVaR95(stockout_hours) <= 20 h", of every hospital or of one
thing: "hospital.ranya.stockout <= 5%", "network.stockout <= 5%". Without --target it is the scenario's. A target on
hospitals is about the one whose number the lever is, if there is one; "hospital.*.stockout <= 5%" is about all.

Exit status: 0 found, 3 the target cannot be reached so or it is undecided, 2 bad input, 130 interrupted, 1 internal error.`,
		Example: "  oxysim plan district --lever hospital.riverside.buffer\n" +
			"  oxysim plan exact-first-stockout --lever hospital.clinic.buffer --target \"P(empty) <= 1%\"\n" +
			"  oxysim plan mine.toml --lever hospital.riverside.buffer,plant.hub.filling.positions \\\n" +
			"      --cost hospital.riverside.buffer=233USD --cost plant.hub.filling.positions=1500USD\n" +
			"  oxysim plan mine.toml --per-hospital",
		Args:              exactly(1, "the name or path of a scenario"),
		ValidArgsFunction: completeScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.answerPlan(cmd.Context(), f, args[0])
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringSliceVar(&f.levers, "lever", nil, "the `key` to turn; several, with a comma between, have costs")
	flags.StringVar(&f.target, "target", "", "what to reach, such as \"P(stockout) <= 5%\" (default the scenario's)")
	flags.StringArrayVar(&f.between, "between", nil, "the values to look at: `FROM..TO`, or KEY=FROM..TO (repeatable)")
	flags.StringArrayVar(&f.resolution, "resolution", nil, "how finely to look: a `step`, or KEY=STEP (repeatable; default 1 of a whole number)")
	flags.StringArrayVar(&f.costs, "cost", nil, "what one more costs: `KEY=PRICE`, such as hospital.*.buffer=233USD (repeatable; default [price.unit] of the scenario)")
	flags.BoolVar(&f.perHospital, "per-hospital", false, "the buffer that each hospital needs, instead of --lever")
	flags.VarP(upTo{countFlag{&f.n, 1}, mostAsked}, "replications", "n", "how many replications at most (default what suits the target)")
	flags.BoolVar(&f.all, "all", false, "list all combinations, not only those on the frontier")
	f.flags(cmd)
	return cmd
}

// answerPlan asks how much is enough and writes the answer.
func (c *command) answerPlan(ctx context.Context, f planFlags, called string) error {
	switch {
	case f.perHospital && len(f.levers) > 0:
		return bad("want --lever or --per-hospital, not both")
	case !f.perHospital && len(f.levers) == 0:
		return bad("want --lever KEY, such as --lever hospital.NAME.buffer, or --per-hospital")
	}
	return c.ask(ctx, f.askFlags, called, "plan", func(ctx context.Context, s *study.Subject, k *study.Work) (*answer, error) {
		p, err := f.plan(s)
		if err != nil {
			return nil, failure{exitBadInput, err}
		}
		a, err := p.Answer(ctx, k)
		if err != nil {
			return nil, err
		}
		exit := exitMet
		if a.Verdict != study.Met {
			exit = exitMissed
		}
		write := func(w io.Writer, format report.Format, v report.View) error {
			v.All = f.all
			return report.Plan(w, format, a, v)
		}
		return &answer{write, exit}, nil
	})
}

// plan returns the question.
func (f *planFlags) plan(s *study.Subject) (*study.Plan, error) {
	var turns []*study.Turn
	for _, key := range f.levers {
		key = strings.TrimSpace(key)
		if key == "" {
			return nil, bad("want the key of a lever, such as hospital.NAME.buffer, not nothing")
		}
		for _, t := range turns {
			if t.Key == key {
				return nil, bad("want each lever once, not %s twice", key)
			}
		}
		l, err := study.NewLever(s, key)
		if err != nil {
			return nil, err
		}
		t := &study.Turn{Lever: l, From: math.NaN(), To: math.NaN()}
		if err := f.turn(t); err != nil {
			return nil, err
		}
		if problems := untenable(s, t); len(problems) > 0 {
			return nil, problems
		}
		turns = append(turns, t)
	}
	if err := f.known(turns); err != nil {
		return nil, err
	}
	p, err := study.NewPlan(s, turns, f.target)
	if err != nil {
		return nil, err
	}
	for _, text := range f.costs {
		x, err := study.NewPrice(s, text)
		if err != nil {
			return nil, bad("--cost %v", err)
		}
		p.Prices = append(p.Prices, x)
	}
	p.Hospitals, p.Most = f.perHospital, f.n
	return p, p.Check()
}

// untenable returns what is wrong with the ends of the range that a lever is asked
// to be within, if it is.
func untenable(s *study.Subject, t *study.Turn) (problems scenarios.Problems) {
	if math.IsNaN(t.From) {
		return nil
	}
	for _, x := range []float64{t.From, t.To} {
		_, of := t.At(s, x)
		problems = append(problems, of...)
	}
	for _, p := range problems {
		p.Place = source.Place{Flag: "--between " + t.Text(t.From) + ".." + t.Text(t.To)}
	}
	return problems
}

// turn takes the range and the resolution of a lever out of the flags.
func (f *planFlags) turn(t *study.Turn) (err error) {
	for _, text := range f.between {
		value, mine := f.of(t.Key, text)
		if !mine {
			continue
		}
		from, to, ok := strings.Cut(value, "..")
		if !ok {
			return bad("--between: want FROM..TO, such as 10..40, not %q", value)
		}
		if t.From, err = t.Parse(strings.TrimSpace(from)); err != nil {
			return bad("--between %v", err)
		}
		if t.To, err = t.Parse(strings.TrimSpace(to)); err != nil {
			return bad("--between %v", err)
		}
		if t.From >= t.To {
			return bad("--between: want the smaller value first, not %q", value)
		}
	}
	for _, text := range f.resolution {
		value, mine := f.of(t.Key, text)
		if !mine {
			continue
		}
		if t.Step, err = t.Parse(value); err != nil {
			return bad("--resolution %v", err)
		}
		if !(t.Step > 0) {
			return bad("--resolution: want more than nothing, not %q", value)
		}
	}
	return nil
}

// of returns the value of "KEY=VALUE", or of "VALUE" if there is one lever, and
// whether it is the lever's.
func (f *planFlags) of(key, text string) (value string, mine bool) {
	k, v, ok := strings.Cut(text, "=")
	if !ok {
		return text, len(f.levers) == 1
	}
	return v, strings.TrimSpace(k) == key
}

// known reports a range or resolution that is of no lever.
func (f *planFlags) known(turns []*study.Turn) error {
	for _, flag := range []struct {
		name   string
		values []string
	}{{"between", f.between}, {"resolution", f.resolution}} {
		for _, text := range flag.values {
			used := false
			for _, t := range turns {
				_, mine := f.of(t.Key, text)
				used = used || mine
			}
			if !used {
				return bad("--%s %s: want the key of a lever before it, such as %s=…", flag.name, text, strings.Join(f.levers, " or "))
			}
		}
	}
	return nil
}
