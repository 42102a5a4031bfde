package stats

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// Whoever asks for what makes no sense is told what was wanted.
func TestNonsenseIsRefused(t *testing.T) {
	table := [][]float64{{1, 2}, {3, 4}}
	saltelli := NewSaltelli(2, 4, 1)
	morris := NewMorris(2, 4, 2, 0, 1)
	for name, f := range map[string]func(){
		"one system":                func() { NewKimNelson(1, 20, 0.05, 1) },
		"no indifference":           func() { NewKimNelson(3, 20, 0.05, 0) },
		"infinite indifference":     func() { NewKimNelson(3, 20, 0.05, math.Inf(1)) },
		"a delta in per cent":       func() { KimNelsonConstants(3, 20, 5) },
		"a short row":               func() { NewKimNelson(3, 20, 0.05, 1).Add([]float64{1}) },
		"a row without number":      func() { NewKimNelson(2, 20, 0.05, 1).Add([]float64{1, math.NaN()}) },
		"a difference from itself":  func() { NewKimNelson(2, 20, 0.05, 1).Difference(1, 1) },
		"a choice by lot":           func() { RinottH(4, 20, 0.25) },
		"more pairs than there are": func() { Tango(3, 3, 5, 0.95) },
		"a negative count":          func() { McNemar(-1, 3, 0.95) },
		"a difference above one":    func() { NewDifferenceSequence(0.05).Add(1.5) },
		"a quantile of one":         func() { CVaR([]float64{1}, 1) },
		"a tail without number":     func() { CVaR([]float64{1, math.NaN()}, 0.5) },
		"one row":                   func() { Crossed(table[:1]) },
		"a ragged table":            func() { Crossed([][]float64{{1, 2}, {3}}) },
		"a table without number":    func() { Crossed([][]float64{{1, 2}, {3, math.Inf(1)}}) },
		"odd levels":                func() { NewMorris(3, 5, 10, 0, 1) },
		"too few effects":           func() { morris.Effects(make([]float64, 5), 0.95) },
		"too many factors":          func() { NewSaltelli(31, 8, 1) },
		"too many dimensions":       func() { NewSobolPoints(61, 1) },
		"a point beyond":            func() { saltelli.Point(16, make([]float64, 2)) },
		"half a pair":               func() { saltelli.Indices(make([]float64, 10), 0.95) },
		"an infinite value":         func() { saltelli.Indices([]float64{0, 1, math.Inf(1), 0, 0, 1, 2, 3}, 0.95) },
		"a negative deviation":      func() { EVPINormal(1, -1) },
		"a share above one":         func() { EVPPINormal(1, 1, 1.5) },
		"exact observations":        func() { EVSINormal(1, 1, 0, 3) },
		"halves of two sizes":       func() { EVPISplit(table, append(table, table...), 0.95) },
		"a parameter too short":     func() { EVPPI([]float64{1}, table, 0.95) },
		"a benefit without number":  func() { EVPI([][]float64{{1}, {math.NaN()}}, 0.95) },
		"three sets of causes":      func() { ShapleyShares(make([]float64, 3)) },
		"no causes":                 func() { ShapleyShares(make([]float64, 1)) },
		"room for fewer causes":     func() { Shapley(make([]float64, 1), make([]float64, 4)) },
		"an infinite effect":        func() { ShapleyShares([]float64{0, math.Inf(1)}) },
		"a cause that is none":      func() { ShapleyNecessary(make([]float64, 4), 2) },
		"weights of another size":   func() { Isotonic([]float64{1, 2}, []float64{1}) },
		"a weight of zero":          func() { Isotonic([]float64{1}, []float64{0}) },
		"fewer than no values":      func() { DKW(-1, 0.95) },
	} {
		func() {
			defer func() {
				if r := fmt.Sprint(recover()); !strings.HasPrefix(r, "stats: ") || !strings.Contains(r, ": want ") {
					t.Errorf("%s: got %q, want a panic that says what was wanted", name, r)
				}
			}()
			f()
		}()
	}
}

// What runs once per replication allocates nothing.
func TestAnsweringAllocatesNothing(t *testing.T) {
	selection := NewKimNelson(4, 1_000_000, 0.05, 1)
	row := []float64{1, 2, 3, 4}
	v, phi := make([]float64, 256), make([]float64, 8)
	points, x := NewSobolPoints(20, 1), make([]float64, 20)
	saltelli, y := NewSaltelli(10, 64, 1), make([]float64, 10)
	tally := tallyOf(row)
	for name, f := range map[string]func(){
		"KimNelson":       func() { selection.Add(row) },
		"Shapley":         func() { Shapley(phi, v) },
		"SobolPoints":     func() { points.Point(12345, x) },
		"Saltelli":        func() { saltelli.Point(77, y) },
		"McNemarEvidence": func() { McNemarEvidence(7, 12) },
		"PairedSequence":  func() { PairedSequence(7, 12, 100, 0.05) },
		"StudentSequence": func() { StudentSequence(tally, 0.05) },
		"DKW":             func() { DKW(100, 0.95) },
	} {
		if got := testing.AllocsPerRun(100, f); got != 0 {
			t.Errorf("%s: got %v allocations, want none", name, got)
		}
	}
}
