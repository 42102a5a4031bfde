package main

import (
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"oxysim/scenarios"
)

func (c *command) schemaCommand() *cobra.Command {
	var path string
	var reference bool
	cmd := &cobra.Command{
		Use:     "schema",
		GroupID: groupBegin,
		Short:   "Write the JSON Schema of scenario files, for an editor, or their reference",
		Long: `schema writes the JSON Schema of scenario files. An editor that knows it completes keys, explains them and underlines
mistakes; most find it by a first line "#:schema ./oxysim.schema.json". With --reference, it writes the reference of all
keys instead, in Markdown.`,
		Example: "  oxysim schema -o oxysim.schema.json\n  oxysim schema --reference -o reference.md",
		Args:    exactly(0, "no argument"),
		RunE: func(*cobra.Command, []string) error {
			ending := ".json"
			if reference {
				ending = ".md"
			}
			if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && !strings.HasSuffix(path, ending) {
				return bad("-o: %s is there already and may be a scenario; want a file that ends in %s", path, ending)
			}
			if err := checkOutput(path, "the scenario", nil); err != nil {
				return err
			}
			text := []byte(scenarios.Reference())
			if !reference {
				var err error
				if text, err = scenarios.Schema(); err != nil {
					return err
				}
			}
			return c.write(path, func(w io.Writer) error {
				_, err := w.Write(text)
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&reference, "reference", false, "the reference of all keys, in Markdown")
	output(cmd.Flags(), &path, "write to this `file`")
	return cmd
}
