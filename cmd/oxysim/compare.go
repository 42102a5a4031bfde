package main

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"oxysim/report"
	"oxysim/scenarios"
	"oxysim/study"
)

// compareFlags are what compare was asked for, beside what all questions are.
type compareFlags struct {
	askFlags
	n            int
	by           string
	indifference float64
	fixed        bool
	keep         string
}

func (c *command) compareCommand() *cobra.Command {
	var f compareFlags
	cmd := &cobra.Command{
		Use:     "compare SCENARIO [OPTION|SCENARIO…]",
		GroupID: groupAnswer,
		Short:   "Say which of several options is best, what it averts and what that costs",
		Long: `compare lets several designs meet the same futures: a scenario as it is, and what its options change, those that
[option.NAME] describes or those of them that are named; "trucks+cylinders" is both at once. Other scenarios may be named as
well. It says which is best, which is the cheapest that meets the target, by how much each differs from the first, with
intervals, and what that costs by the prices of the file. What chance may explain is shown as "~", and what is too close to
call is called so.

It stops when both answers are settled, which no price decides; so other prices need no other replications: --keep writes what
was simulated, and --resume=FILE reads it.

Exit status: 0 some design is known to meet the target, 3 none is, 2 bad input, 130 interrupted, 1 internal error.`,
		Example: "  oxysim compare kri-erbil\n" +
			"  oxysim compare kri-erbil trucks generator trucks+generator -n 2000\n" +
			"  oxysim compare mine.toml theirs.toml --by network.patient_hours_without --format csv -o answer.csv",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return bad("want the name or path of a scenario, and options of it or other scenarios; see oxysim compare --help")
			}
			return nil
		},
		ValidArgsFunction: completeOption,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.answerCompare(cmd.Context(), f, args)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.VarP(upTo{countFlag{&f.n, 1}, mostAsked}, "replications", "n", "how many replications, at most (default the scenario's)")
	flags.StringVar(&f.by, "by", "", "the `metric` by whose mean the best is chosen (default the target's, or the network's hours without oxygen)")
	flags.Float64Var(&f.indifference, "indifference", 0, "a `difference` of that mean that nobody cares about, in its unit (default a twentieth of the first design's; 0.01 for shares)")
	flags.BoolVar(&f.fixed, "fixed", false, "all replications, though the answer may be settled earlier: intervals are narrower")
	flags.StringVar(&f.keep, "keep", "", "write what was simulated to this `file`, for --resume with other prices")
	f.flags(cmd)
	return cmd
}

// answerCompare compares designs and writes the answer.
func (c *command) answerCompare(ctx context.Context, f compareFlags, args []string) error {
	designs, err := study.OpenDesigns(args[0], args[1:], f.settings...)
	if err != nil {
		return mistaken(err)
	}
	s := designs[0].Subject
	if f.seedSet {
		for _, o := range designs {
			o.Seed = f.seed
		}
	}
	if f.n == 0 {
		f.n = s.File.Run.Replications
	}
	p, err := study.NewCompare(designs, f.n, f.by, f.indifference)
	if err != nil {
		return mistaken(err)
	}
	p.Fixed = f.fixed
	for _, o := range designs {
		if err := notRead(f.keep, "the scenario", inputs(o.Subject)); err != nil {
			return err
		}
	}
	return c.askOf(ctx, f.askFlags, s, "compare", func(ctx context.Context, k *study.Work) (*answer, error) {
		a, err := p.Answer(ctx, k)
		if err != nil {
			return nil, err
		}
		if f.keep != "" {
			if err := writeFile(f.keep, func(w io.Writer) error { return k.Save(w) }); err != nil {
				return nil, err
			}
		}
		exit := exitMissed
		if len(a.Cheapest.Met) > 0 {
			exit = exitMet
		}
		return &answer{exit: exit, write: func(w io.Writer, format report.Format, v report.View) error { return report.Compare(w, format, a, v) }}, nil
	})
}

// mistaken makes an error of the user's of one that is.
func mistaken(err error) error {
	var problems scenarios.Problems
	if errors.As(err, &problems) {
		return problems
	}
	return failure{exitBadInput, err}
}

// completeOption completes the name of a scenario and then those of its options.
func completeOption(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return completeScenario(cmd, args, typed)
	}
	names, _ := thingsOf(args, func(s *study.Subject) []string { return s.Tree.Names("option") })
	return names, cobra.ShellCompDirectiveDefault
}
