package source

import (
	"fmt"
	"strings"
	"testing"
)

// A thousand hospitals in a table, each with a law, are read in a blink: most of
// it is spent on the tables of the gamma laws.
func BenchmarkThousandHospitals(b *testing.B) {
	var csv strings.Builder
	csv.WriteString("name,label,buffer,demand.flow [m3/day],beds,stay [h],open,source\n")
	for i := range 1000 {
		fmt.Fprintf(&csv, "h%d,\"Hospital, %d\",%d,%d,%d,\"gamma(72 h, cv 0.5)\",08:00-17:00,census\n", i, i, i, i+1, i+1)
	}
	fsys := files("surge.toml", "[table]\nhospital = 'h.csv'", "h.csv", csv.String())
	for b.Loop() {
		tree, problems := Load(fsys, "surge.toml")
		if problems = append(problems, Decode(tree, new(world))...); problems != nil {
			b.Fatal(problems)
		}
	}
}
