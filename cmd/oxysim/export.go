package main

import (
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"oxysim/scenarios"
	"oxysim/scenarios/workbook"
	"oxysim/study"
)

func (c *command) exportCommand() *cobra.Command {
	var path string
	var set []string
	cmd := &cobra.Command{
		Use:     "export SCENARIO -o FILE",
		GroupID: groupBegin,
		Short:   "Write a scenario as a workbook or a map, or as one file with its tables",
		Long: `export writes a scenario for other programs: as a workbook (.xlsx), which oxysim import reads back without a change; as a map
(.geojson) of its places and roads; or, if no such ending is given, as a folder with one .toml file and its tables.`,
		Example: "  oxysim export district -o district.xlsx\n" +
			"  oxysim export kri-erbil -o kri-erbil.geojson\n" +
			"  oxysim export district --set hospital.town.buffer=70 -o mine",
		Args:              exactly(1, "the name or path of a scenario"),
		ValidArgsFunction: completeScenario,
		RunE:              func(_ *cobra.Command, args []string) error { return c.export(args[0], set, path) },
	}
	cmd.Flags().SortFlags = false
	output(cmd.Flags(), &path, "the `file` or folder to write")
	settings(cmd.Flags(), &set)
	return cmd
}

// export writes a scenario to a file or folder.
func (c *command) export(called string, set []string, path string) error {
	if path == "" {
		return bad("want -o with a file that ends in .xlsx or .geojson, or a folder")
	}
	s, problems := study.Open(called, set...)
	if len(problems) > 0 {
		return problems
	}
	var write func(io.Writer, *scenarios.Scenario) error
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx":
		write = workbook.Write
	case ".geojson":
		write = workbook.WriteGeoJSON
	case "":
		files, err := workbook.Files(filepath.Base(path), s.Scenario)
		if err != nil {
			return err
		}
		return c.writeFolder(path, files)
	default:
		return bad("-o: want a file that ends in .xlsx or .geojson, or a folder, not %s", path)
	}
	if err := checkOutput(path, "the scenario", inputs(s)); err != nil {
		return err
	}
	return c.write(path, func(w io.Writer) error { return write(w, s.Scenario) })
}
