package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"oxysim/study"
)

// mergeFlags are what merge was asked for.
type mergeFlags struct {
	scenario  string
	settings  []string
	first, n  int
	precision study.Precision
	view      viewFlags
}

func (c *command) mergeCommand() *cobra.Command {
	var f mergeFlags
	cmd := &cobra.Command{
		Use:     "merge FILE...",
		GroupID: groupAnswer,
		Short:   "Put records of several runs or machines together, and answer as one run would",
		Long: `merge reads records, as run --format jsonl writes them, from one file or several, and answers what run would have
answered: to the last byte, if all replications are there. "-" is the standard input.

Records of another scenario, seed or version of the model are refused, and replications that are there twice. There should
be as many as the scenario asks for, or -n. If some are missing, merge says which and how to simulate them, and exits with
status 4; if these are the last, or the precision is not reached, it answers with those that are there.`,
		Example: "  oxysim merge part1.jsonl part2.jsonl\n" +
			"  oxysim merge part*.jsonl --format jsonl -o all.jsonl",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return bad("want files of records, as oxysim run --format jsonl writes them; see oxysim merge --help")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return c.answerMerge(cmd.Context(), f, args) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	f.view.flags(cmd, "table", "csv", "json", "jsonl")
	flags.StringVar(&f.scenario, "scenario", "", "the `scenario` that the records are of, if it is not where it was")
	settings(flags, &f.settings)
	flags.VarP(countFlag{&f.n, 1}, "replications", "n", "how many replications there should be (default the scenario's)")
	flags.Var(countFlag{&f.first, 0}, "first", "number of the first that should be there")
	flags.Var(precisionFlag{&f.precision}, "precision", "the one with which the records were simulated, if there was one")
	return cmd
}

// answerMerge reads records and writes what they tell.
func (c *command) answerMerge(ctx context.Context, f mergeFlags, paths []string) error {
	if err := checkOutput(f.view.output, "records", paths); err != nil {
		return err
	}
	files, err := c.openAll(ctx, paths)
	if err != nil {
		return err
	}
	defer func() {
		for _, x := range files {
			quietly(x.ReadSeeker.(io.Closer).Close)
		}
	}()
	s, err := subjectOf(f, files)
	if err != nil {
		return err
	}
	v, err := c.view(f.view, s)
	if err != nil {
		return err
	}
	if err := checkOutput(f.view.output, "the scenario", inputs(s)); err != nil {
		return err
	}
	asked := f.n > 0
	switch {
	case asked:
	case f.precision != study.Precision{}:
		f.n = study.MostWithPrecision
	default:
		f.n = s.File.Run.Replications
	}
	r, err := study.NewRun(s, f.first, f.n, f.precision)
	if err != nil {
		return failure{exitBadInput, err}
	}
	found, err := study.FindRecords(r.Codec(), files...)
	if err != nil {
		return err
	}
	for _, note := range found.Notes {
		fmt.Fprintln(c.stderr, "oxysim:", note)
	}
	if !asked && f.precision == (study.Precision{}) { // there may be more than the scenario asks for
		f.n = max(f.n, found.End()-f.first)
		r.N = f.n
	}
	end := f.first + f.n
	if f.precision != (study.Precision{}) { // which may be reached by those that are there
		end = min(end, max(found.End(), f.first))
	}
	gaps := found.Missing(f.first, end)
	late := len(gaps) == 1 && gaps[0].First > f.first && gaps[0].First+gaps[0].Count == end // there is a beginning
	if f.precision != (study.Precision{}) && late {
		gaps = nil // a line that was cut off
	} else if len(gaps) > 0 && !late {
		return c.incomplete(s, gaps)
	}
	if f.view.format == "jsonl" {
		err := c.write(f.view.output, func(w io.Writer) error {
			var line []byte
			out := bufio.NewWriter(w)
			err := found.Each(func(n int, values []float64) bool {
				line = r.Codec().Append(line[:0], n, values)
				_, err := out.Write(line)
				return err == nil
			})
			return errors.Join(err, out.Flush())
		})
		if err != nil || len(gaps) == 0 {
			return err
		}
		return c.fewer(s, found.Count(), f.n, gaps)
	}
	if err := found.Each(func(_ int, values []float64) bool { return r.Add(values) }); err != nil {
		return err
	}
	if err := c.writeAnswer(f.view, r, v); err != nil {
		return err
	}
	switch {
	case len(gaps) > 0:
		return c.fewer(s, r.Fold.Count, f.n, gaps)
	case !r.Done():
		return c.imprecise(s, r, paths)
	}
	return verdict(r)
}

// openAll opens files of records. The standard input is copied to a file, to be
// read twice.
func (c *command) openAll(ctx context.Context, paths []string) (files []study.RecordFile, err error) {
	for _, path := range paths {
		var f *os.File
		name := path
		if path == "-" {
			name = "standard input"
			f, err = spool(c.stdin)
		} else {
			f, err = os.Open(path)
		}
		if err != nil {
			return nil, failure{exitBadInput, err}
		}
		if info, err := f.Stat(); err == nil && info.IsDir() {
			quietly(f.Close)
			return nil, bad("read records %s: it is a folder, want a file", path)
		}
		files = append(files, study.RecordFile{Name: name, ReadSeeker: interruptible{f, ctx}})
	}
	return files, nil
}

// interruptible is a file that cannot be read any more after an interrupt.
type interruptible struct {
	*os.File
	ctx context.Context
}

func (f interruptible) Read(b []byte) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	return f.File.Read(b)
}

// spool copies what comes to a file that is gone when it is closed.
func spool(r io.Reader) (*os.File, error) {
	f, err := os.CreateTemp("", "oxysim-*.jsonl")
	if err != nil {
		return nil, err
	}
	quietly(func() error { return os.Remove(f.Name()) }) // where that is not possible while it is open, it stays
	if _, err := io.Copy(f, r); err != nil {
		quietly(f.Close)
		return nil, fmt.Errorf("read the standard input: %w", err)
	}
	return f, nil
}

// subjectOf opens the scenario that records are of, where they say it is.
func subjectOf(f mergeFlags, files []study.RecordFile) (*study.Subject, error) {
	first, err := study.FirstRecord(files...)
	if err != nil {
		return nil, err
	}
	if first == nil {
		return nil, bad("there is no record in %s", files[0].Name)
	}
	called, set := first.Scenario, first.Set
	if f.scenario != "" {
		called, set = f.scenario, f.settings
	} else if len(f.settings) > 0 {
		set = f.settings
	}
	s, problems := study.Open(called, set...)
	if len(problems) > 0 {
		if f.scenario != "" {
			return nil, problems
		}
		return nil, bad("the records are of the scenario %s, which cannot be read: %w\ngive it with --scenario", called, problems)
	}
	s.Seed = first.Seed
	if s.Digest != first.Digest {
		return nil, bad("the records are of a scenario with digest %.8s, but that of %s is %.8s now: give the one they were made with by --scenario, and --set as it was",
			first.Digest, called, s.Digest)
	}
	return s, nil
}

// fewer says that an answer is of fewer replications than are wanted, and how to
// simulate the others.
func (c *command) fewer(s *study.Subject, there, wanted int, gaps []study.Range) error {
	fmt.Fprintf(c.stderr, "oxysim: these are %d of %s; -n says how many are wanted\n", there, plural(wanted, "replication"))
	return c.incomplete(s, gaps)
}

// imprecise says that the precision is not reached, and how to go on.
func (c *command) imprecise(s *study.Subject, r *study.Run, paths []string) error {
	fmt.Fprintf(c.stderr, "oxysim: the precision %v is not reached in these %d of at most %s; to go on:\n",
		r.Precision, r.Fold.Count, plural(r.N, "replication"))
	all := paths[0]
	if len(paths) > 1 || !strings.HasSuffix(all, ".jsonl") {
		all = "all.jsonl"
		words := append([]string{"oxysim", "merge"}, paths...)
		fmt.Fprintf(c.stderr, "  %s\n", study.Words(append(words, "--format", "jsonl", "-n", strconv.Itoa(r.Fold.Count), "-o", all)...))
	}
	fmt.Fprintf(c.stderr, "  %s\n", study.Command(s, "run", "--precision", r.Precision.String(), "-n", strconv.Itoa(r.N), "--resume="+all))
	return failure{status: exitIncomplete}
}

// incomplete says which replications are missing and how to simulate them.
func (c *command) incomplete(s *study.Subject, gaps []study.Range) error {
	const most = 20
	fmt.Fprintln(c.stderr, "oxysim: incomplete; what is missing, and how to simulate it:")
	for i, g := range gaps {
		if i == most {
			fmt.Fprintf(c.stderr, "and %d more\n", len(gaps)-most)
			break
		}
		fmt.Fprintf(c.stderr, "%v\n  %s\n", g, study.Command(s, "run", "--format", "jsonl", "--first", strconv.Itoa(g.First), "-n", strconv.Itoa(g.Count),
			"-o", fmt.Sprintf("missing-%d.jsonl", g.First)))
	}
	return failure{status: exitIncomplete}
}
