package validation

import (
	"fmt"
	"testing"

	"oxysim/model"
	"oxysim/scenarios"
)

// plain is a case without chance: its numbers are equal, not near.
type plain struct {
	scenario string
	metric   string
	exact    float64
}

// V42: what SupplyNetPy and anyLogistix agree on, over 59 days. The integrals of
// the inventory are divided by the days.
var plains = []plain{
	{"exact-reorder-lot", "on_hand_end", 400}, {"exact-reorder-lot", "orders", 7}, {"exact-reorder-lot", "deliveries", 6},
	{"exact-reorder-lot", "delivered", 3000}, {"exact-reorder-lot", "demanded", 3600}, {"exact-reorder-lot", "on_hand", 38000. / 59},
	{"exact-reorder-lot-2", "on_hand_end", 500}, {"exact-reorder-lot-2", "orders", 12}, {"exact-reorder-lot-2", "deliveries", 11},
	{"exact-reorder-lot-2", "delivered", 5500}, {"exact-reorder-lot-2", "demanded", 6000}, {"exact-reorder-lot-2", "on_hand", 35500. / 59},
	{"exact-reorder-up-to", "on_hand_end", 100}, {"exact-reorder-up-to", "orders", 15}, {"exact-reorder-up-to", "deliveries", 14},
	{"exact-reorder-up-to", "delivered", 5600}, {"exact-reorder-up-to", "demanded", 6000}, {"exact-reorder-up-to", "on_hand", 17500. / 59},
	{"exact-reorder-up-to-2", "on_hand_end", 400}, {"exact-reorder-up-to-2", "orders", 15}, {"exact-reorder-up-to-2", "deliveries", 15},
	{"exact-reorder-up-to-2", "delivered", 5900}, {"exact-reorder-up-to-2", "demanded", 6000}, {"exact-reorder-up-to-2", "on_hand", 23700. / 59},
	{"exact-every-lot", "on_hand_end", 900}, {"exact-every-lot", "orders", 59}, {"exact-every-lot", "deliveries", 58},
	{"exact-every-lot", "delivered", 5800}, {"exact-every-lot", "demanded", 5900}, {"exact-every-lot", "on_hand", 53100. / 59},
}

// value returns a metric of the site in the only replication there is.
func value(t *testing.T, scenario, metric string, settings ...string) float64 {
	t.Helper()
	s, problems := scenarios.Open(scenario, settings...)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	w := model.New(s.Config)
	values := w.Run(1, 0)
	for i, m := range w.Metrics() {
		if m.Name == "hospital.site."+metric {
			return values[i]
		}
	}
	t.Fatalf("%s has no metric %s", scenario, metric)
	return 0
}

// Without chance the numbers are equal, and a lead time 5 % longer is noticed
// wherever the number depends on it at all: in the stock on hand.
func TestPlainCases(t *testing.T) {
	for _, c := range plains {
		if got := value(t, c.scenario, c.metric); got != c.exact {
			t.Errorf("%s: %s is %v, want %v", c.scenario, c.metric, got, c.exact)
		}
	}
	for scenario, delay := range map[string]string{"exact-reorder-lot": "50.4 h", "exact-every-lot": "25.2 h"} {
		for _, c := range plains {
			if c.scenario == scenario && c.metric == "on_hand" {
				if got := value(t, scenario, c.metric, fmt.Sprintf("hospital.site.supply.delay=%s", delay)); got == c.exact {
					t.Errorf("%s: with a delay of %s the stock on hand is still %v", scenario, delay, got)
				}
			}
		}
	}
}
