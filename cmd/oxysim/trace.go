package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"oxysim/model"
	"oxysim/scenarios/quantity"
	"oxysim/sim"
	"oxysim/study"
)

// traceFlags are what trace was asked for.
type traceFlags struct {
	settings    []string
	replication int
	seed        uint64
	seedSet     bool
	things      []string
	from, until sim.Time
	format      string
	output      string
}

func (c *command) traceCommand() *cobra.Command {
	f := traceFlags{until: sim.Never}
	cmd := &cobra.Command{
		Use:     "trace SCENARIO",
		GroupID: groupLook,
		Short:   "Tell what happens in one replication, event by event",
		Long: `trace simulates one replication and writes a line for everything that happens in it: when, to whom, and what. It is the
same replication that run simulates under this number.

--thing keeps what happens to some things, by their dotted names or the beginning of them: hospital.riverside, truck.
--from and --until keep a part of the time, counted from the start: 3d, 36h.`,
		Example: "  oxysim trace one-cylinder\n" +
			"  oxysim trace district --replication 17 --thing hospital.riverside --from 40d --until 45d",
		Args:              exactly(1, "the name or path of a scenario"),
		ValidArgsFunction: completeScenario,
		RunE:              func(cmd *cobra.Command, args []string) error { return c.answerTrace(cmd.Context(), f, args[0]) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.Var(countFlag{&f.replication, 0}, "replication", "which replication")
	flags.Var(seedFlag{&f.seed, &f.seedSet}, "seed", "another seed than the scenario's")
	settings(flags, &f.settings)
	flags.StringArrayVar(&f.things, "thing", nil, "only what happens to this `name`, or to all whose names begin so (repeatable)")
	flags.Var(timeFlag{&f.from}, "from", "only from this time on")
	flags.Var(timeFlag{&f.until}, "until", "only before this time")
	formats(flags, &f.format, "text", "jsonl")
	output(flags, &f.output, "write to this `file`")
	completes(cmd, "thing", completeThing)
	return cmd
}

// answerTrace simulates a replication and writes what happens.
func (c *command) answerTrace(ctx context.Context, f traceFlags, called string) error {
	s, problems := study.Open(called, f.settings...)
	if len(problems) > 0 {
		return problems
	}
	if f.seedSet {
		s.Seed = f.seed
	}
	var err error
	if f.things, err = knownThings(s, f.things); err != nil {
		return err
	}
	if f.from >= f.until {
		return bad("--until: want a time after --from, not %v", f.until)
	}
	if horizon := sim.Time(s.Config.Horizon); f.from > horizon {
		return bad("--from: want a time up to the horizon, which is %v, not %v", horizon, f.from)
	}
	if err := checkOutput(f.output, "the scenario", inputs(s)); err != nil {
		return err
	}
	return c.write(f.output, func(w io.Writer) error { return writeTrace(ctx, w, f, s) })
}

// errEnough ends a replication of which nobody wants to know the rest.
var errEnough = errors.New("enough")

// writeTrace writes the notices of a replication that are asked for. It ends
// the replication when no more can come, or when it is interrupted.
func writeTrace(ctx context.Context, w io.Writer, f traceFlags, s *study.Subject) (err error) {
	world := model.New(s.Config)
	world.Watch(func(n model.Notice) {
		switch {
		case err != nil:
		case ctx.Err() != nil:
			err = ctx.Err()
		case n.At >= f.until:
			err = errEnough
		}
		if err != nil {
			panic(err)
		}
		if n.At < f.from || !about(n, f.things) {
			return
		}
		err = writeNotice(w, f.format, n)
	})
	defer func() {
		switch v := recover(); {
		case v == nil:
		case err == errEnough:
			err = nil
		case err == nil: // the model's own
			err = &study.Broken{Subject: s, Replication: f.replication, Err: fmt.Errorf("panic: %w", fmt.Errorf("%v", v))}
		}
	}()
	world.Run(s.Seed, f.replication)
	return err
}

// about reports whether a notice is about one of some things, or if none are
// asked for.
func about(n model.Notice, things []string) bool {
	if len(things) == 0 {
		return true
	}
	for _, t := range things {
		if within(n.Thing, t) || n.Other != "" && within(n.Other, t) {
			return true
		}
	}
	return false
}

// within reports whether a dotted name is another, or begins with it.
func within(name, prefix string) bool {
	rest, ok := strings.CutPrefix(name, strings.TrimSuffix(prefix, "."))
	return ok && (rest == "" || rest[0] == '.')
}

// noticeJSON is a line of a trace as JSON.
type noticeJSON struct {
	Second int64  `json:"second"`
	Time   string `json:"time"`
	Thing  string `json:"thing"`
	Other  string `json:"other,omitempty"`
	What   string `json:"what"`
}

func writeNotice(w io.Writer, format string, n model.Notice) error {
	if format == "jsonl" {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode(noticeJSON{int64(n.At), n.At.String(), n.Thing, n.Other, n.What})
	}
	_, err := fmt.Fprintln(w, n)
	return err
}

// knownThings returns the dotted names that are meant: as they are written, or
// that of the only thing whose last part it is. It is an error if there is none.
func knownThings(s *study.Subject, wanted []string) ([]string, error) {
	names := thingsIn(s.Config)
	var meant []string
	for _, w := range wanted {
		if slices.ContainsFunc(names, func(n string) bool { return within(n, w) }) {
			meant = append(meant, w)
			continue
		}
		var called []string
		for _, n := range names {
			if strings.HasSuffix(n, "."+w) {
				called = append(called, n)
			}
		}
		switch guess := quantity.Guess(w, names); {
		case len(called) == 1:
			meant = append(meant, called[0])
		case len(called) > 1:
			return nil, bad("--thing: %q may be any of %s; want one of these names", w, someOf(called))
		case guess != "":
			return nil, bad("--thing: there is no %q (did you mean %q?)", w, guess)
		default:
			return nil, bad("--thing: there is no %q; want one of %s", w, someOf(names))
		}
	}
	return meant, nil
}

// thingsIn returns the dotted names of all to whom something can happen.
func thingsIn(cfg *model.Config) []string {
	var names []string
	for i := range cfg.Hospitals {
		names = append(names, cfg.Hospitals[i].Name)
	}
	for i := range cfg.Plants {
		names = append(names, cfg.Plants[i].Name)
	}
	for i := range cfg.Trucks {
		names = append(names, cfg.Trucks[i].Name)
	}
	for i := range cfg.Rounds {
		names = append(names, "round."+cfg.Rounds[i].Name)
	}
	for i := range cfg.Grids {
		names = append(names, "grid."+cfg.Grids[i].Name)
	}
	for i := range cfg.Links {
		names = append(names, "road."+cfg.Links[i].Name)
	}
	for i := range cfg.Junctions {
		names = append(names, "junction."+cfg.Junctions[i])
	}
	return append(names, "network")
}

// completeThing completes the dotted name of a thing of the scenario that has
// been typed.
func completeThing(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	return thingsOf(args, func(s *study.Subject) []string { return thingsIn(s.Config) })
}
