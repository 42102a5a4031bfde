package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"oxysim/model"
	"oxysim/report"
	"oxysim/scenarios/quantity"
	"oxysim/scenarios/source"
	"oxysim/scenarios/stock"
	"oxysim/sim"
	"oxysim/study"
)

// forecastFlags are what forecast was asked for.
type forecastFlags struct {
	ask         askFlags
	stock       string
	at          string
	days, n     int
	tolerate    string
	whatIf      []string
	from        string
	replication int
	template    bool
	all         bool
}

func (c *command) forecastCommand() *cobra.Command {
	f := forecastFlags{}
	cmd := &cobra.Command{
		Use:     "forecast SCENARIO",
		GroupID: groupAnswer,
		Short:   "From today's counts: who runs out when, by when a delivery must arrive, what to send first",
		Long: `forecast begins a scenario with what was counted: full, in-use and empty cylinders by place, what is on its way, where the
trucks are, whether the plants run. It says for each hospital with which probability it has run out by each day, by which hour
the next delivery must arrive, and what to send first; what it proposes it simulates in the same futures.

Counts are a table, CSV or XLSX, with a row for each place; --template writes one to fill in. What is not counted is taken as
the scenario starts, and is listed. --what-if compares with a change (KEY=VALUE, several with ";", or the name of an option of
the file) from the same counts. --from begins in the midst of a simulated replication instead; with --template it writes what
would be counted then.

Exit status: 0 no hospital runs out more often than is tolerated, 3 some do or may, 2 bad input, 130 interrupted, 1 internal error.`,
		Example: "  oxysim forecast district --template -o counts.csv\n" +
			"  oxysim forecast district --stock counts.csv --at 2026-03-05T08:00\n" +
			"  oxysim forecast district --stock counts.xlsx --days 7 --what-if truck.lorry.count=2\n" +
			"  oxysim forecast district --from 100 --replication 3 --days 7",
		Args:              exactly(1, "the name or path of a scenario"),
		ValidArgsFunction: completeScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.template {
				return c.writeTemplate(f, args[0])
			}
			return c.answerForecast(cmd.Context(), f, args[0])
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.stock, "stock", "", "the `file` of today's counts, CSV or XLSX")
	flags.StringVar(&f.at, "at", "", "when they were taken, such as 2026-03-05T08:00 (default the scenario's start)")
	f.days = study.UsualDays
	flags.Var(upTo{countFlag{&f.days, 1}, 36_500}, "days", "how many days to look ahead")
	flags.VarP(upTo{countFlag{&f.n, 1}, mostAsked}, "replications", "n", "how many futures (default the scenario's replications)")
	flags.StringVar(&f.tolerate, "tolerate", "", "`probability` of running out that is tolerated, such as \"5 %\" (default the target's, or 5 %)")
	flags.StringArrayVar(&f.whatIf, "what-if", nil, "compare with this `change`, KEY=VALUE or an option (repeatable)")
	flags.StringVar(&f.from, "from", "", "begin on this `day` of a simulated replication instead of with counts")
	flags.Var(countFlag{&f.replication, 0}, "replication", "which replication --from means (default 0)")
	flags.BoolVar(&f.template, "template", false, "write a table of counts to fill in, and stop")
	flags.BoolVar(&f.all, "all", false, "list all hospitals, not only the first to run out")
	f.ask.flags(cmd)
	return cmd
}

// instant reads the instant at which a forecast begins.
func (f *forecastFlags) instant(s *study.Subject) (sim.Time, error) {
	if f.at == "" {
		return 0, nil
	}
	at, err := stock.At(f.at, s.Config.Start)
	if err != nil {
		return 0, bad("--at: %v", err)
	}
	return at, nil
}

// branch reads from which replication the futures part, if they do.
func (f *forecastFlags) branch() (*study.Branch, error) {
	if f.from == "" {
		return nil, nil
	}
	text := f.from
	if strings.Trim(text, "0123456789.") == "" {
		text += " d"
	}
	d, err := quantity.Parse[quantity.Span](text)
	if err != nil {
		return nil, bad("--from: %v", err)
	}
	if d.Seconds() > int64(20*sim.Year) {
		return nil, bad("--from: want a day within 20 years, not %q", f.from)
	}
	switch {
	case f.stock != "" || f.at != "":
		return nil, bad("--from begins in a simulated replication: want no --stock and no --at beside it")
	case len(f.whatIf) > 0:
		return nil, bad("--what-if wants counts to begin with, and another scenario has another past: write them with --from %s --template, and ask with --stock", f.from)
	}
	return &study.Branch{Replication: f.replication, At: sim.Time(d.Seconds())}, nil
}

// count reads the counts, if there are any.
func (f *forecastFlags) count() (*stock.Count, error) {
	if f.stock == "" {
		return nil, nil
	}
	data, err := source.ReadFile(f.stock)
	if err != nil {
		return nil, bad("--stock: cannot read %s: %v", f.stock, cause(err))
	}
	count, problems := stock.Read(f.stock, data)
	return count, problems.Err()
}

// answerForecast forecasts and writes the answer.
func (c *command) answerForecast(ctx context.Context, f forecastFlags, called string) error {
	branch, err := f.branch()
	if err != nil {
		return err
	}
	if f.days > study.MostDays {
		return bad("--days: want at most %d, not %d", study.MostDays, f.days)
	}
	bound := 0.0
	if f.tolerate != "" {
		p, err := quantity.Parse[quantity.Share](f.tolerate)
		if err != nil {
			return bad("--tolerate: %v", err)
		}
		if bound = p.Fraction(); bound <= 0 || bound >= 1 {
			return bad("--tolerate: want a probability between 0 and 100 %%, not %q", f.tolerate)
		}
	}
	count, err := f.count()
	if err != nil {
		return err
	}
	if count != nil {
		if err := notRead(f.ask.output, "the counts", []string{f.stock}); err != nil {
			return err
		}
	}
	return c.ask(ctx, f.ask, called, "forecast", func(ctx context.Context, s *study.Subject, k *study.Work) (*answer, error) {
		at, err := f.instant(s)
		if err != nil {
			return nil, err
		}
		q := &study.Forecast{Subject: s, Count: count, At: at, AtText: f.at, Days: f.days, N: f.n, Bound: bound, WhatIf: f.whatIf, From: branch}
		if problems := q.Ready(); len(problems) > 0 {
			return nil, problems
		}
		a, err := q.Answer(ctx, k)
		if err != nil {
			return nil, err
		}
		exit := exitMet
		if a.Verdict() != study.Met {
			exit = exitMissed
		}
		return &answer{exit: exit, write: func(w io.Writer, format report.Format, v report.View) error {
			v.All = f.all
			return report.Forecast(w, format, a, v)
		}}, nil
	})
}

// writeTemplate writes a table of counts: as the scenario starts, or as it is on
// a day of a replication.
func (c *command) writeTemplate(f forecastFlags, called string) error {
	branch, err := f.branch()
	if err != nil {
		return err
	}
	s, problems := study.Open(called, f.ask.settings...)
	if len(problems) > 0 {
		return problems
	}
	if f.ask.seedSet {
		s.Seed = f.ask.seed
	}
	scenario := *s.Scenario
	if branch != nil {
		if branch.At > sim.Time(s.Config.Horizon) {
			return bad("--from: want a day of the replication, which lasts %v; --set run.horizon= makes it longer", s.Config.Horizon)
		}
		w := model.New(s.Config)
		w.Begin(s.Seed, branch.Replication)
		w.RunTo(branch.At)
		scenario.Config = w.State()
		fmt.Fprintf(c.stderr, "oxysim: counts of replication %d; forecast from them with --at %s\n", branch.Replication,
			strings.Replace(stock.Clock(s.Config.Start, branch.At), " ", "T", 1))
	}
	rows := stock.Template(&scenario)
	make := stock.CSV
	if strings.EqualFold(filepath.Ext(f.ask.output), ".xlsx") {
		make = stock.XLSX
	}
	data, err := make(rows)
	if err != nil {
		return fmt.Errorf("write the template: %w", err)
	}
	if f.ask.output != "" {
		return writeNew(f.ask.output, data)
	}
	return c.write("", func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
