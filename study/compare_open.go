package study

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/scenarios/source"
)

// KeyChange is a key whose value is another one than the base's.
type KeyChange struct {
	Key      string // dotted
	Old, New string // as they are written; "" if there is none
}

// OpenDesigns returns the designs of a comparison: the base, and what it is
// compared with. Each is an option of the base's file, several of them with "+"
// between, or another scenario by name or path; all options if none is named.
// What changes nothing is refused, and what is another length of time.
func OpenDesigns(called string, with []string, settings ...string) ([]*Option, error) {
	base, problems := Open(called, settings...)
	if len(problems) > 0 {
		return nil, problems
	}
	if len(with) == 0 {
		if with = slices.Clone(base.Tree.Names("option")); len(with) == 0 {
			return nil, scenarios.Problems{base.Tree.Problem("option", "want options to compare: write [option.NAME] with what it changes, or name another file")}
		}
	}
	list := []*Option{{Design: Design{Name: "base", Subject: base}, Label: "as it is"}}
	var all scenarios.Problems
	for _, name := range with {
		o, err := base.design(name, settings)
		if problems, ok := err.(scenarios.Problems); ok {
			all = append(all, problems...)
			continue
		}
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(list, func(x *Option) bool { return x.Name == o.Name }) {
			return nil, fmt.Errorf("%s is there twice; want each design once", o.Name)
		}
		list = append(list, o)
	}
	if len(all) > 0 {
		return nil, all
	}
	if slices.ContainsFunc(list, func(o *Option) bool { return o != list[0] && len(o.Parts) == 0 }) {
		list[0].Name, list[0].Label = base.Name, base.File.Title // a file among files
	}
	return list, nil
}

// design returns what a base is compared with.
func (s *Subject) design(name string, settings []string) (*Option, error) {
	parts := strings.Split(name, "+")
	known := 0
	for _, p := range parts {
		if _, ok := s.File.Option[p]; ok {
			known++
		}
	}
	if known == 0 && s.mayBeFile(name) {
		return s.other(name, settings)
	}
	o := &Option{Design: Design{Name: name, Subject: s}, Parts: parts}
	var labels []string
	by := map[string]string{} // the option that changes a key
	for i, p := range parts {
		if slices.Contains(parts[:i], p) {
			return nil, fmt.Errorf("%s: %s is there twice", name, p)
		}
		before := o.Subject
		after, problems := before.Opt(p)
		if len(problems) > 0 {
			return nil, problems
		}
		if after.Digest == before.Digest {
			return nil, scenarios.Problems{s.Tree.Problem("option."+p+".change", "the option %q changes nothing that decides a number", p)}
		}
		if problems := s.sameTime(after, "the option "+p); len(problems) > 0 {
			return nil, problems
		}
		for _, c := range changes(before, after) {
			if other := by[c.Key]; other != "" {
				return nil, scenarios.Problems{s.Tree.Problem("option."+p+".change", "%s and %s both change %s: want options that can be had together", other, p, c.Key)}
			}
			by[c.Key] = p
		}
		o.Subject = after
		label := s.File.Option[p].Label
		if label == "" {
			label = p
		}
		labels = append(labels, label)
	}
	o.Label = strings.Join(labels, " + ")
	o.Changes = changes(s, o.Subject)
	return o, nil
}

// mayBeFile reports whether a name is rather that of a scenario than of an
// option.
func (s *Subject) mayBeFile(name string) bool {
	_, ready := scenarios.ReadyFiles(name)
	return ready || strings.ContainsAny(name, `./\`)
}

// other returns a design of another file.
func (s *Subject) other(called string, settings []string) (*Option, error) {
	other, problems := Open(called, settings...)
	if len(problems) > 0 {
		return nil, problems
	}
	if problems := s.sameTime(other, called); len(problems) > 0 {
		return nil, problems
	}
	if s.Digest == other.Digest {
		return nil, scenarios.Problems{other.Tree.Problem("", "%s differs from %s in nothing that decides a number", called, s.Called)}
	}
	other.Seed = s.Seed
	o := &Option{Design: Design{Name: strings.TrimSuffix(path.Base(called), ".toml"), Subject: other}, Label: other.File.Title}
	o.Changes = changes(s, other)
	return o, nil
}

// sameTime returns the problem that another scenario, which is called as, is not
// about the same days.
func (s *Subject) sameTime(other *Subject, called string) scenarios.Problems {
	a, b := s.Config, other.Config
	switch {
	case a.Horizon != b.Horizon || a.WarmUp != b.WarmUp:
		return scenarios.Problems{other.Tree.Problem("run.horizon", "%s lasts %v days, of which %v are its warm-up, and %s %v and %v: want the same length of time",
			called, b.Horizon.Days(), b.WarmUp.Days(), s.Called, a.Horizon.Days(), a.WarmUp.Days())}
	case s.File.Run.Start != other.File.Run.Start:
		return scenarios.Problems{other.Tree.Problem("run.start", "%s begins on %v and %s on %v: want the same days", called, other.File.Run.Start, s.Called, s.File.Run.Start)}
	}
	return nil
}

// changes returns what of b is not as in a, of all that decides a number, by
// key.
func changes(a, b *Subject) (list []KeyChange) {
	if a.Tree == nil || b.Tree == nil {
		return nil
	}
	old, now := leaves(a.Tree), leaves(b.Tree)
	keys := maps.Clone(old)
	maps.Copy(keys, now)
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		if !reflect.DeepEqual(old[k], now[k]) {
			list = append(list, KeyChange{Key: k, Old: spelt(a.Tree, k, old[k]), New: spelt(b.Tree, k, now[k])})
		}
	}
	return list
}

// leaves returns all values of a scenario that decide a number, by dotted key.
func leaves(t *source.Tree) map[string]any {
	var root any
	if err := json.Unmarshal(t.Canonical(scenarios.Undecisive...), &root); err != nil {
		panic("study: the canonical scenario is no JSON: " + err.Error())
	}
	all := map[string]any{}
	var walk func(key string, v any)
	walk = func(key string, v any) {
		if m, ok := v.(map[string]any); ok && len(m) > 0 {
			for k, x := range m {
				walk(strings.TrimPrefix(key+"."+k, "."), x)
			}
			return
		}
		all[key] = v
	}
	walk("", root)
	return all
}

// spelt returns a value as it is written in a scenario; "" if there is none.
func spelt(t *source.Tree, key string, v any) string {
	if v == nil {
		return ""
	}
	if text := t.Text(key); text != "" {
		return quantity.Shorten(text)
	}
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return quantity.Shorten(strings.Trim(string(b), `"`))
}
