package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"oxysim/scenarios"
	"oxysim/scenarios/source"
	"oxysim/scenarios/workbook"
	"oxysim/study"
)

// importFlags are what import was asked for.
type importFlags struct {
	dir  string
	name string

	replace bool
}

func (c *command) importCommand() *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:     "import FILE…",
		GroupID: groupBegin,
		Short:   "Make a scenario of a filled-in workbook, of tables or of a map",
		Long: `import reads a workbook (.xlsx) as oxysim new --xlsx and oxysim export write it, or tables (.csv) that are called after
what is in them (hospital.csv, road.csv, …), or a map (.geojson), and writes a scenario: a .toml file and its tables.

All mistakes are told at once, with sheet and cell; then nothing is written. A hospital with a position and no road gets one
from its plant, as long as 1.3 (1.1 – 1.5) times the great circle, which is said to be an assumption.`,
		Example: "  oxysim new --xlsx mine.xlsx        a workbook to fill in\n" +
			"  oxysim import mine.xlsx -o mine\n" +
			"  oxysim import mine.xlsx -o mine --replace   again, after a correction\n" +
			"  oxysim run mine/mine.toml",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return exactly(1, "the name of a workbook, table or map")(cmd, args)
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return c.importFiles(f, args) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	output(flags, &f.dir, "the `folder` to write to (default the name of the scenario)")
	flags.StringVar(&f.name, "name", "", "the `name` of the scenario (default that of the first file)")
	flags.BoolVar(&f.replace, "replace", false, "replace the files of an earlier import, all of them or none")
	return cmd
}

// importFiles reads files and writes the scenario that they are.
func (c *command) importFiles(f importFlags, paths []string) error {
	if f.name == "" {
		f.name = strings.TrimSuffix(filepath.Base(paths[0]), filepath.Ext(paths[0]))
	}
	if !plainName(f.name) {
		return bad("--name: want letters, digits, \"-\", \"_\" or \".\" within, not %q", f.name)
	}
	if f.dir == "" {
		f.dir = f.name
	}
	var sheets []*workbook.Sheet
	var problems scenarios.Problems
	for _, path := range paths {
		more, err := openSheets(path)
		var one *scenarios.Problem
		var several scenarios.Problems
		switch {
		case errors.As(err, &one):
			problems = append(problems, one)
		case errors.As(err, &several):
			problems = append(problems, several...)
		case err != nil:
			problems = append(problems, &scenarios.Problem{Place: source.Place{File: path}, Message: err.Error()})
		}
		sheets = append(sheets, more...)
	}
	if len(problems) > 0 {
		return problems
	}
	sheets, assumed := workbook.Roads(sheets)
	sc, warnings, problems := workbook.ReadWarned(strings.Join(paths, ", "), sheets, unsupplied, func(sc *scenarios.Scenario) scenarios.Problems {
		s := study.NewSubject(sc, f.name)
		return append(s.CheckOptions(), s.CheckTarget()...)
	})
	if len(problems) > 0 {
		return problems
	}
	files, err := workbook.Files(f.name, sc)
	if err != nil {
		return err
	}
	if n := len(assumed.Hospitals); n > 0 {
		whence := "as is usual"
		if assumed.AsOthers {
			whence = "as of the other roads"
		}
		fmt.Fprintf(c.stderr, "oxysim: %s without a road: 1.3 times the great circle is ASSUMED for %s; trip_variation is %s, %s\n", plural(n, "hospital"), someOf(assumed.Hospitals), assumed.Varies, whence)
	}
	if !workbook.Has(sheets, "scenario") {
		what := "run, target, prices and title"
		if workbook.Has(sheets, "price") {
			what = "run, target and title"
		}
		fmt.Fprintf(c.stderr, "oxysim: no %s is called \"scenario\": %s are the defaults\n", workbook.Word(sheets), what)
	}
	for _, w := range warnings {
		fmt.Fprintf(c.stderr, "oxysim: %v\n", w)
	}
	if err := c.writeImport(f, files, paths); err != nil {
		return err
	}
	toml := typed(filepath.Join(f.dir, f.name+".toml"))
	_, err = fmt.Fprintf(c.stdout, "\n  Next   oxysim check %s   says what it means, what was assumed and what is odd\n         oxysim run %s     simulates it\n", toml, toml)
	return err
}

// writeImport writes the files of a scenario, in the place of those of an earlier
// import if that is asked for.
func (c *command) writeImport(f importFlags, files map[string][]byte, read []string) error {
	names := slices.Sorted(maps.Keys(files))
	var there []string
	for _, n := range names {
		path := filepath.Join(f.dir, n)
		info, err := os.Lstat(path)
		switch {
		case err != nil:
			continue
		case !f.replace:
			return bad("%s is there already; want another folder, or --replace to replace the files of an earlier import", path)
		case !info.Mode().IsRegular():
			return bad("--replace: %s is no file that import has written; want another folder", path)
		}
		if err := notRead(path, "an input", read); err != nil {
			return err
		}
		there = append(there, path)
	}
	if len(there) == 0 {
		return c.writeFolder(f.dir, files)
	}
	if _, err := os.Lstat(filepath.Join(f.dir, f.name+".toml")); err != nil {
		return bad("--replace: %s has no %s.toml, so its %s is of no earlier import; want another folder", f.dir, f.name, filepath.Base(there[0]))
	}
	if err := replaceFiles(f.dir, files); err != nil {
		return fmt.Errorf("write %s: %w", f.dir, err)
	}
	fmt.Fprintf(c.stderr, "oxysim: replaced %s\n", strings.Join(there, ", "))
	var others []string
	if entries, err := os.ReadDir(f.dir); err == nil {
		for _, e := range entries {
			if files[e.Name()] == nil && strings.HasSuffix(e.Name(), ".csv") {
				others = append(others, filepath.Join(f.dir, e.Name()))
			}
		}
	}
	if len(others) > 0 {
		fmt.Fprintf(c.stderr, "oxysim: left alone, as this import has no such table: %s\n", someOf(others))
	}
	for _, n := range names {
		if _, err := fmt.Fprintln(c.stdout, filepath.Join(f.dir, n)); err != nil {
			return err
		}
	}
	return nil
}

// replaceFiles writes files into a folder, in the place of those that are there. All
// are written before the first is put in its place; if one cannot be, those that were
// there are put back.
func replaceFiles(dir string, files map[string][]byte) (err error) {
	fresh, err := makeBeside(filepath.Join(dir, "import"))
	if err != nil {
		return err
	}
	old, err := makeBeside(filepath.Join(dir, "import"))
	if err != nil {
		quietly(func() error { return os.Remove(fresh) })
		return err
	}
	names := slices.Sorted(maps.Keys(files))
	var moved, placed []string
	defer func() {
		back := true
		if err != nil {
			err = fmt.Errorf("%w; nothing was replaced", err)
			for _, n := range placed {
				quietly(func() error { return os.Remove(filepath.Join(dir, n)) })
			}
			for _, n := range moved {
				if failed := os.Rename(filepath.Join(old, n), filepath.Join(dir, n)); failed != nil {
					err = fmt.Errorf("%w, but %s, which was there, is in %s now", err, n, old)
					back = false
				}
			}
		}
		quietly(func() error { return os.RemoveAll(fresh) })
		if back {
			quietly(func() error { return os.RemoveAll(old) })
		}
	}()
	for _, n := range names {
		if _, err := createNew(filepath.Join(fresh, n), files[n]); err != nil {
			return err
		}
	}
	for _, n := range names {
		switch err := os.Rename(filepath.Join(dir, n), filepath.Join(old, n)); {
		case err == nil:
			moved = append(moved, n)
		case !errors.Is(err, fs.ErrNotExist):
			return cause(err)
		}
		if err := os.Rename(filepath.Join(fresh, n), filepath.Join(dir, n)); err != nil {
			return cause(err)
		}
		placed = append(placed, n)
	}
	return nil
}

// unsupplied warns of hospitals that nobody brings what they ask for.
func unsupplied(sc *scenarios.Scenario) (list scenarios.Problems) {
	for _, w := range study.Unsupplied(study.NewSubject(sc, sc.Name)) {
		list = append(list, sc.Tree.Problem(w.Key, "%s", w.Message))
	}
	return list
}

// plainName reports whether a name may be that of a file on any machine.
func plainName(name string) bool {
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_. ", r) {
			return false
		}
	}
	return name != "" && strings.Trim(name, ". ") == name
}

// openSheets reads the sheets of a file, by its ending.
func openSheets(path string) ([]*workbook.Sheet, error) {
	data, err := source.ReadFile(path)
	if err != nil {
		return nil, cause(err)
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		s, err := workbook.OpenCSV(path, data)
		if err != nil {
			return nil, err
		}
		return []*workbook.Sheet{s}, nil
	case ".geojson", ".json":
		return workbook.OpenGeoJSON(path, data)
	case ".xlsx", ".xlsm":
		return workbook.OpenXLSX(path, data)
	}
	return nil, errors.New("want a file that ends in .xlsx, .csv or .geojson")
}

// writeFolder writes files into a folder, none of which may be there. A folder
// that is not there yet is made as a whole or not at all; from one that is, what
// has been written is removed if something cannot be.
func (c *command) writeFolder(dir string, files map[string][]byte) error {
	names := slices.Sorted(maps.Keys(files))
	for _, n := range names {
		if _, err := os.Lstat(filepath.Join(dir, n)); err == nil {
			return bad("%s is there already; want another folder", filepath.Join(dir, n))
		}
	}
	into := dir
	switch info, err := os.Stat(dir); {
	case err == nil && !info.IsDir():
		return bad("-o: %s is a file, want a folder", dir)
	case err != nil:
		defer withoutEmpty(dir)()
		if err := os.MkdirAll(filepath.Dir(filepath.Clean(dir)), 0o777); err != nil {
			return bad("write %s: %v", dir, cause(err))
		}
		if into, err = makeBeside(filepath.Clean(dir)); err != nil {
			return bad("write %s: %v", dir, err)
		}
		defer func() { quietly(func() error { return os.RemoveAll(into) }) }()
	}
	var written []string
	for _, n := range names {
		path := filepath.Join(into, n)
		if _, err := createNew(path, files[n]); err != nil {
			for _, path := range written {
				quietly(func() error { return os.Remove(path) })
			}
			return fmt.Errorf("write %s: %w", filepath.Join(dir, n), err)
		}
		written = append(written, path)
	}
	if into != dir {
		switch err := os.Rename(into, dir); {
		case errors.Is(err, fs.ErrExist): // another has been faster
			return bad("%s is there already; want another folder", dir)
		case err != nil:
			return fmt.Errorf("write %s: %w", dir, cause(err))
		}
	}
	for _, n := range names {
		if _, err := fmt.Fprintln(c.stdout, filepath.Join(dir, n)); err != nil {
			return err
		}
	}
	return nil
}
