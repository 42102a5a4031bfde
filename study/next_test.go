package study

import (
	"strings"
	"testing"
)

func TestCommandsCanBeTyped(t *testing.T) {
	s := fakeSubject(0.5)
	s.Called, s.Settings, s.Seed = "my nets/o'clock.toml", []string{"a.b=3", "title=x y"}, 7
	want := `oxysim run 'my nets/o'\''clock.toml' --set a.b=3 --set 'title=x y' --seed 7 --hospital a`
	if got := Command(s, "run", "--hospital", "a"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := Words("oxysim", "", "é", "$HOME"); got != "oxysim '' é '$HOME'" {
		t.Errorf("got %s", got)
	}
}

func TestWhatToDoNext(t *testing.T) {
	for _, c := range []struct {
		chance []float64
		n      int
		want   string
	}{
		{[]float64{0, 0}, 500, "oxysim check fake"},
		{[]float64{0.001, 0.9}, 500, "oxysim run fake -n 500 --hospital b; oxysim why fake; oxysim plan fake --lever hospital.b.buffer"},
		{[]float64{0.06}, 100, "oxysim run fake -n 100 --hospital a; oxysim why fake; oxysim plan fake --lever hospital.a.buffer; oxysim run fake --precision "},
	} {
		_, r := records(t, fakeSubject(c.chance...), 0, 0, c.n, Precision{})
		var got []string
		for _, x := range r.Answer().Next() {
			got = append(got, x.Command)
		}
		if s := strings.Join(got, "; "); !strings.HasPrefix(s, c.want) {
			t.Errorf("%v: got %s, want %s", c.chance, s, c.want)
		}
	}
}

// The precision that is proposed is one that can decide, and another than the
// one that could not.
func TestProposedPrecisionsDecide(t *testing.T) {
	for _, c := range []struct {
		mean, asked float64
		want        string
	}{
		{0.059, 0, "0.5pp"},
		{0.2, 0, "5pp"},
		{0.051, 0, "0.1pp"}, // too close to call, but nearer
		{0.059, 0.5, "0.25pp"},
	} {
		a := &Answer{Target: DefaultTarget, Judged: []Judgement{{Estimate: Estimate{Mean: c.mean}}}}
		a.Target.kind.Meaning = "1 if it was so"
		if c.asked > 0 {
			a.Precision.Points = c.asked
		}
		if got := a.Decisive().String(); got != c.want {
			t.Errorf("%v, asked for %v: got %s, want %s", c.mean, c.asked, got, c.want)
		}
	}
}

// A precision that takes more replications than are simulated by default comes
// with their number. At 5 %, ± 0.1 pp takes 3.5² × 0.05 × 0.95 / 0.001² = 580,000.
func TestProposedPrecisionsCanBeReached(t *testing.T) {
	for mean, want := range map[float64]int{0.05: 600_000, 0.5: 4_000_000, 0: 0} {
		a := &Answer{Target: DefaultTarget, Judged: []Judgement{{Estimate: Estimate{Mean: mean}}}}
		if got := a.needed(Precision{Points: 0.1}); got != want {
			t.Errorf("%v: got %d, want %d", mean, got, want)
		}
	}
}
