package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"oxysim/report"
	"oxysim/scenarios/quantity"
	"oxysim/study"
)

// runFlags are what run was asked for.
type runFlags struct {
	first, n  int
	precision study.Precision
	seed      uint64
	seedSet   bool
	workers   int
	settings  []string
	view      viewFlags
	resume    string // path, resumeDefault or ""
	progress  bool
	shard     bool // --first was given: a part of a study
}

// viewFlags say how an answer is to be written.
type viewFlags struct {
	format   string
	output   string
	hospital string
	all      bool
}

// resumeDefault stands for the file that an interrupted run leaves.
const resumeDefault = "auto"

func (c *command) runCommand() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:     "run SCENARIO",
		GroupID: groupAnswer,
		Short:   "Simulate a scenario many times: who runs out, how likely, and what holds it back",
		Long: `run simulates a scenario, a ready-made one by its name or a file by its path, and says whether its target is met:
first the verdict, then the hospitals, the worst first, then the plants and what held filling back, then what to do next.

The same scenario, seed and number of replications give the same answer, to the last byte, on any number of workers.
Ctrl-C keeps the replications that are finished; --resume goes on from there.

Exit status: 0 target met, 3 not met or undecided, 2 bad input, 4 incomplete records, 130 interrupted, 1 internal error.`,
		Example: "  oxysim run district\n" +
			"  oxysim run district --precision 1pp --hospital riverside\n" +
			"  oxysim run mine.toml --set hospital.riverside.buffer=40 --format csv -o answer.csv\n" +
			"  oxysim run mine.toml --format jsonl --first 5000 -n 5000 -o part2.jsonl",
		Args: func(cmd *cobra.Command, args []string) error {
			if f.resume == resumeDefault && len(args) == 2 { // --resume FILE, with a space
				args = f.takeResume(args)
			}
			return exactly(1, "the name or path of a scenario")(cmd, args)
		},
		ValidArgsFunction: completeScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.resume == resumeDefault && len(args) == 2 {
				args = f.takeResume(args)
			}
			f.shard = cmd.Flags().Changed("first")
			return c.answerRun(cmd.Context(), f, args[0])
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.VarP(countFlag{&f.n, 1}, "replications", "n", "how many replications (default the scenario's); with --precision, at most (default 100000)")
	flags.Var(precisionFlag{&f.precision}, "precision", "stop when intervals are as narrow: \"1pp\" for probabilities, \"5%\" for other means")
	flags.Var(seedFlag{&f.seed, &f.seedSet}, "seed", "another seed than the scenario's")
	flags.Var(upTo{countFlag{&f.workers, 1}, 4096}, "workers", "how many replications at once (default one for each processor)")
	settings(flags, &f.settings)
	f.view.flags(cmd, "table", "csv", "json", "jsonl")
	flags.Var(countFlag{&f.first, 0}, "first", "number of the first replication, for a part of a study")
	flags.StringVar(&f.resume, "resume", "", "go on where an interrupted run ended: its `file`, or records (.jsonl)")
	flags.Lookup("resume").NoOptDefVal = resumeDefault
	flags.BoolVar(&f.progress, "progress", false, "show progress although stderr is no terminal")
	completes(cmd, "hospital", completeHospital)
	return cmd
}

// takeResume takes the file to resume out of the arguments.
func (f *runFlags) takeResume(args []string) []string {
	for i, a := range args {
		if strings.HasSuffix(a, ".jsonl") || strings.HasSuffix(a, ".json") {
			f.resume = a
			return slices.Delete(slices.Clone(args), i, i+1)
		}
	}
	return args
}

// flags adds the flags that say how an answer is written.
func (f *viewFlags) flags(cmd *cobra.Command, choices ...string) {
	flags := cmd.Flags()
	flags.StringVar(&f.hospital, "hospital", "", "everything about the one of this `name`")
	flags.BoolVar(&f.all, "all", false, "list all hospitals, not only the worst")
	formats(flags, &f.format, choices...)
	output(flags, &f.output, "write the answer to this `file`")
}

// view returns how an answer about a subject is shown.
func (c *command) view(f viewFlags, s *study.Subject) (report.View, error) {
	v := report.View{Color: c.coloured(f.output != ""), All: f.all}
	if f.hospital == "" {
		return v, nil
	}
	name, err := hospitalNamed(s, f.hospital)
	v.Hospital = "hospital." + name
	return v, err
}

// hospitalNamed finds a hospital by its name, dotted name or label: a name as it
// is written first, and then, in capitals or not, the only name or label.
func hospitalNamed(s *study.Subject, wanted string) (string, error) {
	plain := strings.TrimPrefix(wanted, "hospital.")
	if _, ok := s.File.Hospital[plain]; ok {
		return plain, nil
	}
	var names, alike, labelled []string
	for _, name := range slices.Sorted(maps.Keys(s.File.Hospital)) {
		label := s.File.Hospital[name].Label
		if strings.EqualFold(name, plain) {
			alike = append(alike, name)
		}
		if label != "" && strings.EqualFold(label, wanted) {
			labelled = append(labelled, name)
		}
		names = append(names, name)
		if label != "" {
			names = append(names, label)
		}
	}
	for _, found := range [][]string{alike, labelled} {
		switch {
		case len(found) == 1:
			return found[0], nil
		case len(found) > 1:
			return "", bad("--hospital: %q may be any of %s; want one of these names", wanted, someOf(found))
		}
	}
	slices.Sort(names)
	if guess := quantity.Guess(plain, names); guess != "" {
		return "", bad("there is no hospital %q (did you mean %q?)", wanted, guess)
	}
	return "", bad("there is no hospital %q; want one of %s", wanted, someOf(names))
}

// answerRun simulates a scenario and writes the answer.
func (c *command) answerRun(ctx context.Context, f runFlags, called string) error {
	s, problems := study.Open(called, f.settings...)
	if len(problems) > 0 {
		return problems
	}
	if f.seedSet {
		s.Seed = f.seed
	}
	switch {
	case f.n > 0:
	case f.precision != study.Precision{}:
		f.n = study.MostWithPrecision
	default:
		f.n = s.File.Run.Replications
	}
	v, err := c.view(f.view, s)
	if err != nil {
		return err
	}
	r, err := study.NewRun(s, f.first, f.n, f.precision)
	if err != nil {
		return failure{exitBadInput, err}
	}
	if f.view.format == "jsonl" {
		if err := notRead(f.view.output, "the scenario", inputs(s)); err != nil {
			return err
		}
		return c.keepRecords(ctx, f, r)
	}
	if err := checkOutput(f.view.output, "the scenario", inputs(s)); err != nil {
		return err
	}
	k, err := c.openCheckpoint(f, r)
	if err != nil {
		return err
	}
	m := c.runMeter(r, f.progress)
	patient := c.onInterrupt(ctx, func() { quietly(k.save) })
	err = r.Simulate(ctx, f.workers, nil, func() { m.tick(); k.tick() })
	patient()
	m.end()
	if errors.Is(err, context.Canceled) {
		return k.interrupted()
	}
	if err != nil {
		return err
	}
	if err := c.writeAnswer(f.view, r, v); err != nil {
		return err
	}
	k.remove()
	return verdict(r)
}

// onInterrupt says at once, when a run is interrupted, that it will end as soon
// as the replications under way do, and does what must be done in case it is not
// let to. It returns a function that waits for that, and after which nothing is
// said any more.
func (c *command) onInterrupt(ctx context.Context, act func()) (end func()) {
	said := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(said)
		if isTerminal(c.stderr) && os.Getenv("TERM") != "dumb" {
			fmt.Fprint(c.stderr, "\r\x1b[K") // where progress is shown
		}
		fmt.Fprintln(c.stderr, "oxysim: finishing the replications under way; Ctrl-C again to stop now")
		act()
	})
	return func() {
		if !stop() {
			<-said
		}
	}
}

// writeAnswer writes what is known.
func (c *command) writeAnswer(f viewFlags, r *study.Run, v report.View) error {
	a := r.Answer()
	return c.write(f.output, func(w io.Writer) error { return report.Run(w, report.Format(f.format), a, v) })
}

// verdict returns the exit status that says whether the target is met.
func verdict(r *study.Run) error {
	if r.Answer().Verdict != study.Met {
		return failure{status: exitMissed}
	}
	return nil
}

// rest returns the command that simulates the replications that a run of which
// nothing was kept but what it wrote has not simulated.
func rest(r *study.Run, extra ...string) string {
	args := []string{"--format", "jsonl", "--first", strconv.Itoa(r.Fold.Next()), "-n", strconv.Itoa(r.N - r.Fold.Count)}
	return study.Command(r.Subject, "run", append(args, extra...)...)
}
