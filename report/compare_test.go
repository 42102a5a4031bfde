package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"oxysim/study"
)

// A clinic with chance, three options, prices.
const clinic = `
title = "A clinic and its seller"
[run]
horizon = "60 d"
[target]
metric = "network.stockout"
at_most = 0.1
[cylinder.J]
content = "6.8 m3"
[vendor.depot]
cylinders = { J = 100 }
price = "11 USD (8 – 22)"
[hospital.a]
buffer = 6
bedside = {}
supply = { by = "courier", order = "one for one", delay = "exponential(3 d)", returns = "at once" }
patients.ward = { rate = "0.5/day", flow = "3 L/min", stay = "exponential(2 d)" }
[option.more]
label = "six more cylinders"
change = { "hospital.a.buffer" = 12 }
capital = "1398 USD"
life = "15 y"
[option.nearer]
label = "a nearer seller"
change = { "hospital.a.supply.delay" = "exponential(1 d)" }
running = "5000 USD"
[option.reviews]
change = { "hospital.a.supply.order" = "up to", "hospital.a.supply.reorder_at" = 5 }
[price]
date = "2026-01-01"
lost = "233 USD"
`

// comparedAs returns what designs of a file tell in 200 replications.
func comparedAs(t *testing.T, text string, fixed bool, with ...string) *study.CompareAnswer {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clinic.toml")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	designs, err := study.OpenDesigns(path, with)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range designs {
		o.Called = "clinic.toml"
	}
	c, err := study.NewCompare(designs, 200, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	c.Fixed = fixed
	a, err := c.Answer(t.Context(), study.NewWork(designs[0].Subject))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func comparison(t *testing.T, f Format, a *study.CompareAnswer, v View) string {
	t.Helper()
	var b bytes.Buffer
	if err := Compare(&b, f, a, v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestComparisonsAsTables(t *testing.T) {
	golden(t, "compare.txt", comparison(t, Table, comparedAs(t, clinic, false), View{}))
	golden(t, "compare_fixed.txt", comparison(t, Table, comparedAs(t, clinic, true, "more", "more+nearer"), View{}))
	plain := strings.NewReplacer("capital = \"1398 USD\"\n", "", "running = \"5000 USD\"\n", "", "lost = \"233 USD\"\n", "", "price = \"11 USD (8 – 22)\"\n", "").Replace(clinic)
	got := comparison(t, Table, comparedAs(t, plain, true, "more"), View{})
	if strings.Contains(got, "USD") || !strings.Contains(got, "too close to call whether the target is met") {
		t.Errorf("without prices, got\n%s", got)
	}
}

// The rows of a CSV and the object of JSON hold the same numbers.
func TestComparisonsForPrograms(t *testing.T) {
	a := comparedAs(t, clinic, false)
	rows, err := csv.NewReader(strings.NewReader(comparison(t, CSV, a, View{}))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	find := func(design, kind, what string) []string {
		for _, r := range rows {
			if r[0] == design && r[1] == kind && r[2] == what {
				return r
			}
		}
		t.Fatalf("no row %s, %s, %s", design, kind, what)
		return nil
	}
	var doc struct {
		Best    struct{ Design, By, Method string }
		Designs []struct {
			Name    string
			Changes []struct{ Key, Old, New string }
			Metrics []struct {
				Metric     string
				Mean       float64
				Difference *struct {
					Mean, Lo, Hi float64
					Ratio        float64 `json:"variance_ratio"`
					Shown        bool
				}
			}
			Money struct {
				Total struct{ Mean, Lo, Hi float64 }
				Used  map[string]float64
			}
		}
		Money struct {
			Currency string
			Accept   []struct {
				Pay   float64
				Share map[string]float64
			} `json:"worth_most"`
		}
	}
	if err := json.Unmarshal([]byte(comparison(t, JSON, a, View{})), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Designs) != 4 || doc.Best.By != "network.stockout" || doc.Money.Currency != "USD" || doc.Designs[1].Changes[0].New != "12" {
		t.Errorf("got %+v", doc)
	}
	for _, d := range doc.Designs {
		for _, m := range d.Metrics {
			if got := find(d.Name, "mean", m.Metric)[4]; got != exact(m.Mean) {
				t.Errorf("%s of %s: got %s in CSV and %v in JSON", m.Metric, d.Name, got, m.Mean)
			}
			if m.Difference != nil {
				if r := find(d.Name, "difference", m.Metric); r[4] != exact(m.Difference.Mean) || (r[9] == "differs") != m.Difference.Shown {
					t.Errorf("%s of %s: got %v in CSV and %+v in JSON", m.Metric, d.Name, r, m.Difference)
				}
			}
		}
		if r := find(d.Name, "cost", "all"); r[4] != exact(d.Money.Total.Mean) || r[5] != exact(d.Money.Total.Lo) {
			t.Errorf("the cost of %s: got %v in CSV and %+v in JSON", d.Name, r, d.Money.Total)
		}
	}
	for _, x := range doc.Money.Accept {
		sum := 0.0
		for _, s := range x.Share {
			sum += s
		}
		if sum < 1-1e-9 || sum > 1+1e-9 {
			t.Errorf("at %v the shares sum to %v, want 1", x.Pay, sum)
		}
	}
	if err := Compare(new(bytes.Buffer), "xml", a, View{}); err == nil {
		t.Error("xml: got no error")
	}
}

// An option that harms averts nothing, and what one costs is left empty, in CSV
// and JSON; so are the ends of what has no interval. Who is best, who is the
// cheapest, and whether that is settled have rows.
func TestWhatIsNotKnownIsLeftEmpty(t *testing.T) {
	a := comparedAs(t, clinic+"[option.fewer]\nchange = { \"hospital.a.buffer\" = 2 }\nrunning = \"10 USD\"\n", true, "more", "fewer", "reviews")
	rows, err := csv.NewReader(strings.NewReader(comparison(t, CSV, a, View{}))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for _, r := range rows[1:] {
		kinds[r[1]] = true
		switch design, kind := r[0], r[1]; {
		case kind == "cost for one" && r[2] != "patient" && (r[4] == "") != (design != "more"), kind == "cost for one" && r[4] == "" && r[5]+r[6] != "":
			t.Errorf("got %v", r)
		case kind == "averted" && design == "fewer" && !strings.HasPrefix(r[6], "-"):
			t.Errorf("got %v, want it known to harm: this test cannot tell", r)
		case (kind == "bought" || kind == "used" || kind == "variance ratio" || kind == "worth most") && r[5]+r[6] != "":
			t.Errorf("got the interval of %v, which has none", r)
		}
	}
	for _, k := range []string{"best", "indifference", "cheapest", "settled"} {
		if !kinds[k] {
			t.Errorf("got no row %q", k)
		}
	}
	var doc struct {
		Designs []struct {
			Name  string
			Money struct {
				Averted map[string]struct {
					One *struct{ Mean float64 } `json:"for_one"`
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(comparison(t, JSON, a, View{})), &doc); err != nil {
		t.Fatal(err)
	}
	for _, d := range doc.Designs[1:] {
		for effect, x := range d.Money.Averted {
			if (x.One != nil) != (d.Name == "more") {
				t.Errorf("%s of %s: got %+v", effect, d.Name, x.One)
			}
		}
	}
}
