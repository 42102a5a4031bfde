package main

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"oxysim/report"
	"oxysim/scenarios"
	"oxysim/study"
)

// whyFlags are what why was asked for.
type whyFlags struct {
	ask       askFlags
	n         int
	precision study.Precision
	hospital  string
	metric    string
	causes    string
	told      int
	fixed     bool
	dollar    bool
	nSet      bool
}

func (c *command) whyCommand() *cobra.Command {
	f := whyFlags{n: 1000, precision: study.Precision{Points: 5}, told: 20}
	var names []string
	for _, x := range scenarios.Causes() {
		names = append(names, x.Name)
	}
	cmd := &cobra.Command{
		Use:     "why SCENARIO",
		GroupID: groupAnswer,
		Short:   "Say why oxygen runs short: how much each cause does, and what single stockouts waited for",
		Long: `why shares the hours of shortage, or another metric, out among causes: ` + strings.Join(names, ", ") + `.
A cause is thought away by changing keys of the scenario, such as closures of roads; every set of causes is simulated in the
same futures. A cause's share is what it adds on average when the causes come one by one in every order (Shapley), so that
shares add up. With more than five causes, each future has an order drawn by lot and its reverse.

Then it tells of single stockouts what the delivery that ended them waited for.

--next-dollar instead ranks what money can be spent on, numbers with a price in [price.unit] and options, by what one more
brings for 1000 of the currency a year, and says which of the best help or hinder each other.

It stops when every share is known to --precision, at the latest after -n futures. Each future is simulated once for every set
of causes that it meets: 32 designs for five causes, 28 for eight. docs/why.md says what is changed without each cause, and what
shares mean.

Exit status: 0 answered, 3 not to the precision wanted, 2 bad input, 130 interrupted, 1 internal error.`,
		Example: "  oxysim why district --hospital riverside\n" +
			"  oxysim why kri-erbil --causes power,plant,filling,cylinders,trucks,roads\n" +
			"  oxysim why district --next-dollar\n" +
			"  oxysim why exact-visits --metric round.weekly.owing_share --causes roads,demand --precision 1pp",
		Args:              exactly(1, "the name or path of a scenario"),
		ValidArgsFunction: completeScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.nSet = cmd.Flags().Changed("replications")
			if f.dollar {
				return c.answerDollar(cmd.Context(), f, args[0])
			}
			return c.answerWhy(cmd.Context(), f, args[0])
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.hospital, "hospital", "", "of the one of this `name`, not of the network")
	flags.StringVar(&f.metric, "metric", "stockout_hours", "what is shared out: the last part of a `metric`, or its whole name")
	flags.StringVar(&f.causes, "causes", "", "only among these, names or labels, with commas between (default all that the scenario has)")
	flags.VarP(upTo{countFlag{&f.n, 1}, mostAsked}, "replications", "n", "how many futures, at most")
	flags.Var(precisionFlag{&f.precision}, "precision", "stop when every share is known to so many points, such as \"5pp\"")
	flags.BoolVar(&f.fixed, "fixed", false, "all -n futures, though the shares may be known earlier; intervals are then for that number")
	flags.Var(upTo{countFlag{&f.told, 0}, 1_000_000}, "told", "how many replications single stockouts are told of")
	flags.BoolVar(&f.dollar, "next-dollar", false, "rank what money can be spent on (then -n is 200 if not given)")
	f.ask.flags(cmd)
	completes(cmd, "hospital", completeHospital)
	return cmd
}

// hospitalOf finds a hospital by its name or label, if one is asked for.
func hospitalOf(s *study.Subject, wanted string) (string, error) {
	if wanted == "" {
		return "", nil
	}
	return hospitalNamed(s, wanted)
}

// answerWhy asks why and writes the answer.
func (c *command) answerWhy(ctx context.Context, f whyFlags, called string) error {
	if f.precision.Relative > 0 {
		return bad("--precision: want points of a share, such as \"5pp\", not %q", f.precision)
	}
	var causes []string
	for _, name := range strings.Split(f.causes, ",") {
		if name = strings.TrimSpace(name); name != "" {
			causes = append(causes, name)
		}
	}
	return c.ask(ctx, f.ask, called, "why", func(ctx context.Context, s *study.Subject, k *study.Work) (*answer, error) {
		hospital, err := hospitalOf(s, f.hospital)
		if err != nil {
			return nil, err
		}
		y, err := study.NewWhy(s, hospital, f.metric, causes)
		if err != nil {
			var problems scenarios.Problems
			if errors.As(err, &problems) {
				return nil, err
			}
			return nil, bad("%v", err)
		}
		y.N, y.Precision, y.Told = f.n, f.precision.Points/100, f.told
		if f.fixed {
			y.Precision = 0
		}
		a, err := y.Answer(ctx, k)
		if err != nil {
			return nil, err
		}
		exit := exitMet
		if !a.Reached && !f.fixed && a.Total.Mean != 0 {
			exit = exitMissed
		}
		return &answer{
			write: func(w io.Writer, format report.Format, v report.View) error { return report.Why(w, format, a, v) },
			exit:  exit,
		}, nil
	})
}

// answerDollar asks what the next dollar is best spent on.
func (c *command) answerDollar(ctx context.Context, f whyFlags, called string) error {
	if f.causes != "" {
		return bad("--causes: want none with --next-dollar, which asks for no causes")
	}
	return c.ask(ctx, f.ask, called, "next-dollar", func(ctx context.Context, s *study.Subject, k *study.Work) (*answer, error) {
		hospital, err := hospitalOf(s, f.hospital)
		if err != nil {
			return nil, err
		}
		d, err := study.NewDollar(s, hospital, f.metric)
		if err != nil {
			var problems scenarios.Problems
			if errors.As(err, &problems) {
				return nil, err
			}
			return nil, bad("%v", err)
		}
		if f.nSet {
			d.N = f.n
		}
		a, err := d.Answer(ctx, k)
		if err != nil {
			return nil, err
		}
		return &answer{
			write: func(w io.Writer, format report.Format, v report.View) error { return report.Dollar(w, format, a, v) },
			exit:  exitMet,
		}, nil
	})
}
