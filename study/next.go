package study

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Advice is a command to type next, and what for.
type Advice struct {
	Command string
	Why     string
}

// Next returns what one may want to know after an answer, most useful first.
// It simulates one replication again, to find when something happened in it.
func (a *Answer) Next() []Advice {
	var list []Advice
	add := func(why, command string, args ...string) {
		list = append(list, Advice{Command(a.Subject, command, args...), why})
	}
	if a.Verdict == Met {
		add("what was assumed, and is it plausible?", "check")
		return list
	}
	if j := a.worstHospital(); j != nil {
		name := strings.TrimPrefix(j.Thing, "hospital.")
		label := a.Subject.Label(j.Thing)
		add("everything about "+label, "run", a.asMany("--hospital", name)...)
		add("how much each cause does, and what single stockouts waited for", "why")
		if a.Subject.File.Hospital[name].Buffer > 0 {
			add("how much of a buffer would be enough there", "plan", "--lever", j.Thing+".buffer")
		}
		if len(a.Subject.File.Option) > 0 {
			add("what the options of the file bring, and what for the money", "compare")
		}
		if j.Seen >= 0 {
			if from, until, ok := a.around(j); ok {
				add("how its first stockout came about", "trace", "--replication", strconv.Itoa(j.Seen),
					"--thing", j.Thing, "--from", from, "--until", until)
			}
		}
	}
	if p := a.Decisive(); p != (Precision{}) {
		args := []string{"--precision", p.String()}
		if n := a.needed(p); n > MostWithPrecision {
			args = append(args, "-n", strconv.Itoa(n))
		}
		add("more replications, to decide what is undecided", "run", args...)
	}
	return list
}

// asMany returns the arguments for a run of as many replications as this one.
func (a *Answer) asMany(args ...string) []string {
	if a.N != a.Subject.File.Run.Replications && a.N > 0 {
		args = append([]string{"-n", strconv.Itoa(a.N)}, args...)
	}
	return args
}

// worstHospital returns the judgement of the hospital that is worst, or nil if
// the target is none for hospitals.
func (a *Answer) worstHospital() *Judgement {
	for i := range a.Judged {
		if j := &a.Judged[i]; strings.HasPrefix(j.Thing, "hospital.") && j.Verdict != Met {
			return j
		}
	}
	return nil
}

// around returns from when until when to look at the first replication in
// which a hospital had a stockout, as spans since its start.
func (a *Answer) around(j *Judgement) (from, until string, ok bool) {
	i, ok := a.byName[j.Thing+".stockout_first"]
	if !ok || !strings.HasSuffix(j.Estimate.Metric.Name, "stockout") {
		return "", "", false
	}
	day := a.Subject.NewWorld().Run(a.Subject.Seed, j.Seen)[i] + a.Subject.Config.WarmUp.Days()
	start := max(0, math.Floor(day)-2)
	return fmt.Sprintf("%gd", start), fmt.Sprintf("%gd", math.Floor(day)+1), true
}

// Decisive returns a precision that may decide what is undecided; none if
// nothing is, or if it is too close to the bound.
func (a *Answer) Decisive() Precision {
	closest := math.Inf(1)
	for _, j := range a.Judged {
		if j.Verdict != Undecided {
			continue
		}
		for _, bound := range []float64{a.Target.AtMost, a.Target.AtLeast} {
			d := math.Abs(j.Estimate.Mean - bound)
			if !a.Target.Probability() {
				d /= math.Abs(j.Estimate.Mean)
			}
			closest = min(closest, 100*d)
		}
	}
	if math.IsInf(closest, 1) || math.IsNaN(closest) {
		return Precision{}
	}
	nice := 10.0
	for _, x := range []float64{5, 2, 1, 0.5, 0.2, 0.1} {
		nice = x
		if x <= 0.7*closest { // the interval that decides is wider, as it must hold for all hospitals together
			break
		}
	}
	if a.Precision != (Precision{}) {
		nice = min(nice, (a.Precision.Points+a.Precision.Relative)/2)
	}
	if a.Target.Probability() {
		return Precision{Points: nice}
	}
	return Precision{Relative: nice}
}

// needed returns about how many replications it takes to reach a precision of
// the probabilities that are undecided, rounded up to one digit; 0 if the
// target is none for probabilities. An anytime-valid interval is about 3.5
// standard errors wide to each side.
func (a *Answer) needed(p Precision) int {
	most := 0.0
	for _, j := range a.Judged {
		if m := j.Estimate.Mean; j.Verdict == Undecided && p.Points > 0 {
			width := 3.5 * 100 / p.Points // in standard deviations
			most = max(most, width*width*m*(1-m))
		}
	}
	if most == 0 {
		return 0
	}
	digit := math.Pow(10, math.Floor(math.Log10(most)))
	return int(math.Ceil(most/digit) * digit)
}

// Command returns a command about a subject as it is typed, with the settings
// and the seed that the subject has.
func Command(s *Subject, command string, args ...string) string {
	words := []string{"oxysim", command, s.Called}
	for _, set := range s.Settings {
		words = append(words, "--set", set)
	}
	if s.Seed != s.File.Run.Seed && command != "check" {
		words = append(words, "--seed", strconv.FormatUint(s.Seed, 10))
	}
	return Words(append(words, args...)...)
}

// Words returns a command as it is typed, with quotes where a shell wants them.
func Words(words ...string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = quote(w)
	}
	return strings.Join(quoted, " ")
}

// quote returns a word as a shell wants it.
func quote(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./=:,+@%", r) || r > 127
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
