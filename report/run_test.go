package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jedib0t/go-pretty/v6/text"

	"oxysim/model"
	"oxysim/scenarios"
	q "oxysim/scenarios/quantity"
	"oxysim/study"
)

// fakeWorld draws nothing but stockouts, and has a plant.
type fakeWorld struct {
	metrics []model.Metric
	chance  []float64
	values  []float64
}

func (w *fakeWorld) Metrics() []model.Metric { return w.metrics }

func (w *fakeWorld) Run(seed uint64, replication int) []float64 {
	g := rand.New(rand.NewPCG(seed, uint64(replication)))
	w.values = w.values[:0]
	for _, p := range w.chance {
		out := 0.0
		if g.Float64() < p {
			out = 1
		}
		w.values = append(w.values, out, float64(int(out*240*g.Float64())), 5+float64(g.IntN(100))/100)
	}
	w.values = append(w.values, float64(60+g.IntN(5)), 0.9+float64(g.IntN(10))/100, 0.7, 0.2, 0.1)
	return w.values
}

// answer is what n replications of fake hospitals tell.
func answer(t *testing.T, n int, labels []string, chance ...float64) *study.Answer {
	t.Helper()
	file := &scenarios.File{Title: "A fake network", Hospital: map[string]scenarios.Hospital{}}
	file.Run.Confidence = q.Must[q.Share]("95 %")
	file.Run.Seed = 1
	cfg := &model.Config{Horizon: 90 * 86400, Types: []model.CylinderType{{Name: "J", Content: 6800 * model.Litre}},
		Plants: []model.Plant{{Name: "plant.works", Full: []int{140}}}, Trucks: make([]model.Truck, 3)}
	var metrics []model.Metric
	add := func(name, unit, meaning string) {
		metrics = append(metrics, model.Metric{Name: name, Unit: unit, Meaning: meaning})
	}
	for i, label := range labels {
		name := "h" + string(rune('a'+i))
		h := scenarios.Hospital{Kept: scenarios.Kept{Buffer: 12}}
		h.Label = label
		file.Hospital[name] = h
		cfg.Hospitals = append(cfg.Hospitals, model.Hospital{Name: "hospital." + name})
		add("hospital."+name+".stockout", "1", "1 if there was a stockout")
		add("hospital."+name+".stockout_hours", "h", "time in stockout")
		add("hospital."+name+".cover_days", "d", "mean days of cover")
	}
	add("plant.works.filled_per_day", "cylinders/d", "cylinders filled per day")
	add("plant.works.uptime", "1", "share of the time")
	add("plant.works.bound_empties", "1", "share of the time during which nothing waited to be filled")
	add("plant.works.bound_power", "1", "share of the time")
	add("plant.works.bound_positions", "1", "share of the time")
	s := &study.Subject{
		Scenario: &scenarios.Scenario{Name: "fake", File: file, Config: cfg, Digest: strings.Repeat("ab", 32)},
		Called:   "fake.toml", Seed: 1,
		NewWorld: func() study.World { return &fakeWorld{metrics: metrics, chance: chance} },
	}
	r, err := study.NewRun(s, 0, n, study.Precision{})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Simulate(t.Context(), 0, nil, nil); err != nil {
		t.Fatal(err)
	}
	return r.Answer()
}

// write returns an answer as text.
func write(t *testing.T, f Format, a *study.Answer, v View) string {
	t.Helper()
	var b bytes.Buffer
	if err := Run(&b, f, a, v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// golden compares a text with a file; GOLDEN=update writes it instead.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("GOLDEN") == "update" {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got):\n%s", path, d)
	}
}

var few = []string{"Mazatlán", "Choix", "Guamúchil", "", "Čakovec — Жовква"}

func TestAnswersAsTables(t *testing.T) {
	a := answer(t, 1000, few, 0.23, 0.128, 0.059, 0.02, 0.0001)
	golden(t, "table.txt", write(t, Table, a, View{}))
	golden(t, "hospital.txt", write(t, Table, a, View{Hospital: "hospital.ha"}))
	golden(t, "met.txt", write(t, Table, answer(t, 1000, few[:2], 0.001, 0.002), View{}))
	golden(t, "one.txt", write(t, Table, answer(t, 1, few[:1], 0.5), View{}))
}

// Of many hospitals the worst are shown, and of the others how many there are
// and how bad the worst of them is; all, if that is asked for.
func TestTheWorstOfManyHospitals(t *testing.T) {
	labels, chance := make([]string, 25), make([]float64, 25)
	for i := range chance {
		chance[i] = float64(i) / 100
	}
	a := answer(t, 400, labels, chance...)
	short, long := write(t, Table, a, View{}), write(t, Table, a, View{All: true})
	golden(t, "many.txt", short)
	for i := range labels {
		name := "  h" + string(rune('a'+i)) + " "
		if !strings.Contains(long, name) {
			t.Errorf("%q is not among all", name)
		}
		if got, want := strings.Contains(short, name), i > 12; got != want {
			t.Errorf("%q is shown: got %v, want %v", name, got, want)
		}
	}
}

func TestColoursOnlyWhenAskedFor(t *testing.T) {
	text.EnableColors()
	defer text.DisableColors()
	a := answer(t, 200, few, 0.23, 0.1, 0.05, 0.02, 0)
	if got := write(t, Table, a, View{}); strings.Contains(got, "\x1b") {
		t.Errorf("got colours:\n%q", got)
	}
	coloured := write(t, Table, a, View{Color: true})
	if !strings.Contains(coloured, "\x1b[") {
		t.Error("got no colours")
	}
	plain := write(t, Table, a, View{})
	for i, line := range strings.Split(coloured, "\n") {
		if got, want := text.StripEscape(line), strings.Split(plain, "\n")[i]; strings.TrimRight(got, " ") != want {
			t.Errorf("without colours: got %q, want %q", got, want)
		}
	}
}

func TestAnswersForPrograms(t *testing.T) {
	a := answer(t, 500, few[:2], 0.2, 0)
	rows, err := csv.NewReader(strings.NewReader(write(t, CSV, a, View{}))).ReadAll()
	if err != nil || len(rows) != 1+len(a.Estimates) {
		t.Fatalf("got %d rows, %v", len(rows), err)
	}
	if got, want := strings.Join(rows[0], ","), "metric,unit,n,mean,lo,hi,method,p05,p50,p95,min,max"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if row := rows[1]; row[0] != "hospital.ha.stockout" || row[2] != "500" || row[6] != "wilson" || row[8] != "" || row[11] != "1" {
		t.Errorf("got %q", row)
	}
	if row := rows[2]; row[1] != "h" || row[6] != "t" || row[8] == "" {
		t.Errorf("got %q", row)
	}
	var doc struct {
		Verdict string
		Seed    uint64
		Digest  string
		Target  struct {
			Metric  string
			AtMost  *float64 `json:"at_most"`
			AtLeast *float64 `json:"at_least"`
			Default bool
		}
		Judged  []struct{ Thing, Label, Verdict string }
		Metrics []struct {
			Metric   string
			Mean, Hi float64
			P95      *float64
		}
	}
	if err := json.Unmarshal([]byte(write(t, JSON, a, View{})), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Verdict != "missed" || doc.Seed != 1 || *doc.Target.AtMost != 0.05 || doc.Target.AtLeast != nil || !doc.Target.Default ||
		doc.Judged[0].Label != "Mazatlán" || len(doc.Metrics) != len(a.Estimates) || doc.Metrics[0].P95 != nil || doc.Metrics[1].P95 == nil {
		t.Errorf("got %+v", doc)
	}
	if got := write(t, CSV, a, View{Hospital: "hospital.hb"}); strings.Contains(got, "hospital.ha") || !strings.Contains(got, "hospital.hb.cover_days") {
		t.Errorf("got\n%s", got)
	}
	// With one replication, nothing is known of intervals.
	if got := write(t, CSV, answer(t, 1, few[:1], 0.5), View{}); !strings.Contains(got, "hospital.ha.stockout_hours,h,1,0,,,t,") && !strings.Contains(got, ",t,") {
		t.Errorf("got\n%s", got)
	}
	if err := Run(new(bytes.Buffer), "xml", a, View{}); err == nil {
		t.Error("xml: got no error")
	}
}
