package study

import (
	"context"
	"math"
	"testing"
)

// What causes do to a hospital is the same, asked of it alone and of all.
func TestEachHospitalIsSharedOutAsItIsAlone(t *testing.T) {
	s := opened(t, "district", "run.horizon=60d")
	causes := []string{"plant", "roads"}
	all, err := NewWhy(s, "", "stockout_hours", causes)
	if err != nil {
		t.Fatal(err)
	}
	all.N, all.Precision, all.Told = 6, 0, 0
	if err := all.ForEach(); err != nil {
		t.Fatal(err)
	}
	a, err := all.Answer(context.Background(), NewWork(s))
	if err != nil {
		t.Fatal(err)
	}
	h := a.Each.Hospitals[0]
	if h.With.Mean == 0 {
		t.Fatal("want a hospital with stockouts")
	}
	one, err := NewWhy(s, h.Thing[len("hospital."):], "stockout_hours", causes)
	if err != nil {
		t.Fatal(err)
	}
	one.N, one.Precision, one.Told = 6, 0, 0
	b, err := one.Answer(context.Background(), NewWork(s))
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range all.Causes {
		for _, x := range b.Shares {
			if x.Cause.Name == c.Name && math.Abs(x.Amount.Mean-h.Amounts[i]) > 1e-9*(1+math.Abs(h.Total.Mean)) { // rounding
				t.Errorf("%s: got %v, alone %v", c.Name, h.Amounts[i], x.Amount.Mean)
			}
		}
	}
}
