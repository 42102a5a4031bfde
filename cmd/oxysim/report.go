package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing/fstest"

	"github.com/spf13/cobra"

	"oxysim/docs"
	"oxysim/model"
	"oxysim/report"
	"oxysim/scenarios"
	"oxysim/scenarios/workbook"
	"oxysim/study"
)

// reportFlags are what report was asked for.
type reportFlags struct {
	ask   askFlags
	n     int
	quick bool
	dir   string
}

// reportGC is by how much the heap may grow between collections: questions make
// designs by the hundred, and most of what they allocate lasts.
const reportGC = 100

// mostKept is how many numbers of replications are kept in memory at most: eight
// bytes each, twice.
const mostKept = 50_000_000

func (c *command) reportCommand() *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use:     "report SCENARIO",
		GroupID: groupAnswer,
		Short:   "Write a folder to hand on: a page, a workbook, figures, data and the scenario",
		Long: `report simulates a scenario and writes a folder of results, named after the scenario and the digest of what is in it:
report.html, which needs nothing else and may be printed; summary.xlsx; summary.csv; runs.parquet with every number of every
replication; the figures; the scenario itself; and manifest.json, by which "oxysim verify" makes the folder again and says
whether it is the same. A folder that is there already is not written again. The same command writes the same bytes.

Beside what happens as things are it asks why oxygen runs short, what the options of the file do, and how much of a buffer
would be enough where it is worst; --quick leaves these out.

Exit status: 0 target met, 3 not met or undecided, 2 bad input, 130 interrupted, 1 internal error.`,
		Example: "  oxysim report district\n" +
			"  oxysim report kri-erbil -n 1000 --quick -o results\n" +
			"  oxysim verify results/kri-erbil-…",
		Args:              exactly(1, "the name or path of a scenario"),
		ValidArgsFunction: completeScenario,
		RunE:              func(cmd *cobra.Command, args []string) error { return c.answerReport(cmd.Context(), f, args[0]) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.VarP(countFlag{&f.n, 1}, "replications", "n", "how many replications (default the scenario's)")
	flags.BoolVar(&f.quick, "quick", false, "only what happens as things are: not why, the options and how much is enough")
	flags.StringVarP(&f.dir, "output", "o", "results", "the `folder` in which the folder of results is made")
	f.ask.workFlags(cmd)
	return cmd
}

// workFlags adds the flags that say how a question is worked on, and of what.
func (f *askFlags) workFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Var(seedFlag{&f.seed, &f.seedSet}, "seed", "another seed than the scenario's")
	settings(flags, &f.settings)
	f.howFlags(cmd)
}

// howFlags adds the flags that say how it is worked on.
func (f *askFlags) howFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Var(upTo{countFlag{&f.workers, 1}, 4096}, "workers", "how many replications at once (default one for each processor)")
	flags.StringVar(&f.resume, "resume", "", "go on where an interrupted report ended: its `file`")
	flags.Lookup("resume").NoOptDefVal = resumeDefault
	flags.BoolVar(&f.progress, "progress", false, "show progress although stderr is no terminal")
}

// answerReport writes a folder of results.
func (c *command) answerReport(ctx context.Context, f reportFlags, called string) error {
	s, problems := study.Open(called, f.ask.settings...)
	if len(problems) > 0 {
		return problems
	}
	if f.ask.seedSet {
		s.Seed = f.ask.seed
	}
	if f.n == 0 {
		f.n = s.File.Run.Replications
	}
	defer withoutEmpty(f.dir)()
	if err := canMakeFolder(f.dir); err != nil {
		return err
	}
	files, err := workbook.Files(strings.TrimSuffix(report.ScenarioFile, ".toml"), s.Scenario)
	if err != nil {
		return err
	}
	again, problems := reopened(files, s.Name, s.Seed)
	if len(problems) > 0 {
		return problems
	}
	args := []string{"-n", strconv.Itoa(f.n)}
	if f.n == s.File.Run.Replications {
		args = nil
	}
	if f.quick {
		args = append(args, "--quick")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(reportGC))
	v := thisVersion()
	w := &wanted{
		n: f.n, most: reportMost, read: readFiles(s),
		inputs: files, made: report.Made{Program: v.Version, Revision: v.Revision, Command: study.Command(s, "report", args...), Quick: f.quick},
	}
	if f.quick {
		w.most = nil
	}
	return c.askOf(ctx, f.ask, again, "report", func(ctx context.Context, k *study.Work) (*answer, error) {
		r, err := w.results(ctx, k, again)
		if err != nil {
			return nil, err
		}
		made, err := r.Files()
		if err != nil {
			return nil, err
		}
		path := filepath.Join(f.dir, r.FolderName(made))
		there, err := newFolder(path, made)
		if err != nil {
			return nil, err
		}
		exit := exitMissed
		if r.Answer.Verdict == study.Met {
			exit = exitMet
		}
		return &answer{exit: exit, write: func(out io.Writer, _ report.Format, v report.View) error {
			return report.Told(out, r, filepath.ToSlash(path), there, v)
		}}, nil
	})
}

// reopened reads a scenario from files in memory, as whoever has the folder
// would.
func reopened(files map[string][]byte, name string, seed uint64) (*study.Subject, scenarios.Problems) {
	fsys := fstest.MapFS{}
	for n, data := range files {
		fsys[n] = &fstest.MapFile{Data: data}
	}
	sc, problems := scenarios.Read(fsys, report.ScenarioFile)
	if len(problems) > 0 {
		return nil, problems
	}
	sc.Name = name
	return &study.Subject{
		Scenario: sc, Called: report.ScenarioFile, Seed: seed,
		NewWorld: func() study.World { return model.New(sc.Config) },
	}, nil
}

// readFiles returns the files that a scenario was read from, with their digests.
func readFiles(s *study.Subject) (list []report.Input) {
	for _, name := range s.Tree.Files() {
		sum := sha256.Sum256(s.Tree.Data(name))
		list = append(list, report.Input{Name: filepath.ToSlash(name), SHA256: hex.EncodeToString(sum[:])})
	}
	slices.SortFunc(list, func(a, b report.Input) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// wanted says what a folder is to hold.
type wanted struct {
	n      int
	most   map[string]int // replications of the questions beside the first, at most; those that are missing are not asked
	inputs map[string][]byte
	read   []report.Input
	made   report.Made
}

// results asks all questions of a subject.
func (w *wanted) results(ctx context.Context, k *study.Work, s *study.Subject) (*report.Results, error) {
	run, err := study.NewRun(s, 0, w.n, study.Precision{})
	if err != nil {
		return nil, mistaken(err)
	}
	if metrics := len(s.Metrics()); w.n > mostKept/metrics {
		return nil, bad("-n: want at most %d replications of %d numbers each, all of which are kept, not %d", mostKept/metrics, metrics, w.n)
	}
	r := &report.Results{Subject: s, Inputs: w.inputs, Read: w.read, Made: w.made, Meaning: study.Check(s), Validation: docs.Validation}
	err = run.Ask(ctx, k, func(_ int, values []float64) { r.Values = append(r.Values, slices.Clone(values)) })
	if err != nil {
		return nil, err
	}
	r.Answer = run.Answer()
	for _, q := range reportQuestions {
		a := report.Asking{Question: q.name, Most: w.most[q.name]}
		switch {
		case w.most == nil:
			a.Not = "left out by --quick"
		case a.Most == 0:
			a.Not = "left out"
		default:
			if a.Not, err = q.ask(ctx, k, r, a.Most); err != nil {
				return nil, err
			}
		}
		r.Asked = append(r.Asked, a)
	}
	return r, drawReport(ctx, k, r)
}

// canMakeFolder returns an error, before anything is simulated, if no folder can
// be made in a folder, which is made if it is not there.
func canMakeFolder(dir string) error {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return bad("-o: %s is a file, want a folder", dir)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return bad("-o: %s: %v", dir, cause(err))
	}
	if err := canWriteBeside(filepath.Join(dir, "x")); err != nil {
		return bad("-o: %s: %v", dir, err)
	}
	return nil
}

// newFolder writes a folder, which then is there as a whole or not at all. It
// reports whether it was there already, with the same files; one with others is
// left as it is.
func newFolder(path string, files map[string][]byte) (there bool, err error) {
	if _, err := os.Lstat(path); err == nil {
		return true, sameFolder(path, files)
	}
	temporary, err := makeBeside(path)
	if err != nil {
		return false, fmt.Errorf("write %s: %w", path, err)
	}
	defer func() { quietly(func() error { return os.RemoveAll(temporary) }) }()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		full := filepath.Join(temporary, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			return false, fmt.Errorf("write %s: %w", path, cause(err))
		}
		if _, err := createNew(full, files[name]); err != nil {
			return false, fmt.Errorf("write %s: %w", path, err)
		}
	}
	if err := os.Rename(temporary, path); err != nil {
		if errors.Is(err, fs.ErrExist) { // another has been faster
			return true, sameFolder(path, files)
		}
		return false, fmt.Errorf("write %s: %w", path, cause(err))
	}
	return false, nil
}

// sameFolder returns an error if a folder has not just these files.
func sameFolder(path string, files map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		content, err := os.ReadFile(filepath.Join(path, filepath.FromSlash(name)))
		if err != nil || !bytes.Equal(content, files[name]) {
			return failure{exitMissed, fmt.Errorf("%s is there already, and its %s has been changed: nothing is written over it; see oxysim verify", path, name)}
		}
	}
	return nil
}
