package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"oxysim/report"
	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
)

func (c *command) scenariosCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:     "scenarios [NAME]",
		GroupID: groupBegin,
		Short:   "List the ready-made scenarios, or copy one to a folder",
		Long: `scenarios lists the ready-made scenarios, which can be used by their name wherever a scenario is wanted. With a name and
-o, it copies the files of one to a folder, to be changed there. It never overwrites a file.`,
		Example: "  oxysim scenarios\n  oxysim scenarios district -o mine",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return bad("want one name of a scenario, not %d; see oxysim scenarios --help", len(args))
			}
			return nil
		},
		ValidArgsFunction: completeScenario,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				if dir != "" {
					return bad("want the name of the scenario to copy to %s: one of %s", dir, someOf(scenarios.Ready()))
				}
				return c.listScenarios()
			}
			return c.copyScenario(args[0], dir)
		},
	}
	cmd.Flags().StringVarP(&dir, "output", "o", "", "the `folder` to copy the files to")
	return cmd
}

// listScenarios writes the names of the ready-made scenarios and their titles.
func (c *command) listScenarios() error {
	var list []report.Listed
	for _, name := range scenarios.Ready() {
		s, problems := scenarios.Open(name)
		if len(problems) > 0 {
			return problems
		}
		list = append(list, report.Listed{Name: name, Title: s.File.Title})
	}
	return c.write("", func(w io.Writer) error { return report.Scenarios(w, list, report.View{Color: c.coloured(false)}) })
}

// copyScenario copies the files of a ready-made scenario to a folder or, if
// none is given, writes the first of them.
func (c *command) copyScenario(name, dir string) error {
	files, ok := scenarios.ReadyFiles(name)
	if !ok {
		if guess := quantity.Guess(name, scenarios.Ready()); guess != "" {
			return bad("there is no ready-made scenario %q (did you mean %q?)", name, guess)
		}
		return bad("there is no ready-made scenario %q; want one of %s", name, someOf(scenarios.Ready()))
	}
	if dir == "" {
		text, err := fs.ReadFile(files, name+".toml")
		if err != nil {
			return err
		}
		return c.write("", func(w io.Writer) error {
			_, err := io.Copy(w, bytes.NewReader(text))
			return err
		})
	}
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return err
	}
	for _, e := range entries { // before anything is written
		if _, err := os.Lstat(filepath.Join(dir, e.Name())); err == nil {
			return bad("%s is there already; want another folder", filepath.Join(dir, e.Name()))
		}
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return bad("-o: %s is a file, want a folder", dir)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("copy the scenario: %w", err)
	}
	for _, e := range entries {
		text, err := fs.ReadFile(files, e.Name())
		if err != nil {
			return err
		}
		if err := writeNew(filepath.Join(dir, e.Name()), text); err != nil {
			return err
		}
	}
	var failed error
	for _, e := range entries {
		_, err := fmt.Fprintln(c.stdout, filepath.Join(dir, e.Name()))
		failed = errors.Join(failed, err)
	}
	return failed
}
