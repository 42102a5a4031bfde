package model

import (
	"math"
	"slices"
	"testing"

	"oxysim/sim"
)

// A world that diverges again and again obeys the laws.
func TestDivergedWorldsObeyTheLaws(t *testing.T) {
	for seed := range networks(200) {
		for kind, cfg := range map[string]*Config{"anyNetwork": anyNetwork(seed), "randomNetwork": randomNetwork(seed)} {
			w := New(cfg)
			w.Begin(7, 1)
			for salt := uint64(1); w.Now() < w.Horizon(); salt++ {
				until := min(w.Now().Add(37*sim.Hour), w.Horizon())
				for _, at, ok := w.calendar.Next(); ok && at < until; _, at, ok = w.calendar.Next() {
					w.RunTo(at + 1)
					if broken := w.brokenLaw(); broken != "" {
						t.Fatalf("%s(%d), seed 7, replication 1, diverged %d times, %v: %s", kind, seed, salt-1, w.now, broken)
					}
				}
				w.RunTo(until)
				w.Diverge(salt)
			}
			w.Outcome()
			if broken := w.brokenLaw(); broken != "" {
				t.Fatalf("%s(%d), seed 7, replication 1, at the end: %s", kind, seed, broken)
			}
		}
	}
}

// The same salts give the same future, others another.
func TestSaltsDecideTheFuture(t *testing.T) {
	cfg := closedLoop(3, 3)
	cfg.Horizon = 60 * sim.Day
	from := New(cfg)
	from.Begin(7, 1)
	from.RunTo(20 * sim.Time(sim.Day))
	future := func(salts ...uint64) []float64 {
		w := New(cfg)
		w.CopyFrom(from)
		for _, salt := range salts {
			w.Diverge(salt)
		}
		w.RunTo(w.Horizon())
		return slices.Clone(w.Outcome())
	}
	if d := differences(from, future(1, 2), future(1, 2)); d != nil {
		t.Errorf("the same salts give other %v", d)
	}
	for _, salts := range [][]uint64{{}, {1}, {2, 1}} {
		if slices.Equal(future(1, 2), future(salts...)) {
			t.Errorf("salts 1, 2 and %v give one future", salts)
		}
	}
}

// drift is by how many standard errors the mean of each metric moves when worlds
// diverge every so often.
func drift(cfg *Config, replications int, every sim.Span) (names []string, sigmas []float64) {
	w := New(cfg)
	metrics := w.Metrics()
	sum, squares, others := make([]float64, len(metrics)), make([]float64, len(metrics)), make([]int, len(metrics))
	for r := range replications {
		plain := slices.Clone(w.Run(7, r))
		w.Begin(7, replications+r)
		for salt := uint64(1); w.Now() < w.Horizon(); salt++ {
			w.RunTo(w.Now().Add(every))
			w.Diverge(salt)
		}
		for i, x := range w.Outcome() {
			d := x - plain[i]
			sum[i] += d
			squares[i] += d * d
			if d != 0 {
				others[i]++
			}
		}
	}
	n := float64(replications)
	for i := range metrics {
		if others[i] < 30 {
			continue // too few for a normal law
		}
		mean := sum[i] / n
		se := math.Sqrt((squares[i]/n - mean*mean) / (n - 1))
		names, sigmas = append(names, metrics[i].Name), append(sigmas, mean/se)
	}
	return names, sigmas
}

// Futures that part are as likely as those that do not: in networks of every
// kind, the mean of each metric over worlds that diverge again and again is that
// over worlds that do not. Of some 3,000 means, one is 5.5σ off by chance once
// in 9,000 such tests.
func TestDivergingMovesNoMean(t *testing.T) {
	if checked {
		t.Skip("statistics of many events")
	}
	worst, all := 0.0, 0
	for seed := range uint64(12) {
		for kind, cfg := range map[string]*Config{"anyNetwork": anyNetwork(seed), "randomNetwork": randomNetwork(seed)} {
			names, sigmas := drift(cfg, 250, 29*sim.Hour)
			all += len(names)
			for i, s := range sigmas {
				if worst = max(worst, math.Abs(s)); math.Abs(s) > 5.5 {
					t.Errorf("%s(%d): %s moves by %.1fσ", kind, seed, names[i], s)
				}
			}
		}
	}
	t.Logf("%d means; the farthest moves by %.1fσ", all, worst)
}

// Were what has been seen drawn anew, or the wrong law for the rest of it, the
// test above would see it: here each repair begins anew at each divergence,
// which for times that hardly vary makes them last longer.
func TestDriftIsSeen(t *testing.T) {
	if checked {
		t.Skip("statistics of many events")
	}
	const replications = 1000
	cfg := closedLoop(3, 3)
	cfg.Horizon = 60 * sim.Day
	w := New(cfg)
	down := func(diverge func(salt uint64)) (sum float64) {
		for r := range replications {
			w.Begin(7, r)
			for salt := uint64(1); w.Now() < w.Horizon(); salt++ {
				w.RunTo(w.Now().Add(29 * sim.Hour))
				diverge(salt)
			}
			w.Outcome()
			sum += (w.cfg.Horizon - w.pools[0].all).Days() / replications
		}
		return sum
	}
	right := down(w.Diverge)
	wrong := down(func(salt uint64) {
		w.Diverge(salt)
		m := &w.machines[0]
		if m.duty == repaired {
			l := &m.lives[0]
			takes := w.pools[0].cfg.Modes[0].Lasts.At(w.stream(l.names.repair), l.number+1000)
			m.until = m.began.Add(max(sim.Seconds(takes), w.now.Sub(m.began)))
			w.setMachine(0)
		}
	})
	if math.Abs(right-wrong) < 0.5 {
		t.Errorf("%.2f and %.2f days without gas; the wrong law should show", right, wrong)
	}
	// 60 days, up 30 on average and down 2: the share down of an alternating renewal
	// that begins up, integrated over 60 days, is 3.63 d. Its standard
	// deviation is about that of two repairs, 4 d, and so 0.13 d for the mean.
	if want := 60*2/32. - (2/32.)*(60./32)*(1-math.Exp(-32.)); math.Abs(right-want) > 0.6 {
		t.Errorf("%.2f days without gas, want %.2f", right, want)
	}
}
