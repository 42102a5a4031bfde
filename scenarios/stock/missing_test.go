package stock

import (
	"slices"
	"strings"
	"testing"
)

// begin returns the state that a count of the district makes.
func begin(t *testing.T, counts string) *State {
	t.Helper()
	count, problems := Read("c.csv", []byte(counts))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	s, problems := count.Begin(open(t, "district"), 0)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

// What a row leaves out is listed, cell by cell, and so are trucks without a row.
func TestCellsThatAreNotCountedAreListed(t *testing.T) {
	s := begin(t, "place,full,in use,empty\nriverside,5,,2\ntown,20,9,3\nworks,12,,\nlorry,,,\n")
	for _, want := range []string{
		"in use not counted, and taken as the scenario starts: hospital.riverside",
		"empty not counted, and taken as the scenario starts: plant.works",
		"without a row, and taken to be as the scenario starts, at home: truck.pickup",
		"where not counted, and taken as the scenario starts: truck.lorry",
	} {
		if !slices.Contains(s.Assumptions, want) {
			t.Errorf("%q is not said; it is %q", want, s.Assumptions)
		}
	}
	for _, x := range s.Assumptions {
		if strings.HasPrefix(x, "full not counted") {
			t.Errorf("full was counted, and yet: %s", x)
		}
	}
}

// A fleet's name means its first truck, and that is said.
func TestAFleetsNameIsItsFirstTruck(t *testing.T) {
	sc := open(t, "district", "truck.lorry.count=3")
	for called, said := range map[string]bool{"lorry": true, "Truck Lorry": true, "lorry 1": false, "truck.lorry.1": false} {
		count, problems := Read("c.csv", []byte("place,where\n"+called+",home\n"))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		s, problems := count.Begin(sc, 0)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if got := strings.Contains(strings.Join(s.Assumptions, "\n"), "is taken to be truck.lorry.1, the first of 3"); got != said {
			t.Errorf("%s: %q", called, s.Assumptions)
		}
	}
}

// Of a place at which more was counted than can be there is a warning, of others
// none.
func TestCountsThatAreHardToBelieve(t *testing.T) {
	s := begin(t, "place,full,in use,empty\nriverside,500,0,0\nborder,60,0,0\ntown,20,9,3\n")
	if len(s.Warnings) != 2 || !strings.HasPrefix(s.Warnings[0], "60 cylinders of type J are counted at hospital.border, which is more than twice the ") ||
		!strings.HasPrefix(s.Warnings[1], "500 cylinders of type J are counted at hospital.riverside, and the scenario has ") {
		t.Errorf("warnings are %q", s.Warnings)
	}
	if s := begin(t, "place,full,in use,empty\nriverside,5,4,3\n"); len(s.Warnings) > 0 {
		t.Errorf("of a plain count: %q", s.Warnings)
	}
}

// The instant of a count is echoed as it was typed.
func TestTheInstantIsEchoedAsTyped(t *testing.T) {
	_, err := At("2025-03-05T08:00", 20454) // 2026-01-01
	if err == nil || !strings.Contains(err.Error(), `not "2025-03-05T08:00"`) {
		t.Error(err)
	}
}
