package main

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"oxysim/report"
	"oxysim/scenarios"
	"oxysim/study"
)

// sweepFlags are what sweep was asked for.
type sweepFlags struct {
	askFlags
	vary        []string
	tornado     bool
	morris      bool
	sobol       bool
	uncertainty bool
	evppi       bool

	n          int
	metrics    []string
	parameters []string
	points     int
	walks      int
	width      float64
	options    []string
	worth      string
}

// How often and how widely is simulated, if nothing is said.
const (
	sweepReplications  = 200  // of each design of a grid or a tornado
	morrisReplications = 20   // of each point of a walk, twice
	morrisWalks        = 20   //
	spreadReplications = 32   // futures that all parameter vectors meet
	spreadPoints       = 64   // parameter vectors
	evppiReplications  = 16   // of each option with each parameter vector
	evppiPoints        = 256  // parameter vectors
	sobolPoints        = 1024 // base points, at most
)

func (c *command) sweepCommand() *cobra.Command {
	var f sweepFlags
	cmd := &cobra.Command{
		Use:     "sweep SCENARIO",
		GroupID: groupAnswer,
		Short:   "Vary one or two numbers, or all that are uncertain: what matters, and what is luck",
		Long: `sweep lets numbers of a scenario vary, in the same futures, and says what that does to a metric. It answers one of these:

  --vary KEY=from:to:step   the metric for each value of a number; twice, for each pair of values of two
  --tornado                 each uncertain parameter at its low and high end, the others as written
  --morris                  which uncertain parameters matter at all, wherever the others are, and which are noise
  --sobol                   shares of the variance by uncertain parameter, with luck as one of them
  --uncertainty             how much of the spread is luck and how much is not knowing; the band of the expected value
  --evppi                   what knowing a parameter would be worth before choosing between the options of the file

Uncertain are the values with a range, "13 h (12 h – 15 h)", and those for which [uncertain] has the law of a factor. A range
stands for a triangular law with the value as written at its peak. Values that are written alike, with the same source, are
one parameter.

Exit status: 0 answered, 2 bad input, 130 interrupted, 1 internal error.`,
		Example: "  oxysim sweep district --vary hospital.riverside.buffer=20:60:10\n" +
			"  oxysim sweep district --vary 'hospital.*.buffer=0.5:2:0.5' --vary plant.district.machines.flow='100 L/min:200 L/min:50 L/min'\n" +
			"  oxysim sweep kri-erbil --tornado --metric network.stockout_hours\n" +
			"  oxysim sweep mine.toml --evppi --worth '50 USD per network.stockout_hours'",
		Args:              exactly(1, "the name or path of a scenario"),
		ValidArgsFunction: completeScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd.Flags().Changed); err != nil {
				return err
			}
			mode, _ := f.mode()
			return c.ask(cmd.Context(), f.askFlags, args[0], "sweep-"+mode, f.question)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringArrayVar(&f.vary, "vary", nil, "`KEY=from:to:step`, in the spelling of the key (once or twice)")
	flags.BoolVar(&f.tornado, "tornado", false, "each uncertain parameter at its ends")
	flags.BoolVar(&f.morris, "morris", false, "elementary effects, with a noise line")
	flags.BoolVar(&f.sobol, "sobol", false, "shares of the variance, with intervals")
	flags.BoolVar(&f.uncertainty, "uncertainty", false, "luck and not knowing")
	flags.BoolVar(&f.evppi, "evppi", false, "what knowing a parameter is worth")
	flags.StringArrayVar(&f.metrics, "metric", nil, "the `metric`: a whole name, or the last part of a hospital's for the mean of all (default the target's; repeatable with --vary)")
	flags.StringSliceVar(&f.parameters, "parameter", nil, "only these uncertain parameters: dotted `keys`, with \"*\" for any name (default all)")
	flags.VarP(upTo{countFlag{&f.n, 1}, 1_000_000}, "replications", "n", "replications of each design (default 200; 20 twice with --morris, 32 with --uncertainty, 16 with --evppi)")
	flags.Var(upTo{countFlag{&f.points, 1}, 65_536}, "points", "parameter vectors (default 64; 256 with --evppi; at most 1024 base points with --sobol)")
	flags.Var(upTo{countFlag{&f.walks, 2}, 10_000}, "walks", "walks of --morris (default 20)")
	flags.Float64Var(&f.width, "width", 0.1, "stop --sobol when the intervals of all total indices are narrower than this")
	flags.StringSliceVar(&f.options, "option", nil, "the `options` between which --evppi lets one choose (default all of the file)")
	flags.StringVar(&f.worth, "worth", "", "what --evppi takes a metric to be worth: \"50 USD per network.stockout_hours\"")
	f.flags(cmd)
	return cmd
}

// mode returns the question that was asked: the flag's name.
func (f *sweepFlags) mode() (name string, several bool) {
	for _, m := range []struct {
		name  string
		asked bool
	}{{"vary", len(f.vary) > 0}, {"tornado", f.tornado}, {"morris", f.morris}, {"sobol", f.sobol}, {"uncertainty", f.uncertainty}, {"evppi", f.evppi}} {
		if m.asked {
			if name != "" {
				return name, true
			}
			name = m.name
		}
	}
	return name, false
}

// belongs says to which questions a flag belongs that is not for all.
var belongs = map[string]string{
	"parameter":    "tornado morris sobol uncertainty evppi",
	"replications": "vary tornado morris uncertainty evppi",
	"points":       "sobol uncertainty evppi",
	"walks":        "morris",
	"width":        "sobol",
	"option":       "evppi",
	"worth":        "evppi",
}

// check returns what is wrong with the flags by themselves.
func (f *sweepFlags) check(given func(flag string) bool) error {
	mode, several := f.mode()
	const modes = "--vary KEY=from:to:step, --tornado, --morris, --sobol, --uncertainty or --evppi"
	switch {
	case mode == "":
		return bad("want %s; see oxysim sweep --help", modes)
	case several:
		return bad("want one of %s, not several", modes)
	case len(f.vary) > 2:
		return bad("--vary: want one or two keys, not %d", len(f.vary))
	case len(f.metrics) > 1 && mode != "vary":
		return bad("--metric: want one metric with --%s, not %d", mode, len(f.metrics))
	case !(f.width > 0 && f.width < 1):
		return bad("--width: want a width between 0 and 1, such as 0.1, not %v", f.width)
	case f.worth != "" && len(f.metrics) > 0:
		return bad("--worth names the metric: want no --metric beside it")
	}
	for _, flag := range []string{"parameter", "replications", "points", "walks", "width", "option", "worth"} {
		if questions := belongs[flag]; given(flag) && !strings.Contains(" "+questions+" ", " "+mode+" ") {
			return bad("--%s: want it with --%s, not with --%s", flag, strings.ReplaceAll(questions, " ", ", --"), mode)
		}
	}
	return nil
}

// or returns n if it was given, and otherwise another number.
func or(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

// refused makes an error one of the user's.
func refused(err error) error {
	var problems scenarios.Problems
	if errors.As(err, &problems) {
		return problems
	}
	return failure{exitBadInput, err}
}

// question asks what the flags say.
func (f *sweepFlags) question(ctx context.Context, s *study.Subject, k *study.Work) (*answer, error) {
	mode, _ := f.mode()
	var worth *study.Worth
	metrics := f.metrics
	if f.worth != "" {
		w, err := study.ParseWorth(f.worth)
		if err != nil {
			return nil, bad("--worth: %v", err)
		}
		worth, metrics = &w, []string{w.Metric}
	}
	gauges, err := study.NewGauges(s, metrics...)
	if err != nil {
		return nil, refused(err)
	}
	if mode == "vary" {
		return f.varied(ctx, s, k, gauges)
	}
	q, problems := study.NewIgnorance(s, gauges[0], f.parameters...)
	if len(problems) > 0 {
		return nil, problems
	}
	switch mode {
	case "tornado":
		t := &study.Tornado{Ignorance: q, N: or(f.n, sweepReplications)}
		return answered(t.Answer, report.Tornado)(ctx, k)
	case "morris":
		m, err := study.NewMorris(q, or(f.walks, morrisWalks), or(f.n, morrisReplications))
		if err != nil {
			return nil, refused(err)
		}
		return answered(m.Answer, report.Morris)(ctx, k)
	case "sobol":
		b, err := study.NewSobol(q, or(f.points, sobolPoints), f.width)
		if err != nil {
			return nil, refused(err)
		}
		return answered(b.Answer, report.Sobol)(ctx, k)
	case "uncertainty":
		p, err := study.NewSpread(q, or(f.points, spreadPoints), or(f.n, spreadReplications))
		if err != nil {
			return nil, refused(err)
		}
		return answered(p.Answer, report.Spread)(ctx, k)
	}
	p, err := study.NewInformation(q, f.options, worth, or(f.points, evppiPoints), or(f.n, evppiReplications))
	if err != nil {
		return nil, refused(err)
	}
	return answered(p.Answer, report.Information)(ctx, k)
}

// varied asks for all values of one or two levers.
func (f *sweepFlags) varied(ctx context.Context, s *study.Subject, k *study.Work, gauges []study.Gauge) (*answer, error) {
	var axes []study.Axis
	for _, text := range f.vary {
		a, err := study.ParseAxis(s, text)
		if err != nil {
			return nil, bad("--vary: %v", err)
		}
		axes = append(axes, a)
	}
	w, err := study.NewSweep(s, axes, gauges, or(f.n, sweepReplications))
	if err != nil {
		return nil, bad("--vary: %v", err)
	}
	return answered(w.Answer, report.Sweep)(ctx, k)
}

// answered puts a question and how its answer is written together.
func answered[A any](ask func(context.Context, *study.Work) (A, error), write func(io.Writer, report.Format, A, report.View) error) func(context.Context, *study.Work) (*answer, error) {
	return func(ctx context.Context, k *study.Work) (*answer, error) {
		a, err := ask(ctx, k)
		if err != nil {
			return nil, err
		}
		return &answer{write: func(w io.Writer, f report.Format, v report.View) error { return write(w, f, a, v) }, exit: exitMet}, nil
	}
}
