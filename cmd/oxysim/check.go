package main

import (
	"io"

	"github.com/spf13/cobra"

	"oxysim/report"
	"oxysim/study"
)

func (c *command) checkCommand() *cobra.Command {
	var set []string
	var v viewFlags
	cmd := &cobra.Command{
		Use:     "check SCENARIO",
		GroupID: groupLook,
		Short:   "Say what a scenario means, what was assumed, and what is implausible",
		Long: `check reads a scenario and says what it means on an average day: how much oxygen is asked for and can be
supplied, how many cylinders there are and how often each must turn. It lists every number that is an assumption, that
has no source or that was taken by default, and warns of values that are right only seldom.

Exit status: 0 if the scenario can be simulated, with or without warnings; 2 if not.`,
		Example:           "  oxysim check mine.toml\n  oxysim check district --format json",
		Args:              exactly(1, "the name or path of a scenario"),
		ValidArgsFunction: completeScenario,
		RunE: func(_ *cobra.Command, args []string) error {
			s, problems := study.Open(args[0], set...)
			if len(problems) > 0 {
				return problems
			}
			if problems := s.CheckOptions(); len(problems) > 0 {
				return problems
			}
			if _, err := study.NewRun(s, 0, 1, study.Precision{}); err != nil {
				return failure{exitBadInput, err}
			}
			if err := checkOutput(v.output, "the scenario", inputs(s)); err != nil {
				return err
			}
			m := study.Check(s)
			view := report.View{Color: c.coloured(v.output != "")}
			return c.write(v.output, func(w io.Writer) error { return report.Check(w, report.Format(v.format), m, view) })
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	settings(flags, &set)
	formats(flags, &v.format, "table", "json")
	output(flags, &v.output, "write to this `file`")
	return cmd
}
