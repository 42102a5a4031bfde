package study

import (
	"testing"
)

// Five designs in the same futures, against a run of each by itself: one
// processor, 50 replications each.
func BenchmarkReplay(b *testing.B) {
	for _, name := range []string{"kri-erbil", "district"} {
		const replications = 50
		base, problems := Open(name)
		if len(problems) > 0 {
			b.Fatal(problems)
		}
		designs := []*Subject{base}
		for _, h := range base.Config.Hospitals[:4] {
			v, problems := base.Vary(h.Name + ".buffer=90")
			if len(problems) > 0 {
				b.Fatal(problems)
			}
			designs = append(designs, v)
		}
		b.Run(name+"/replayed", func(b *testing.B) {
			for b.Loop() {
				f := NewFutures(designs, []string{"network.stockout", "network.stockout_hours"})
				for r := range replications {
					for d := range designs {
						if _, err := f.Run(d, r); err != nil {
							b.Fatal(err)
						}
					}
				}
			}
		})
		b.Run(name+"/separate", func(b *testing.B) {
			for b.Loop() {
				for _, s := range designs {
					r, err := NewRun(s, 0, replications, Precision{})
					if err != nil {
						b.Fatal(err)
					}
					if err := r.Simulate(b.Context(), 1, nil, nil); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
