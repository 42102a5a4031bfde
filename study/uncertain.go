package study

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/sim/rng"
)

// Unknown is a number of the scenario of which one knows only within what it
// lies, or several that are unknown together: those that a factor of [uncertain]
// is for, or those that are written alike, which is to say with the same last
// part of the key, the same text and the same source. Different unknowns are
// taken to be independent.
type Unknown struct {
	Name    string   // the key or pattern, with the value if another has the same pattern
	Key     string   // dotted; "*" stands for any name
	Keys    []string // that it stands for, sorted
	Written string   // "13 h (12 h – 15 h)", or the law of the factor
	Source  string   // where the value comes from; "" if nobody says
	Factor  bool     // it is a factor by which the numbers are multiplied

	law rng.Law // of the factor
}

// lowEnd and highEnd are the quantiles of a factor that are taken for its low
// and its high end; those of a range are as written.
const lowEnd, highEnd = 0.05, 0.95

// Unknowns returns the uncertain numbers of a subject: those whose values have
// a range, and those in [uncertain], which come in the place of a range. If keys
// or patterns are given, it returns those alone; one that is not uncertain is a
// problem that says what to write.
func Unknowns(s *Subject, keys ...string) ([]Unknown, scenarios.Problems) {
	all, problems := factors(s)
	if len(problems) > 0 {
		return nil, problems
	}
	taken := map[string]bool{}
	for _, x := range all {
		for _, k := range x.Keys {
			taken[k] = true
		}
	}
	all = append(all, ranges(s, taken)...)
	if len(keys) == 0 {
		return named(s, all), nil
	}
	all = named(s, all)
	var list []Unknown
	for _, key := range keys {
		found := pick(all, key)
		if len(found) == 0 {
			problems = append(problems, &scenarios.Problem{Key: key, Message: s.noUnknown(key)})
		}
		list = append(list, found...)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	for i, x := range list {
		for _, y := range list[:i] {
			for _, k := range x.Keys {
				if slices.Contains(y.Keys, k) {
					return nil, scenarios.Problems{{Key: k, Message: fmt.Sprintf("is named twice, by %q and %q", y.Name, x.Name)}}
				}
			}
		}
	}
	return named(s, list), nil
}

// factors returns what is in [uncertain].
func factors(s *Subject) (list []Unknown, problems scenarios.Problems) {
	taken := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(s.File.Uncertain)) {
		bad := func(format string, args ...any) {
			problems = append(problems, s.Tree.Problem(join("uncertain", key), format, args...))
		}
		text := s.File.Uncertain[key]
		x := Unknown{Key: key, Factor: true, law: text.Law(), Written: "× " + text.String(), Source: s.Tree.Source(join("uncertain", key))}
		l, err := NewLever(s, key)
		switch _, fixed := text.Constant(); {
		case err != nil:
			bad("%v", err)
			continue
		case fixed:
			bad("want the law of a factor such as \"lognormal(1, cv 0.3)\", not %q", text)
			continue
		case strings.HasPrefix(text.String(), "compound"):
			bad("want a law with quantiles such as \"lognormal(1, cv 0.3)\", not %q", text)
			continue
		}
		x.Keys = l.Keys
		for _, k := range x.Keys {
			if other, ok := taken[k]; ok {
				bad("%s has a factor already, by %q", k, other)
			}
			taken[k] = key
		}
		list = append(list, x)
	}
	return list, problems
}

// aside are the tables of a scenario that say nothing of the world.
var aside = []string{"run", "target", "price", "option", "uncertain"}

// ranges returns the values with a range, but for those that are taken; those
// that are written alike are one.
func ranges(s *Subject, taken map[string]bool) (list []Unknown) {
	at := map[[3]string]int{}
	for _, key := range s.Tree.Uncertain() {
		kind, _, _ := strings.Cut(key, ".")
		scalar, _ := s.Tree.Scalar(key)
		if lo, hi, _ := scalar.Bounds(); taken[key] || lo == hi || slices.Contains(aside, kind) {
			continue
		}
		text := s.Tree.Text(key)
		if text == "" {
			text = scalar.String()
		}
		x := Unknown{Key: key, Keys: []string{key}, Written: text, Source: s.Tree.Source(key)}
		like := [3]string{pattern(key), scalar.String(), x.Source}
		if i, ok := at[like]; ok {
			list[i].Key = like[0]
			list[i].Keys = append(list[i].Keys, key)
			continue
		}
		at[like] = len(list)
		list = append(list, x)
	}
	return list
}

// pattern returns a key with "*" for the name of the thing that it is of.
func pattern(key string) string {
	kind, rest, _ := strings.Cut(key, ".")
	_, rest, ok := strings.Cut(rest, ".")
	if !ok || !slices.Contains(things, kind) {
		return key
	}
	return kind + ".*." + rest
}

// named gives each its name.
func named(s *Subject, list []Unknown) []Unknown {
	same := map[string]int{}
	for _, x := range list {
		same[x.Key]++
	}
	for i := range list {
		x := &list[i]
		x.Name = x.Key
		if same[x.Key] > 1 {
			text, _, _ := strings.Cut(x.Written, " (")
			x.Name = fmt.Sprintf("%s (%s)", x.Key, text)
		}
	}
	return list
}

// pick returns the unknowns that a key or a pattern calls. Of values that are
// written alike it takes those that are called.
func pick(all []Unknown, key string) (list []Unknown) {
	for _, x := range all {
		switch {
		case x.Name == key || x.Key == key || x.Factor && slices.ContainsFunc(x.Keys, func(k string) bool { return matches(key, k) }):
			list = append(list, x)
			continue
		case x.Factor:
			continue
		}
		var keys []string
		for _, k := range x.Keys {
			if matches(key, k) {
				keys = append(keys, k)
			}
		}
		if len(keys) == 0 {
			continue
		}
		if len(keys) < len(x.Keys) {
			x.Key, x.Keys = key, keys
		}
		list = append(list, x)
	}
	return list
}

// noUnknown says that a key is not uncertain, and what to write for it to be.
func (s *Subject) noUnknown(key string) string {
	l, err := NewLever(s, key)
	if err != nil {
		return err.Error()
	}
	law := fmt.Sprintf("--set %s", quote(fmt.Sprintf("uncertain.%q=lognormal(1, cv 0.3)", key)))
	if l.Factor {
		return fmt.Sprintf("none of its %d numbers has a range: write the law of a common factor, such as %s", len(l.Keys), law)
	}
	text := l.Text(l.Base)
	if ranged := fmt.Sprintf("%s (%s – %s)", text, l.Text(l.Base/2), l.Text(2*l.Base)); l.Base > 0 && takes(l.scalars[0], ranged) {
		return fmt.Sprintf("is %s, without a range: write one, such as --set %s, or the law of a factor, such as %s", text, quote(key+"="+ranged), law)
	}
	return fmt.Sprintf("is %s, without a range: write the law of a factor, such as %s", text, law)
}

// takes reports whether a value of the kind of x may be written like text, with
// a range.
func takes(x quantity.Scalar, text string) bool {
	v := reflect.New(reflect.TypeOf(x))
	u, ok := v.Interface().(interface{ UnmarshalText([]byte) error })
	if !ok || u.UnmarshalText([]byte(text)) != nil {
		return false
	}
	_, _, ranged := v.Elem().Interface().(quantity.Scalar).Bounds()
	return ranged
}

// Settings returns what to lay over a subject for the unknown to be at a
// quantile u in [0,1] of its law; NaN stands for its value as written. The law
// of a range is triangular, with the value as written as its mode. Where the
// subject has another value than the scenario, because an option changes it, it
// is that which is stretched, or left if it has no range.
func (x *Unknown) Settings(s *Subject, u float64) (list []string) {
	if math.IsNaN(u) {
		return nil
	}
	for _, k := range x.Keys {
		scalar, ok := s.Tree.Scalar(k)
		if !ok {
			continue // an option took it away
		}
		lo, hi, ranged := scalar.Bounds()
		switch {
		case x.Factor:
			list = append(list, k+"="+scalar.Write(float64(x.law.Quantile(u)*scalar.Base())))
		case ranged:
			list = append(list, k+"="+scalar.Write(triangular(lo, scalar.Base(), hi, u)))
		}
	}
	return list
}

// triangular returns a quantile of the triangular law.
func triangular(lo, mode, hi, u float64) float64 {
	law := rng.Triangular(lo, mode, hi)
	return min(max(law.Quantile(u), lo), hi)
}

// Ends returns the quantiles at which the unknown is low and high: the ends of
// a range, and those of a factor that leave out a twentieth at each side.
func (x *Unknown) Ends() (lo, hi float64) {
	if x.Factor {
		return lowEnd, highEnd
	}
	return 0, 1
}

// Text returns the value at a quantile, as it is written; of a factor "×1.25".
func (x *Unknown) Text(s *Subject, u float64) string {
	if x.Factor {
		return "×" + strconv.FormatFloat(x.law.Quantile(u), 'g', 3, 64)
	}
	scalar, _ := s.Tree.Scalar(x.Keys[0])
	lo, hi, _ := scalar.Bounds()
	return scalar.Write(triangular(lo, scalar.Base(), hi, u))
}

// Count returns for how many numbers it stands.
func (x *Unknown) Count() int { return len(x.Keys) }

// fingerprint says in few letters all that decides what unknowns may be.
func fingerprint(list []Unknown) string {
	h := sha256.New()
	for _, x := range list {
		fmt.Fprintln(h, x.Keys, x.Factor, x.Written)
	}
	return fmt.Sprintf("%.6x", h.Sum(nil))
}
