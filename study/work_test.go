package study

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// question simulates two stages and returns all rows it saw. It cancels the context
// after stop rows were computed, unless stop is negative; more must then be left than
// workers may be ahead.
func question(t *testing.T, k *Work, workers, stop int) (seen []float64, err error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	k.Workers = workers
	computed := 0
	k.Watch = func(Progress) {
		if computed++; computed == stop {
			cancel()
		}
	}
	row := func(_ *int, replication int, row []float64) error {
		row[0], row[1] = float64(replication), math.Inf(1-2*(replication%2))
		return nil
	}
	keep := func(_ int, row []float64) bool {
		seen = append(seen, row...)
		return true
	}
	worker := func() *int { return new(int) }
	for _, st := range []Stage{{Name: "one", First: 3, N: 50, Width: 2}, {Name: "one", First: 53, N: 20, Width: 2}, {Name: "two", N: 80, Width: 2}} {
		if err := simulate(ctx, k, st, worker, row, keep); err != nil {
			return seen, err
		}
	}
	return seen, nil
}

// A question that was interrupted anywhere and is asked again gets the rows that
// it would have got at once, and computes only those that are missing.
func TestInterruptedWorkGoesOn(t *testing.T) {
	s := fakeSubject(0.5)
	want, err := question(t, NewWork(s), 1, -1)
	if err != nil {
		t.Fatal(err)
	}
	for _, stop := range []int{1, 10, 50, 51, 69, 100} {
		t.Run(fmt.Sprint(stop), func(t *testing.T) {
			first := NewWork(s)
			if _, err := question(t, first, 3, stop); err != context.Canceled {
				t.Fatalf("got %v, want it cancelled", err)
			}
			var file bytes.Buffer
			if err := first.Save(&file); err != nil {
				t.Fatal(err)
			}
			second := NewWork(s)
			if n, err := second.Saved(bytes.NewReader(file.Bytes())); n != first.Count() || err != nil {
				t.Errorf("got %d rows, %v, want %d", n, err, first.Count())
			}
			if err := second.Load(&file); err != nil {
				t.Fatal(err)
			}
			before := second.Count()
			got, err := question(t, second, 2, -1)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("got %v, %v", got, err)
			}
			if before < stop || second.Count() != 150 {
				t.Errorf("kept %d rows of at least %d, and then %d", before, stop, second.Count())
			}
		})
	}
}

// What an interrupted question has left is refused if it is of another
// scenario or was changed.
func TestWorkOfAnotherSubject(t *testing.T) {
	k := NewWork(fakeSubject(0.5))
	if _, err := question(t, k, 1, -1); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := k.Save(&b); err != nil {
		t.Fatal(err)
	}
	good := b.String()
	other := fakeSubject(0.5)
	other.Seed = 2
	for _, c := range []struct {
		file, want string
		subject    *Subject
	}{
		{good, "seed 1, not 2", other},
		{strings.Replace(good, `"rows":"`, `"rows":"AAAA`, 1), "damaged", k.Subject},
		{strings.Replace(good, `"first":3`, `"first":4`, 1), "damaged", k.Subject},
		{good[:len(good)/2], "want what an interrupted question has left", k.Subject},
		{"", "want what an interrupted question has left", k.Subject},
	} {
		if err := NewWork(c.subject).Load(strings.NewReader(c.file)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

// A replication that fails is told with its number, and what came before it is
// kept.
func TestWorkThatFails(t *testing.T) {
	k := NewWork(fakeSubject(0.5))
	err := simulate(t.Context(), k, Stage{Name: "x", N: 10, Width: 1}, func() int { return 0 },
		func(_ int, replication int, row []float64) error {
			if replication == 7 {
				return fmt.Errorf("seven")
			}
			return nil
		}, func(int, []float64) bool { return true })
	if err == nil || !strings.Contains(err.Error(), "replication 7: seven") || k.Count() != 7 {
		t.Errorf("got %v after %d rows", err, k.Count())
	}
}
