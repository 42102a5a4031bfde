package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"oxysim/report"
	"oxysim/study"
)

// askFlags are what all questions have in common.
type askFlags struct {
	seed     uint64
	seedSet  bool
	workers  int
	settings []string
	format   string
	output   string
	resume   string // path, resumeDefault or ""
	taken    string // the path, if it came after a space
	progress bool
}

// flags adds them to a subcommand, after its own.
func (f *askFlags) flags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.Var(seedFlag{&f.seed, &f.seedSet}, "seed", "another seed than the scenario's")
	flags.Var(upTo{countFlag{&f.workers, 1}, 4096}, "workers", "how many replications at once (default one for each processor)")
	settings(flags, &f.settings)
	formats(flags, &f.format, "table", "csv", "json")
	output(flags, &f.output, "write the answer to this `file`")
	flags.StringVar(&f.resume, "resume", "", "go on where an interrupted question ended: its `file`")
	flags.Lookup("resume").NoOptDefVal = resumeDefault
	flags.BoolVar(&f.progress, "progress", false, "show progress although stderr is no terminal")
	args, run := cmd.Args, cmd.RunE
	cmd.Args = func(cmd *cobra.Command, list []string) error { return args(cmd, f.takeResume(list)) }
	cmd.RunE = func(cmd *cobra.Command, list []string) error { return run(cmd, f.takeResume(list)) }
}

// takeResume takes the file to resume out of the arguments, if it was named
// after a space: --resume FILE.
func (f *askFlags) takeResume(args []string) []string {
	at := slices.IndexFunc(args, func(a string) bool { return strings.HasSuffix(a, ".json") })
	if f.resume == resumeDefault && at >= 0 && len(args) > 1 {
		f.taken = args[at]
	}
	if f.taken == "" {
		return args
	}
	f.resume = f.taken
	return slices.DeleteFunc(slices.Clone(args), func(a string) bool { return a == f.taken })
}

// answer is what a question returns: how it is written, and whether what was
// wanted can be had.
type answer struct {
	write func(w io.Writer, f report.Format, v report.View) error
	exit  int // exitMet or exitMissed
}

// ask opens a scenario, asks a question about it and writes the answer. The
// question is asked with the work that an interrupted one has left, if that is
// asked for; if it is interrupted, its work is kept.
func (c *command) ask(ctx context.Context, f askFlags, called, name string,
	question func(ctx context.Context, s *study.Subject, k *study.Work) (*answer, error),
) error {
	s, problems := study.Open(called, f.settings...)
	if len(problems) > 0 {
		return problems
	}
	if f.seedSet {
		s.Seed = f.seed
	}
	return c.askOf(ctx, f, s, name, func(ctx context.Context, k *study.Work) (*answer, error) { return question(ctx, s, k) })
}

// askOf is ask of a subject that is open.
func (c *command) askOf(ctx context.Context, f askFlags, s *study.Subject, name string,
	question func(ctx context.Context, k *study.Work) (*answer, error),
) error {
	if err := checkOutput(f.output, "the scenario", inputs(s)); err != nil {
		return err
	}
	k := study.NewWork(s)
	k.Workers = f.workers
	kept := c.newKeeper(k, " pieces of work", c.questionPath(f, s, name), f.resume)
	k.Guard = &kept.mu
	if err := kept.open(); err != nil {
		return err
	}
	var now study.Progress
	var since time.Duration // the beginning of the stage, as elapsed
	m := c.meter(func(elapsed time.Duration) string { return progressLine(now, elapsed-since) }, f.progress)
	k.Watch = func(p study.Progress) {
		if p.Stage != now.Stage {
			since = time.Since(m.begun)
		}
		now = p
		m.tick()
		kept.tick()
	}
	patient := c.onInterrupt(ctx, func() { quietly(kept.save) })
	a, err := question(ctx, k)
	patient()
	m.end()
	switch {
	case errors.Is(err, context.Canceled):
		return kept.interrupted()
	case err != nil:
		return err
	}
	v := report.View{Color: c.coloured(f.output != "")}
	if err := c.write(f.output, func(w io.Writer) error { return a.write(w, report.Format(f.format), v) }); err != nil {
		return err
	}
	kept.remove()
	if a.exit != exitMet {
		return failure{status: a.exit}
	}
	return nil
}

// questionPath returns the name of the file that an interrupted question
// leaves, beside its answer or in the working folder: two questions about a
// scenario have two.
func (c *command) questionPath(f askFlags, s *study.Subject, name string) string {
	file := fmt.Sprintf("%s-%.8s-%s-%.6x", s.Name, s.Digest, name, sha256.Sum256([]byte(strings.Join(c.asked(), "\n"))))
	if s.Seed != s.File.Run.Seed {
		file += fmt.Sprintf("-seed%d", s.Seed)
	}
	return filepath.Join(beside(f.output), file+".partial.json")
}

// asked returns the call without what says how to go on, how many replications
// there are to be, and how the answer is written.
func (c *command) asked() (words []string) {
	without := []string{"--resume", "--workers", "--progress", "--format", "--output", "-o", "--replications", "-n", "--keep"}
	for i := 0; i < len(c.args); i++ {
		flag, _, joined := strings.Cut(c.args[i], "=")
		switch {
		case !slices.Contains(without, flag):
			words = append(words, c.args[i])
		case !joined && flag != "--resume" && flag != "--progress":
			i++ // its value
		}
	}
	return words
}

// beside returns the folder of an answer's file, or the working folder.
func beside(output string) string {
	if info, err := os.Stat(output); output != "" && (err != nil || info.Mode().IsRegular()) {
		return filepath.Dir(output)
	}
	return "."
}
