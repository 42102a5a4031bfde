// Command profile runs a mix of scenarios and writes where the time went, for
// the compiler, which puts hot calls in place by it:
//
//	go run -trimpath ./bench/profile
//
// It writes cmd/oxysim/default.pgo, which go build takes by itself, and a copy
// for bench/loop. A profile changes no number, only how soon it is there. Run it
// on a quiet machine, after the code has changed much; a stale one does less
// good and no harm.
package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime/pprof"
	"time"

	"oxysim/model"
	"oxysim/scenarios"
)

// mix is how long each scenario runs. The loop that is raced against other
// simulators has half of the time.
var mix = []struct {
	scenario string
	runs     time.Duration
}{
	{"closed-loop", 40 * time.Second},
	{"kri-erbil", 20 * time.Second},
	{"district", 20 * time.Second},
}

// files get the profile.
var files = []string{"cmd/oxysim/default.pgo", "bench/loop/default.pgo"}

func main() {
	profile, err := record()
	for _, name := range files {
		if err == nil {
			err = os.WriteFile(name, profile, 0o644)
		}
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "profile: %v\n", err)
		os.Exit(1)
	}
}

// record returns the profile of the mix.
func record() ([]byte, error) {
	var worlds []*model.World
	for _, m := range mix {
		s, problems := scenarios.Open(m.scenario)
		if err := problems.Err(); err != nil {
			return nil, err
		}
		worlds = append(worlds, model.New(s.Config))
	}
	var out bytes.Buffer
	if err := pprof.StartCPUProfile(&out); err != nil {
		return nil, err
	}
	for i, w := range worlds {
		began := time.Now()
		for r := 0; time.Since(began) < mix[i].runs; r++ {
			w.Run(1, r)
		}
	}
	pprof.StopCPUProfile()
	return out.Bytes(), nil
}
