package study

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"oxysim/model"
	"oxysim/scenarios"
)

// Form is what of a metric a goal bounds.
type Form int

// Forms.
const (
	OfChance Form = iota // how likely it is that a replication is bad, as Goal.Bad says
	OfMean               // the mean over replications
	OfTail               // the mean of the worst replications
)

// Goal is a target as one aims at it: what must be bounded of a metric, and on
// one side only.
type Goal struct {
	Target            // its bound is that of the probability, mean, quantile or tail
	Form      Form    //
	Allowed   float64 // OfChance: the share of replications, in (0,1), that may be bad
	Level     float64 // of a quantile or a tail, such as 0.95; 0 for others
	Implied   bool    // the things that are judged were not named
	cut       float64 // OfChance: beyond it a value is bad
	over      bool    // values above the cut are bad, not those below
	threshold bool    // it was written as P(metric > cut)
}

// Bad reports whether a replication with this value of the metric is one of
// those of which the goal bounds the share.
func (g *Goal) Bad(x float64) bool {
	if g.over {
		return x > g.cut
	}
	return x < g.cut
}

// Bound returns the bound.
func (g *Goal) Bound() float64 {
	if g.less() {
		return g.AtMost
	}
	return g.AtLeast
}

// Judged returns the dotted names of the metrics that are held against the goal.
func (g *Goal) Judged(metrics []model.Metric) []string {
	names := make([]string, len(g.judged))
	for i, at := range g.judged {
		names[i] = metrics[at].Name
	}
	return names
}

// less reports whether the bound is one from above.
func (g *Goal) less() bool { return !math.IsInf(g.AtMost, 1) }

// String returns the goal in words, such as "P95(stockout_hours) ≤ 10 h".
func (g *Goal) String() string {
	sign := " ≥ "
	if g.less() {
		sign = " ≤ "
	}
	percent := func(x float64) string { return fmt.Sprintf("%g %%", round(100*x)) }
	amount := func(x float64) string {
		if strings.HasPrefix(g.kind.Meaning, "share of ") {
			return percent(x)
		}
		return strings.TrimSpace(fmt.Sprintf("%g %s", x, unitOf(g.kind.Unit)))
	}
	switch level := fmt.Sprintf("%g", round(100*g.Level)); {
	case g.threshold:
		than := " < "
		if g.over {
			than = " > "
		}
		return "P(" + g.Metric + than + amount(g.cut) + ") ≤ " + percent(g.Allowed)
	case g.Form == OfChance && g.Level > 0:
		return "P" + level + "(" + g.Metric + ")" + sign + amount(g.Bound())
	case g.Form == OfChance:
		return g.Target.String()
	case g.Form == OfTail:
		return "CVaR" + level + "(" + g.Metric + ")" + sign + amount(g.Bound())
	}
	return "mean(" + g.Metric + ")" + sign + amount(g.Bound())
}

// NewGoal returns the goal that a text such as "P(stockout) <= 5%" means, or
// that of the scenario if the text is empty. An error says what was wanted; of
// the scenario's own target, it is a scenarios.Problems.
func NewGoal(s *Subject, metrics []model.Metric, text string) (*Goal, error) {
	if strings.TrimSpace(text) != "" {
		return parseGoal(s, metrics, text)
	}
	t, problems := NewTarget(s, metrics)
	if len(problems) > 0 {
		return nil, problems
	}
	g := &Goal{Target: t, Implied: !strings.Contains(t.Metric, ".")}
	if !math.IsInf(t.AtMost, 1) && !math.IsInf(t.AtLeast, -1) {
		return nil, scenarios.Problems{s.Tree.Problem("target.at_least", "want one bound to aim at, at_most or at_least, not both; or give one with --target")}
	}
	if wrong := g.settle(); wrong != "" {
		return nil, scenarios.Problems{s.Tree.Problem("target", "%s", wrong)}
	}
	return g, nil
}

// goalText is what a goal looks like: what of which metric, perhaps beyond which
// cut, on which side of what.
var goalText = regexp.MustCompile(`^\s*(?:([A-Za-z]+)\s*([0-9.]*)\s*\(\s*([^()<>≤≥=\s]+)\s*(?:(<=|>=|≤|≥|<|>)\s*([^()<>≤≥=]+?))?\s*\)|([^()<>≤≥=\s]+))\s*(<=|≤|>=|≥)\s*(.+?)\s*$`)

// examplesOfGoals is what to write, for messages.
const examplesOfGoals = `such as "P(stockout) <= 5%", "fill_rate >= 98%" or "P95(stockout_hours) <= 10 h"`

// parseGoal reads a goal.
func parseGoal(s *Subject, metrics []model.Metric, text string) (*Goal, error) {
	bad := func(format string, args ...any) (*Goal, error) {
		return nil, fmt.Errorf("target %q: %s", strings.TrimSpace(text), fmt.Sprintf(format, args...))
	}
	m := goalText.FindStringSubmatch(text)
	if m == nil {
		return bad("want what, <= or >=, and a bound, %s", examplesOfGoals)
	}
	of, level, metric, than, cut, sign, bound := strings.Replace(strings.ToUpper(m[1]), "MEAN", "E", 1), m[2], m[3]+m[6], m[4], m[5], m[7], m[8]
	g := &Goal{Target: Target{AtMost: math.Inf(1), AtLeast: math.Inf(-1)}}
	all := strings.HasPrefix(metric, "hospital.*.")
	g.Metric = strings.TrimPrefix(metric, "hospital.*.")
	g.Implied = !all && !strings.Contains(metric, ".")
	if unknown := g.judge(s, metrics); unknown != "" {
		return bad("%s", unknown)
	}
	if level != "" {
		q, err := strconv.ParseFloat(level, 64)
		if err != nil || !(q > 0 && q < 100) || of != "P" && of != "CVAR" {
			return bad("want a level above 0 and below 100, such as P95 or CVaR95, not %q", m[1]+level)
		}
		g.Level = q / 100
	}
	chance := of == "P" && level == "" || of == "" && g.kind.Indicator() || of == "E" && g.kind.Indicator() // the bound is that of a probability
	switch {
	case of != "" && of != "P" && of != "E" && of != "CVAR":
		return bad("want P, E, CVaR95 or a quantile such as P95, not %q", m[1])
	case of == "CVAR" && level == "":
		return bad("want the level of CVaR, such as CVaR95(%s)", metric)
	case (of == "CVAR" || of == "P" && level != "") && g.kind.Indicator():
		return bad("%s is what happens or does not: want its probability, P(%s)", metric, metric)
	case than != "" && (of != "P" || level != ""):
		return bad("want a comparison only within P(…), such as P(%s %s %s)", metric, than, cut)
	case than != "" && g.kind.Indicator():
		return bad("%s is what happens or does not: want P(%s)", metric, metric)
	case of == "P" && level == "" && than == "" && !g.kind.Indicator():
		return bad("%s is a number: want E(%s), P95(%s), or P(%s > …)", metric, metric, metric, metric)
	}
	x, err := g.amount(bound, chance)
	if err != nil {
		return bad("%v", err)
	}
	if sign == "<=" || sign == "≤" {
		g.AtMost = x
	} else {
		g.AtLeast = x
	}
	if of == "CVAR" {
		g.Form = OfTail
	}
	if than != "" {
		if g.cut, err = g.amount(cut, false); err != nil {
			return bad("%v", err)
		}
		g.threshold = true
		switch than = strings.NewReplacer("≤", "<=", "≥", ">=").Replace(than); {
		case g.less() && (than == ">" || than == "<"):
			g.over = than == ">"
		case !g.less() && (than == "<=" || than == ">="): // P(x <= c) >= p is P(x > c) <= 1-p
			g.over = than == "<="
		default:
			return bad("want what is bad at most so often, P(%s > %s) <= 5%%, or what is good at least so often, P(%s <= %s) >= 95%%", metric, cut, metric, cut)
		}
	}
	if wrong := g.settle(); wrong != "" {
		return bad("%s", wrong)
	}
	return g, nil
}

// amountText is a number and perhaps a unit.
var amountText = regexp.MustCompile(`^([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\s*(\S*)$`)

// hoursIn says how many hours are in a unit of time.
var hoursIn = map[string]float64{"min": 1. / 60, "h": 1, "d": 24}

// amount reads a bound in the metric's unit, or a probability.
func (g *Goal) amount(text string, chance bool) (float64, error) {
	want := unitOf(g.kind.Unit)
	example := strings.TrimSpace("10 " + want)
	if chance || want == "" {
		example = "5%"
	}
	m := amountText.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0, fmt.Errorf("want a bound such as %q, not %q", example, text)
	}
	x, err := strconv.ParseFloat(m[1], 64)
	switch {
	case err != nil || x-x != 0:
		return 0, fmt.Errorf("want a bound such as %q, not %q", example, text)
	case m[2] == "%" && (chance || want == ""):
		return x / 100, nil
	case m[2] == "" || !chance && m[2] == want:
		return x, nil
	case !chance && hoursIn[want] > 0 && hoursIn[m[2]] > 0:
		return x * hoursIn[m[2]] / hoursIn[want], nil
	case chance:
		return 0, fmt.Errorf("want a probability such as \"5%%\", not %q", text)
	}
	return 0, fmt.Errorf("%s is in %s: want a bound such as %q, not %q", g.Metric, g.kind.Unit, example, text)
}

// settle works out which replications are bad, and returns what is wrong with
// the bound, if anything.
func (g *Goal) settle() (wrong string) {
	probability := g.threshold || g.Form == OfChance && g.Level == 0 && g.kind.Indicator()
	switch {
	case probability && (g.Bound() < 0 || g.Bound() > 1):
		return fmt.Sprintf("want a probability from 0 %% to 100 %%, not %g %%", round(100*g.Bound()))
	case strings.HasPrefix(g.kind.Meaning, "share of ") && !probability && (g.Bound() < 0 || g.Bound() > 1):
		return fmt.Sprintf("%s is a share: want 0 %% to 100 %%, not %g %%", g.Metric, round(100*g.Bound()))
	}
	switch {
	case g.Form == OfTail:
		return ""
	case g.threshold:
		g.Allowed = g.Bound()
		if !g.less() {
			g.Allowed = 1 - g.Bound()
		}
	case g.Level > 0:
		g.over, g.cut, g.Allowed = g.less(), g.Bound(), g.Level
		if g.less() {
			g.Allowed = 1 - g.Level
		}
	case g.kind.Indicator():
		g.over, g.cut, g.Allowed = g.less(), 0.5, g.AtMost
		if !g.less() {
			g.Allowed = 1 - g.AtLeast
		}
	default:
		g.Form = OfMean
		return ""
	}
	if g.Allowed = round(g.Allowed); g.Allowed <= 0 {
		return "no number of replications can show that something never happens: want a little more, such as 0.1%"
	}
	if g.Allowed >= 1 {
		return "this is always so: want less than 100 %"
	}
	return ""
}
