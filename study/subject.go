package study

import (
	"fmt"
	"math"
	"strings"

	"oxysim/model"
	"oxysim/scenarios"
)

// World simulates the replications of a scenario, one at a time. It belongs to
// one goroutine.
type World interface {
	// Metrics says what the values of Run are, in their order.
	Metrics() []model.Metric
	// Run simulates a replication. Its values are overwritten by the next.
	Run(seed uint64, replication int) []float64
}

// Subject is a scenario of which a question is asked.
type Subject struct {
	*scenarios.Scenario
	Called   string       // its name or path, as it was called
	Settings []string     // laid over it, such as "hospital.rizgary.buffer=45"
	Seed     uint64       // of its replications
	NewWorld func() World // one for each goroutine
}

// Open reads a scenario by name or path, with settings laid over it. Its seed
// is that of the scenario.
func Open(called string, settings ...string) (*Subject, scenarios.Problems) {
	sc, problems := scenarios.Open(called, settings...)
	if len(problems) > 0 {
		return nil, problems
	}
	return NewSubject(sc, called, settings...), nil
}

// NewSubject returns a scenario as a subject, under the name that it was called, with
// the settings that were laid over it.
func NewSubject(sc *scenarios.Scenario, called string, settings ...string) *Subject {
	return &Subject{
		Scenario: sc, Called: called, Settings: settings, Seed: sc.File.Run.Seed,
		NewWorld: func() World { return model.New(sc.Config) },
	}
}

// Origin returns what records of the subject say they are of.
func (s *Subject) Origin() Origin {
	return Origin{Scenario: s.Called, Set: s.Settings, Digest: s.Digest, Behaviour: model.Behaviour, Seed: s.Seed}
}

// Label returns the name of a thing to show: its label if it has one, or else
// the last part of its dotted name.
func (s *Subject) Label(thing string) string {
	kind, name, _ := strings.Cut(thing, ".")
	label := ""
	switch kind {
	case "hospital":
		label = s.File.Hospital[name].Label
	case "plant":
		label = s.File.Plant[name].Label
	case "vendor":
		label = s.File.Vendor[name].Label
	}
	if label == "" {
		return name
	}
	return label
}

// lawful returns an error if a value is none that its metric can have: then
// the model has broken its own laws.
func lawful(metrics []model.Metric, values []float64) error {
	if len(values) != len(metrics) {
		return fmt.Errorf("want %d values, not %d", len(metrics), len(values))
	}
	for i, x := range values {
		if err := lawfulValue(&metrics[i], x); err != nil {
			return err
		}
	}
	return nil
}

// lawfulValue returns an error if x is no value that a metric can have.
func lawfulValue(m *model.Metric, x float64) error {
	if x-x != 0 || math.Abs(x) >= 1e18 {
		return fmt.Errorf("%s is %v, want a finite number", m.Name, x)
	}
	if x != 0 && x != 1 && m.Indicator() {
		return fmt.Errorf("%s is %v, want 0 or 1", m.Name, x)
	}
	return nil
}
