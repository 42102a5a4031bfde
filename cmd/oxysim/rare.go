package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"oxysim/report"
	"oxysim/study"
)

// rareFlags are what rare was asked for.
type rareFlags struct {
	askFlags
	hospital string
	event    string
	runs     int
	n        int
	plain    int
}

func (c *command) rareCommand() *cobra.Command {
	f := rareFlags{runs: study.RareRuns, n: study.RareEstimates, plain: study.RarePlain}
	cmd := &cobra.Command{
		Use:     "rare SCENARIO",
		GroupID: groupAnswer,
		Short:   "Estimate a risk that plain replications hardly ever see",
		Long: `rare says how likely a stockout is that happens once in thousands or millions of replications, at one hospital or anywhere.

First come plain replications. If they see it often enough, theirs is the answer. If not, replications are split: those that come
near to it, because much of what a hospital holds is gone, are copied there and go on in many ways, step by step. The estimate is
unbiased; it comes with its interval, with the steps, and with the number of plain replications that it replaces.

Levels help where stock goes step by step, also in one long outage; what comes at one stroke, they do not make likelier: then rare
says so, and gives the bound of the plain replications. Ctrl-C keeps the estimates that are finished; --resume goes on from there.

Exit status: 0 answered, 2 bad input, 130 interrupted, 1 internal error.`,
		Example: "  oxysim rare exact-first-stockout --set hospital.clinic.buffer=26\n" +
			"  oxysim rare district --hospital hilltop --event stockout\n" +
			"  oxysim rare mine.toml --hospital riverside --runs 1024 -n 40 --format json",
		Args:              exactly(1, "the name or path of a scenario"),
		ValidArgsFunction: completeScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.answerRare(cmd.Context(), f, args[0])
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.hospital, "hospital", "", "the hospital of this `name` (default any of the network)")
	flags.StringVar(&f.event, "event", "", "what is feared: stockout or empty (default the target's metric, if it is one of them, or stockout)")
	flags.VarP(upTo{countFlag{&f.n, study.LeastEstimates}, 1_000_000}, "replications", "n", "how many independent estimates by splitting")
	flags.Var(upTo{countFlag{&f.runs, 16}, 100_000}, "runs", "how many runs of each step of an estimate")
	flags.Var(upTo{countFlag{&f.plain, 1}, mostAsked}, "plain", "how many plain replications at first, at most")
	f.flags(cmd)
	completes(cmd, "hospital", completeHospital)
	return cmd
}

// answerRare estimates and writes the answer.
func (c *command) answerRare(ctx context.Context, f rareFlags, called string) error {
	return c.ask(ctx, f.askFlags, called, "rare", func(ctx context.Context, s *study.Subject, k *study.Work) (*answer, error) {
		thing := ""
		if f.hospital != "" {
			name, err := hospitalNamed(s, f.hospital)
			if err != nil {
				return nil, err
			}
			thing = "hospital." + name
		}
		q, err := study.NewRare(s, thing, f.event)
		if err != nil {
			return nil, failure{exitBadInput, err}
		}
		q.Runs, q.Estimates, q.Plain = f.runs, f.n, f.plain
		a, err := q.Answer(ctx, k)
		if err != nil {
			return nil, err
		}
		return &answer{
			write: func(w io.Writer, format report.Format, v report.View) error { return report.Rare(w, format, a, v) },
			exit:  exitMet,
		}, nil
	})
}
