package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing/fstest"

	"github.com/spf13/cobra"

	"oxysim/scenarios"
	"oxysim/scenarios/workbook"
)

// template is a scenario to start from.
//
//go:embed new.toml
var template string

// templateTitle is the title in it, which is replaced.
const templateTitle = `"My district"`

func (c *command) newCommand() *cobra.Command {
	var path, book string
	cmd := &cobra.Command{
		Use:     "new [TITLE]",
		GroupID: groupBegin,
		Short:   "Write a commented scenario to start from",
		Long: `new writes a small scenario, with a comment on every line that a planner has to decide. It can be simulated as it is; its
numbers are assumptions, to be replaced. It never overwrites a file.

With --xlsx it writes a workbook to be filled in instead, which oxysim import makes a scenario of.`,
		Example: "  oxysim new \"Lundazi district\" -o lundazi.toml\n  oxysim run lundazi.toml\n  oxysim new \"Lundazi district\" --xlsx lundazi.xlsx",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return bad("want one title, in quotes if it has spaces, not %d words; see oxysim new --help", len(args))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			text := template
			if len(args) == 1 {
				text = strings.Replace(text, templateTitle, strconv.Quote(args[0]), 1)
			}
			if book != "" {
				return c.newWorkbook(book, text)
			}
			if path != "" {
				return writeNew(path, []byte(text))
			}
			return c.write("", func(w io.Writer) error {
				_, err := io.WriteString(w, text)
				return err
			})
		},
	}
	output(cmd.Flags(), &path, "the `file` to write, which must not be there yet")
	cmd.Flags().StringVar(&book, "xlsx", "", "write a workbook to this `file` instead, to be filled in")
	return cmd
}

// newWorkbook writes a scenario as a workbook, to a new file, and says what next.
// It has no options: they name things that planners replace.
func (c *command) newWorkbook(path, text string) error {
	text = withoutOptions(text)
	sc, problems := scenarios.Read(fstest.MapFS{"new.toml": {Data: []byte(text)}}, "new.toml")
	if len(problems) > 0 {
		return problems
	}
	var b bytes.Buffer
	if err := workbook.WriteTemplate(&b, sc); err != nil {
		return err
	}
	if err := writeNew(path, b.Bytes()); err != nil {
		return err
	}
	folder := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	_, err := fmt.Fprintf(c.stdout, "%s: a workbook to fill in; its first sheet says how\n\n  Next   oxysim import %s -o %s   makes a scenario of it, or says in which cells what is wrong\n", path, typed(path), typed(folder))
	return err
}

// withoutOptions returns the template without its investments.
func withoutOptions(text string) string {
	before, rest, _ := strings.Cut(text, "[option.spare]")
	_, after, _ := strings.Cut(rest, "[price]")
	text = before + "[price]" + after
	return optionSource.ReplaceAllString(text, "")
}

// optionSource is a line that says where the numbers of investments come from.
var optionSource = regexp.MustCompile(`(?m)^"?option.*\n`)

// typed returns a path as it is typed in a shell.
func typed(path string) string {
	if strings.ContainsAny(path, " \t'\"()&;$`\\*?!<>|#~") {
		return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
	}
	return path
}
