package study

import (
	"testing"
)

// Five designs in the same futures, about the network and about one hospital,
// against a run of each by itself: one processor, 50 replications each.
func BenchmarkReplay(b *testing.B) {
	for _, c := range []struct{ scenario, hospital string }{{"kri-erbil", "zakho"}, {"district", "riverside"}} {
		const replications = 50
		base, problems := Open(c.scenario)
		if len(problems) > 0 {
			b.Fatal(problems)
		}
		l, err := NewLever(base, "hospital."+c.hospital+".buffer")
		if err != nil {
			b.Fatal(err)
		}
		var designs []*Subject
		for i := range 5 {
			v, problems := l.At(base, l.Base+float64(10*i))
			if len(problems) > 0 {
				b.Fatal(problems)
			}
			designs = append(designs, v)
		}
		for _, thing := range []string{"network", "hospital." + c.hospital} {
			b.Run(c.scenario+"/"+thing, func(b *testing.B) {
				for b.Loop() {
					f := NewFutures(designs, []string{thing + ".stockout", thing + ".stockout_hours"})
					for r := range replications {
						for d := range designs {
							if _, err := f.Run(d, r); err != nil {
								b.Fatal(err)
							}
						}
					}
				}
			})
		}
		b.Run(c.scenario+"/runs", func(b *testing.B) {
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
