package stats

import (
	"encoding/json"
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// roundTrip writes v as JSON, reads it back and compares the bits.
func roundTrip[T any](t *rapid.T, v T) {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var got T
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, v) {
		t.Fatalf("%s: got %+v, want %+v", b, got, v)
	}
}

func TestJSONIsReadBackToTheLastBit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := values(t, "x"), values(t, "y")
		roundTrip(t, tallyOf(x))
		var pairs RatioTally
		for i := range min(len(x), len(y)) {
			pairs.Add(x[i], y[i])
		}
		roundTrip(t, pairs)
		roundTrip(t, *quantilesOf(positives(t, "z")))

		p := drawPath(t)
		var level Level
		var stretches Intervals
		for _, c := range p.change {
			level.Set(c.at, c.to)
			stretches.Set(c.at, c.to > 0)
		}
		roundTrip(t, level)
		roundTrip(t, stretches)

		end := rapid.OneOf(rapid.Float64(), rapid.Just(math.Inf(1)), rapid.Just(math.Inf(-1)))
		a, b := end.Draw(t, "a"), end.Draw(t, "b")
		if a > b {
			a, b = b, a
		}
		if !math.IsInf(a, 1) && !math.IsInf(b, -1) {
			roundTrip(t, Interval{a, b})
		}
	})
}

func TestIntervalIsReadable(t *testing.T) {
	b, err := json.Marshal(Interval{0.5, math.Inf(1)})
	if want := `{"lo":0.5,"hi":null}`; err != nil || string(b) != want {
		t.Errorf("got %s, %v, want %s", b, err, want)
	}
	var i Interval
	if err := json.Unmarshal([]byte(`{"lo":"x"}`), &i); err == nil {
		t.Error("a word for a number: want an error")
	}
}
