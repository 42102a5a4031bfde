package study

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// A checkpoint of which a byte has changed is refused.
func TestDamagedCheckpointsAreRefused(t *testing.T) {
	s := fakeSubject(0.5, 0.1)
	r := newRun(t, s, 0, 40, Precision{})
	if err := r.Simulate(t.Context(), 1, nil, nil); err != nil {
		t.Fatal(err)
	}
	var saved bytes.Buffer
	if err := r.Save(&saved); err != nil {
		t.Fatal(err)
	}
	if err := newRun(t, s, 0, 40, Precision{}).Load(bytes.NewReader(saved.Bytes())); err != nil {
		t.Fatal(err)
	}
	spoilt := strings.Replace(saved.String(), `"mean":`, `"mean":1`, 1)
	if err := newRun(t, s, 0, 40, Precision{}).Load(strings.NewReader(spoilt)); !errors.Is(err, errDamaged) {
		t.Errorf("got %v", err)
	}
}

// Nor is one believed whose parts do not agree, although its checksum is right.
func TestCheckpointsWhosePartsDoNotAgree(t *testing.T) {
	s := fakeSubject(0.5, 0.1)
	for name, spoil := range map[string]func(c *checkpoint, x *summary){
		"tally":     func(_ *checkpoint, x *summary) { x.Tally.Count++ },
		"squares":   func(_ *checkpoint, x *summary) { x.Tally.SumSq = -1 },
		"others":    func(_ *checkpoint, x *summary) { x.Others = 41 },
		"seen":      func(_ *checkpoint, x *summary) { x.Others, x.Seen = 1, 40 },
		"zeros":     func(_ *checkpoint, x *summary) { x.Quantiles.Zeros = -1 },
		"quantiles": func(_ *checkpoint, x *summary) { x.Quantiles.Count++ },
		"bucket":    func(_ *checkpoint, x *summary) { x.Quantiles.First = 1 << 40 },
		"buckets":   func(_ *checkpoint, x *summary) { x.Quantiles.Counts = []uint32{7, 1} },
		"count":     func(c *checkpoint, _ *summary) { c.Count-- },
	} {
		r := newRun(t, s, 0, 40, Precision{})
		if err := r.Simulate(t.Context(), 1, nil, nil); err != nil {
			t.Fatal(err)
		}
		c := r.checkpoint()
		c.Summaries = r.Fold.of
		spoil(&c, &c.Summaries[len(c.Summaries)-1])
		c.Sum, _ = c.sum()
		text, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		if err := newRun(t, s, 0, 40, Precision{}).Load(bytes.NewReader(text)); !errors.Is(err, errDamaged) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
