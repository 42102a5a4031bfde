package study

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
)

// Design is a scenario with something changed, to meet the same futures as
// others.
type Design struct {
	Name string // as it was called: an option, a file, a value of a lever
	*Subject
}

// Vary returns the subject with further settings such as
// "hospital.rizgary.buffer=45" laid over it.
func (s *Subject) Vary(settings ...string) (*Subject, scenarios.Problems) {
	tree := s.Tree.Clone()
	var problems scenarios.Problems
	for _, set := range settings {
		problems = append(problems, tree.Set(set)...)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	sc, problems := scenarios.Understand(s.Name, tree)
	if len(problems) > 0 {
		return nil, problems
	}
	v := s.with(sc)
	v.Settings = append(slices.Clone(s.Settings), settings...)
	return v, nil
}

// Opt returns the subject with what an option of its file changes laid over it.
func (s *Subject) Opt(option string) (*Subject, scenarios.Problems) {
	if _, ok := s.File.Option[option]; !ok {
		return nil, scenarios.Problems{s.Tree.Problem("option", "%s", s.noOption(option))}
	}
	if problems := s.misspelt(option); len(problems) > 0 {
		return nil, problems
	}
	tree := s.Tree.Clone()
	if problems := tree.Apply("option." + option + ".change"); len(problems) > 0 {
		return nil, problems
	}
	sc, problems := scenarios.Understand(s.Name, tree)
	if len(problems) > 0 {
		return nil, problems
	}
	return s.with(sc), nil
}

// misspelt returns the keys of an option that are of nothing that is there. A
// dotted key in quotes changes something; what an option adds is a table.
func (s *Subject) misspelt(option string) (problems scenarios.Problems) {
	at := "option." + option + ".change"
	for _, key := range s.Tree.Names(at) {
		for _, p := range s.Tree.Nobody(key+"=", scenarios.Kinds()...) {
			p.Place = s.Tree.Place(at + "." + strconv.Quote(key))
			problems = append(problems, p)
		}
	}
	return problems
}

// CheckOptions returns what is wrong with the options of a scenario, each laid
// over it by itself.
func (s *Subject) CheckOptions() (problems scenarios.Problems) {
	for _, name := range slices.Sorted(maps.Keys(s.File.Option)) {
		_, of := s.Opt(name)
		problems = append(problems, of...)
	}
	problems.Sort()
	return problems
}

// noOption says that there is no such option, and which may be meant.
func (s *Subject) noOption(option string) string {
	names := slices.Sorted(maps.Keys(s.File.Option))
	if len(names) == 0 {
		return fmt.Sprintf("the scenario has no option %q, nor any other; write [option.NAME] with what it changes", option)
	}
	if guess := quantity.Guess(option, names); guess != "" {
		return fmt.Sprintf("the scenario has no option %q (did you mean %q?)", option, guess)
	}
	return fmt.Sprintf("the scenario has no option %q; it has %s", option, strings.Join(names, ", "))
}

// with returns the subject with another scenario in the place of its own.
func (s *Subject) with(sc *scenarios.Scenario) *Subject {
	v := *s
	v.Scenario = sc
	v.NewWorld = func() World { return model.New(sc.Config) }
	return &v
}

// Metrics returns what the numbers of a replication are. It builds a world.
func (s *Subject) Metrics() []model.Metric { return s.NewWorld().Metrics() }

// Futures replays one nature for several designs: a replication is the same
// future for all of them. It belongs to one goroutine. Worlds are made when they
// are first needed.
type Futures struct {
	designs []*Subject
	metrics []string
	worlds  []World
	pick    [][]int // places of the metrics in what each world returns
	row     []float64
}

// NewFutures returns the futures of designs, of which some metrics are read.
// They have the seed of the first design.
func NewFutures(designs []*Subject, metrics []string) *Futures {
	return &Futures{
		designs: designs, metrics: metrics,
		worlds: make([]World, len(designs)), pick: make([][]int, len(designs)), row: make([]float64, len(metrics)),
	}
}

// Run returns the metrics of a design in a replication. They are overwritten by
// the next. It is an error if the model has broken its own laws, or if the
// design has no such metric.
func (f *Futures) Run(design, replication int) ([]float64, error) {
	w := f.worlds[design]
	if w == nil {
		w = f.designs[design].NewWorld()
		pick, err := places(w.Metrics(), f.metrics)
		if err != nil {
			return nil, fmt.Errorf("%v: %w", f.designs[design].Settings, err)
		}
		if c, ok := w.(confined); ok {
			c.Confine(thingsOf(f.metrics)...)
		}
		f.worlds[design], f.pick[design] = w, pick
	}
	values := w.Run(f.designs[0].Seed, replication)
	all := w.Metrics()
	for i, at := range f.pick[design] {
		if err := lawfulValue(&all[at], values[at]); err != nil {
			return nil, err
		}
		f.row[i] = values[at]
	}
	return f.row, nil
}

// confined is a world of which only what concerns some things may be simulated.
type confined interface{ Confine(things ...string) bool }

// thingsOf returns the dotted names of the things that metrics are of.
func thingsOf(metrics []string) (list []string) {
	for _, m := range metrics {
		if thing, _ := Thing(m); !slices.Contains(list, thing) {
			list = append(list, thing)
		}
	}
	return list
}

// places returns where metrics are in a list, by name.
func places(list []model.Metric, names []string) ([]int, error) {
	at := make([]int, len(names))
	for i, name := range names {
		at[i] = slices.IndexFunc(list, func(m model.Metric) bool { return m.Name == name })
		if at[i] < 0 {
			return nil, fmt.Errorf("there is no metric %q", name)
		}
	}
	return at, nil
}
