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
	"slices"
	"strconv"
	"strings"
	"testing/fstest"

	"github.com/spf13/cobra"

	"oxysim/docs"
	"oxysim/model"
	"oxysim/plots"
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

// How often the questions beside the first are simulated at most, in a report:
// as often as takes about as long as the first.
var reportMost = map[string]int{"why": 30, "compare": 1000, "plan": 400}

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
	for _, q := range []struct {
		name string
		ask  func(ctx context.Context, k *study.Work, r *report.Results, most int) (not string, err error)
	}{{"why", askWhy}, {"compare", askCompare}, {"plan", askPlan}} {
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
	r.Figures, err = reportFigures(ctx, k, r)
	return r, err
}

// askWhy asks why oxygen runs short, if it does.
func askWhy(ctx context.Context, k *study.Work, r *report.Results, most int) (not string, err error) {
	if e := r.Answer.Estimate("network.stockout_hours"); e == nil || e.Mean == 0 {
		return "there was no stockout", nil
	}
	y, err := study.NewWhy(r.Subject, "", "stockout_hours", nil)
	if err != nil {
		return err.Error(), nil
	}
	y.N, y.Precision = most, 0 // as many as that, whatever they show
	r.Why, err = y.Answer(ctx, k)
	return "", err
}

// askCompare asks what the options of the scenario do, if it has any.
func askCompare(ctx context.Context, k *study.Work, r *report.Results, most int) (not string, err error) {
	if len(r.Subject.File.Option) == 0 {
		return "the scenario has no [option.NAME]", nil
	}
	designs, err := study.DesignsOf(r.Subject)
	if err != nil {
		return err.Error(), nil
	}
	q, err := study.NewCompare(designs, min(most, len(r.Values)), "", 0)
	if err != nil {
		return err.Error(), nil
	}
	r.Compare, err = q.Answer(ctx, k)
	return "", err
}

// mostBuffer is the largest buffer that is considered, as a multiple of what there
// is: if it is not enough, something else is short.
const mostBuffer = 10

// askPlan asks how much of a buffer is enough in the worst hospital, if it misses
// the target.
func askPlan(ctx context.Context, k *study.Work, r *report.Results, most int) (not string, err error) {
	list, judged := r.Answer.Hospitals()
	if !judged || len(list) == 0 || !r.Answer.Target.Probability() {
		return "the target is none for a probability in hospitals", nil
	}
	worst := list[0]
	name := strings.TrimPrefix(worst.Thing, "hospital.")
	switch {
	case worst.Verdict == study.Met:
		return "the target is met", nil
	case r.Subject.File.Hospital[name].Buffer == 0:
		return "the worst hospital has no buffer", nil
	}
	lever, err := study.NewLever(r.Subject, worst.Thing+".buffer")
	if err != nil {
		return err.Error(), nil
	}
	p, err := study.NewPlan(r.Subject, []*study.Turn{{Lever: lever, From: lever.Base, To: mostBuffer * lever.Base}}, "")
	if err != nil {
		return err.Error(), nil
	}
	p.Most = most
	r.Plan, err = p.Answer(ctx, k)
	var broken *study.Broken
	if err != nil && !errors.Is(err, context.Canceled) && !errors.As(err, &broken) {
		r.Plan = nil
		return err.Error(), nil
	}
	return "", err
}

// reportDrawn are the figures of a report: where they stand, and from how many
// replications they are drawn at most; 0 for all. More would move no line by more
// than its width.
var reportDrawn = []struct {
	name, section string
	most          int
}{
	{"risk", "risk", 0}, {"map", "risk", 0}, {"gantt", "why", 200},
	{"survival", "closer", 0}, {"stock", "closer", 200}, {"cover", "closer", 100}, {"cylinders", "closer", 100},
}

// reportFigures draws the figures of a report. What cannot be drawn of a
// scenario, such as a map without positions, is left out.
func reportFigures(ctx context.Context, k *study.Work, r *report.Results) (list []report.Drawing, err error) {
	for _, x := range reportDrawn {
		entry, ok := plots.Find(x.name)
		if !ok {
			continue
		}
		n := len(r.Values)
		if x.most > 0 {
			n = min(n, x.most)
		}
		drawn, err := entry.Ask(ctx, k, plots.Wish{Subject: r.Subject, N: n, Replication: -1})
		var broken *study.Broken
		switch {
		case ctx.Err() != nil: // even if this one was drawn: the others would be left out
			return nil, ctx.Err()
		case errors.As(err, &broken):
			return nil, err
		case err != nil:
			continue
		}
		d, err := drawing(r, drawn, x.name, x.section, n)
		if err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, nil
}

// drawing draws a figure in all formats, with the numbers behind it.
func drawing(r *report.Results, f plots.Figure, name, section string, n int) (report.Drawing, error) {
	style := plots.Style{Width: plots.Page, Origin: plots.Origin{
		Subject: r.Subject, Replications: plural(n, "replication"),
		Command: strings.Replace(study.Command(r.Subject, "plot", "-n", strconv.Itoa(n)), "oxysim plot ", "oxysim plot "+name+" ", 1),
	}}
	d := report.Drawing{Name: name, Title: f.Title(), About: f.Subtitle(), Section: section, Files: map[string][]byte{}}
	for _, format := range plots.Formats {
		style.Format = format
		var b bytes.Buffer
		if err := plots.Draw(&b, f, style); err != nil {
			return d, fmt.Errorf("draw %s: %w", name, err)
		}
		d.Files[format] = b.Bytes()
	}
	var b bytes.Buffer
	err := plots.WriteData(&b, f)
	d.Files["csv"] = b.Bytes()
	return d, err
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
