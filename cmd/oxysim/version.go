package main

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"oxysim/model"
)

// release is the version that a release is built with, by
// -ldflags "-X main.release=v1.2.3".
var release = ""

// versionInfo says what program this is.
type versionInfo struct {
	Version   string `json:"version"`
	Behaviour int    `json:"behaviour"` // of the model: the same scenario and seed give the same numbers
	Go        string `json:"go"`
	Platform  string `json:"platform"`
	Revision  string `json:"revision,omitempty"`
	Modified  bool   `json:"modified,omitempty"` // the files were changed since the revision
}

func thisVersion() versionInfo {
	v := versionInfo{Version: release, Behaviour: model.Behaviour, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if info, ok := debug.ReadBuildInfo(); ok {
		if v.Version == "" && info.Main.Version != "" {
			v.Version = info.Main.Version
		}
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				v.Revision = s.Value
			case "vcs.modified":
				v.Modified = s.Value == "true"
			}
		}
	}
	if v.Version == "" {
		v.Version = "(devel)"
	}
	return v
}

func (c *command) versionCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "version",
		GroupID: groupBegin,
		Short:   "Say which version this is, and which behaviour its model has",
		Long: `version says which version of oxysim this is. The behaviour is the version of what the model does: as long as it is the
same, the same scenario and seed give the same numbers.`,
		Example: "  oxysim version --json",
		Args:    exactly(0, "no argument"),
		RunE: func(*cobra.Command, []string) error {
			v := thisVersion()
			return c.write("", func(w io.Writer) error {
				if asJSON {
					return json.NewEncoder(w).Encode(v)
				}
				revision := v.Revision
				if v.Modified {
					revision += " and changes"
				}
				if revision != "" {
					revision = "\nrevision " + revision
				}
				_, err := fmt.Fprintf(w, "oxysim %s\nbehaviour %d\n%s %s%s\n", v.Version, v.Behaviour, v.Go, v.Platform, revision)
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return cmd
}
