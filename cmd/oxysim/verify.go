package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"oxysim/report"
	"oxysim/scenarios"
	"oxysim/study"
)

// verifyFlags are what verify was asked for.
type verifyFlags struct {
	ask askFlags
}

func (c *command) verifyCommand() *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:     "verify FOLDER",
		GroupID: groupLook,
		Short:   "Make a folder of results again and say whether it is the same",
		Long: `verify reads the scenario of a folder that oxysim report wrote, here or on another machine, simulates it again, writes all
files again in memory, and compares: the scenario's files with the manifest, every number of every replication, and every file.
Nothing in the folder is changed. If the scenario's files have been changed, it says which, and does not simulate.

Exit status: 0 all equal, 3 something differs, 2 no such folder, 130 interrupted, 1 internal error.`,
		Example: "  oxysim verify results/district-…\n" +
			"  oxysim verify results/district-… --format json",
		Args: exactly(1, "a folder of results"),
		RunE: func(cmd *cobra.Command, args []string) error { return c.answerVerify(cmd.Context(), f, args[0]) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	f.ask.howFlags(cmd)
	formats(flags, &f.ask.format, "table", "json")
	return cmd
}

// mostInFolder is how many bytes of a folder are read at most: a folder of
// results is smaller by far.
const mostInFolder = 4 << 30

// readFolder reads all files of a folder, by path with slashes.
func readFolder(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	size := int64(0)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil || !info.Mode().IsRegular() {
			return err
		}
		if size += info.Size(); size > mostInFolder {
			return errors.New("want a folder of results, and not so much else")
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	return files, err
}

// answerVerify makes a folder again and writes how it compares.
func (c *command) answerVerify(ctx context.Context, f verifyFlags, dir string) error {
	if _, err := os.Stat(filepath.Join(dir, report.ManifestFile)); err != nil {
		return bad("%s: want a folder with %s, as oxysim report writes it", dir, report.ManifestFile)
	}
	disk, err := readFolder(dir)
	if err != nil {
		return bad("read %s: %v", dir, cause(err))
	}
	m, err := report.ReadManifest(disk[report.ManifestFile])
	if err != nil {
		return bad("%s: %v", filepath.Join(dir, report.ManifestFile), err)
	}
	now := thisVersion()
	v := &report.Verification{
		Folder: filepath.ToSlash(filepath.Clean(dir)), MadeBy: strings.TrimSpace("oxysim " + m.Program + " " + m.Revision), Runs: m.Runs, Digest: m.Digest,
		Checked: strings.TrimSpace("oxysim " + now.Version + " " + now.Revision),
	}
	if note := m.BehaviourNote(); note != "" {
		v.Notes = append(v.Notes, note)
	}
	if !v.CheckInputs(m, disk) {
		v.CheckFiles(m, disk, nil)
		v.Conclude()
		if err := c.write("", func(w io.Writer) error {
			return report.Verify(w, report.Format(f.ask.format), v, report.View{Color: c.coloured(false)})
		}); err != nil {
			return err
		}
		return failure{status: exitMissed}
	}
	s, w, err := wantedAgain(m, disk)
	if err != nil {
		return err
	}
	if s.Digest != m.Digest {
		v.Notes = append(v.Notes, fmt.Sprintf("this program reads the same files as another scenario: digest %.8s, not %.8s", s.Digest, m.Digest))
	}
	return c.askOf(ctx, f.ask, s, "verify", func(ctx context.Context, k *study.Work) (*answer, error) {
		r, err := w.results(ctx, k, s)
		if err != nil {
			return nil, err
		}
		again, err := r.Files()
		if err != nil {
			return nil, err
		}
		v.N, v.Now = r.Answer.N, r.RunsDigest()
		v.CheckFiles(m, disk, again)
		v.Conclude()
		exit := exitMissed
		if v.Equal {
			exit = exitMet
		}
		return &answer{exit: exit, write: func(out io.Writer, format report.Format, view report.View) error {
			return report.Verify(out, format, v, view)
		}}, nil
	})
}

// wantedAgain returns the subject of a folder and what its files were asked
// for.
func wantedAgain(m *report.Manifest, disk map[string][]byte) (*study.Subject, *wanted, error) {
	inputs := map[string][]byte{}
	for _, x := range m.Inputs {
		inputs[x.Name] = disk[x.Name]
	}
	s, problems := reopened(inputs, m.Scenario, m.Seed)
	if len(problems) > 0 {
		return nil, nil, scenarios.Problems(problems)
	}
	w := &wanted{
		n: m.N, inputs: inputs, read: m.Read,
		made: report.Made{Program: m.Program, Revision: m.Revision, Command: m.Command, Quick: m.Quick},
	}
	if !m.Quick {
		w.most = map[string]int{}
		for _, q := range m.Asked {
			w.most[q.Question] = q.Most
		}
	}
	return s, w, nil
}
