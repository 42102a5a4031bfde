package validation

import (
	"strings"
	"testing"
	"testing/fstest"

	"oxysim/model"
	"oxysim/scenarios"
)

// A hospital owns one cylinder, which lasts an hour; a vendor exchanges it at
// once, and connecting it takes an hour. There is never a second bank, so every
// other hour the manifold is dry, and that is a stockout and not a gap in which
// something is connected: 15 of 30 days.
func TestADryManifoldIsAStockout(t *testing.T) {
	const text = `
[run]
horizon = "30 d"
[cylinder.J]
content = "6 m3"
[vendor.v]
cylinders = { J = 5 }
[hospital.h]
buffer = 1
[hospital.h.supply]
by = "courier"
order = "one for one"
delay = "0 h"
returns = "at once"
[hospital.h.flow.f]
mean = "100 L/min"
[hospital.h.manifold]
bank = 1
connect = "1 h"
`
	s, problems := scenarios.Read(fstest.MapFS{"x.toml": {Data: []byte(text)}}, "x.toml")
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	w := model.New(s.Config)
	values := w.Run(1, 0)
	want := map[string]float64{"stockout_hours": 360, "changing_hours": 0, "supplied_share": 0.5, "unmet_m3": 2160}
	for i, m := range w.Metrics() {
		name := strings.TrimPrefix(m.Name, "hospital.h.")
		if x, ok := want[name]; ok && values[i] != x {
			t.Errorf("%s is %v, want %v", name, values[i], x)
		}
	}
}
