package study

import (
	"slices"
	"strings"
	"testing"
)

// A lever is spelt as its key is in a file, and what it says is what the
// scenario then has.
func TestLeversAreSpeltAsInAFile(t *testing.T) {
	s, problems := Open("district")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, c := range []struct {
		key, value string
		want       []string
	}{
		// The reorder point is 40, and keeps its distance of 20.
		{"hospital.town.buffer", "70", []string{"hospital.town.buffer=70", "hospital.town.supply.reorder_at=50"}},
		{"hospital.town.buffer", "10", []string{"hospital.town.buffer=10", "hospital.town.supply.reorder_at=0"}},
		{"plant.works.filling.positions", "12", []string{"plant.works.filling.positions=12"}},
		{"plant.works.machines.flow", "40 Nm3/h", []string{"plant.works.machines.flow=703.333 L/min"}},
		{"plant.works.tank", "4500 L", []string{"plant.works.tank=4.5 m3"}},
		{"truck.lorry.count", "2", []string{"truck.lorry.count=2"}},
		{"road.*.speed", "1.5", nil},
	} {
		l, err := NewLever(s, c.key)
		if err != nil {
			t.Fatal(err)
		}
		x, err := l.Parse(c.value)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.Settings(x); c.want != nil && !slices.Equal(got, c.want) {
			t.Errorf("%s=%s: got %q, want %q", c.key, c.value, got, c.want)
		}
		v, problems := l.At(s, x)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if back, err := NewLever(v, l.Keys[0]); err != nil || !l.Factor && back.Base != x {
			t.Errorf("%s=%s: the scenario has %v, %v", c.key, c.value, back.Base, err)
		}
	}
}

// What is no number of the scenario is no lever, and the message helps.
func TestWhatIsNoLever(t *testing.T) {
	s, problems := Open("district")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for key, want := range map[string]string{
		"hospital.town.label":  `is "District hospital": want a key whose value is a number`,
		"hospital.town":        "is a table or a list: want a key whose value is a number",
		"hospital.town.bufer":  `did you mean "hospital.town.buffer"?`,
		"hospital.twon.buffer": `did you mean "hospital.town.buffer"?`,
		"hospital.*.bufer":     "no number of the scenario matches",
		"":                     "the scenario has no number",
	} {
		if _, err := NewLever(s, key); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", key, err, want)
		}
	}
	l, err := NewLever(s, "hospital.town.buffer")
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{"many", "4.5", "45 km", ""} {
		if _, err := l.Parse(value); err == nil || !strings.Contains(err.Error(), "want a whole number") {
			t.Errorf("%q: got %v", value, err)
		}
	}
}

// A key like none that there is names a few that there are, and no flag that is
// not there.
func TestAKeyThatIsNoLeverNamesSomeThatAre(t *testing.T) {
	s, problems := Open("district")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	_, err := NewLever(s, "wherever.zzz.qqq")
	if err == nil || strings.Contains(err.Error(), "--keys") {
		t.Fatal(err)
	}
	_, list, found := strings.Cut(err.Error(), "it has numbers such as ")
	if !found {
		t.Fatal(err)
	}
	for _, key := range strings.Split(list, ", ") {
		if _, err := NewLever(s, key); err != nil {
			t.Error(err)
		}
	}
}
