package report

import (
	"bytes"
	"testing"

	"oxysim/scenarios"
	q "oxysim/scenarios/quantity"
	"oxysim/study"
)

// rareAnswer is what is known of a rare stockout at a hospital of a fake network
// when so many of 2000 plain replications had one and the estimates by splitting
// have this mean and standard error.
func rareAnswer(t *testing.T, hits int, mean, se float64) *study.RareAnswer {
	t.Helper()
	s := answer(t, 2, few[:1], 0.5).Subject
	s.File.Run = scenarios.Run{Seed: 1, Confidence: q.Must[q.Share]("95 %")}
	a := &study.RareAnswer{
		Rare:      study.Rare{Subject: s, Hospital: "hospital.ha", Event: study.RareStockout, Runs: 256, Estimates: 20, Plain: 2000, Confidence: 0.95},
		Origin:    s.Origin(),
		Chain:     0.25,
		Simulated: 2000,
		Hits:      hits,
		Estimate:  mean,
		StdErr:    se,
		Effort:    21_600,
		Levels:    []study.RareLevel{{Nearness: 0.462, Share: 0.306, Runs: 5120, Reached: 1569, Ancestors: 78.5}, {Nearness: 1}},
	}
	a.PlainEstimate, a.PlainInterval.Hi = float64(hits)/2000, 0.0018
	if a.Enough = hits == 20; a.Enough {
		a.PlainInterval.Lo, a.PlainInterval.Hi = 0.0061, 0.0154
	}
	if mean > 0 {
		a.Levels[1] = study.RareLevel{Nearness: 1, Share: 0.252, Runs: 5120, Reached: 1289, Ancestors: 8.5}
		a.Interval.Lo, a.Interval.Hi = mean-2.093*se, mean+2.093*se
		a.Log.Lo, a.Log.Hi = mean/1.25, mean*1.25
	}
	return a
}

// A rare probability is written with its interval, its steps and what it
// replaces; without a hit, with its bound; and one that is not rare, plainly.
func TestRareInWords(t *testing.T) {
	for name, a := range map[string]*study.RareAnswer{
		"rare": rareAnswer(t, 0, 2.437e-6, 2.5e-7), "rare-none": rareAnswer(t, 0, 0, 0), "rare-plain": rareAnswer(t, 20, 0, 0),
	} {
		for _, f := range []Format{Table, CSV, JSON} {
			var b bytes.Buffer
			if err := Rare(&b, f, a, View{}); err != nil {
				t.Fatal(err)
			}
			golden(t, name+map[Format]string{Table: ".txt", CSV: ".csv", JSON: ".json"}[f], b.String())
		}
	}
	if err := Rare(&bytes.Buffer{}, "xml", rareAnswer(t, 0, 0, 0), View{}); err == nil {
		t.Error("xml is written")
	}
}
