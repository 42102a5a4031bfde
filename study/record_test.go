package study

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"oxysim/model"
)

func fakeCodec() (*Codec, int) {
	s := fakeSubject(0.5, 0.1)
	metrics := s.NewWorld().Metrics()
	return NewCodec(s.Origin(), metrics), len(metrics)
}

// Whatever a double is, its record gives it back to the last bit, read by this
// program or by any other that knows JSON.
func TestRecordsAreReadBackToTheLastBit(t *testing.T) {
	metrics := []model.Metric{{Name: "a.x"}, {Name: "hospital.é \"b\".y"}}
	c := NewCodec(Origin{Scenario: "my/net \"1\".toml", Set: []string{"a=\"b\""}, Digest: "d", Behaviour: 1, Seed: 1<<64 - 1}, metrics)
	g := rand.New(rand.NewPCG(1, 2))
	got := make([]float64, 2)
	for i := range 2000 {
		want := []float64{g.NormFloat64(), math.Exp(40 * g.NormFloat64() / 2)}
		if i < 6 {
			want[0] = []float64{0, math.Copysign(0, -1), 1, -1, 1e17, 5e-324}[i]
		}
		if want[1] >= 1e18 {
			want[1] = 3
		}
		line := c.Append(nil, i, want)
		line = line[:len(line)-1]
		n, err := c.Values(line, got)
		if err != nil || n != i || math.Float64bits(got[0]) != math.Float64bits(want[0]) || got[1] != want[1] {
			t.Fatalf("%s: got %d, %v, %v, want %v", line, n, got, err, want)
		}
		var r Record
		if err := json.Unmarshal(line, &r); err != nil || r.Replication != i || r.Metrics["a.x"] != want[0] || r.Metrics[metrics[1].Name] != want[1] || r.Seed != c.Origin.Seed {
			t.Fatalf("%s: got %+v, %v by encoding/json", line, r, err)
		}
	}
}

// A record that another program has written with other spaces and another
// order of keys is the same record.
func TestRecordsOfOtherPrograms(t *testing.T) {
	c, n := fakeCodec()
	want := make([]float64, n)
	for i := range want {
		want[i] = float64(i % 2)
	}
	var r map[string]any
	if err := json.Unmarshal(c.Append(nil, 7, want), &r); err != nil {
		t.Fatal(err)
	}
	line, _ := json.MarshalIndent(r, "", "") // keys in the order of the alphabet
	got := make([]float64, n)
	k, err := c.Values([]byte(strings.ReplaceAll(string(line), "\n", " ")), got)
	if k != 7 || err != nil {
		t.Fatalf("got %d, %v", k, err)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

func TestWhatIsNoRecordOfTheStudy(t *testing.T) {
	c, n := fakeCodec()
	good := strings.TrimSuffix(string(c.Append(nil, 7, make([]float64, n))), "\n")
	into := make([]float64, n)
	for line, want := range map[string]string{
		"":                                       `want a record, not ""`,
		"what is this":                           `want a record, not "what is this"`,
		"{}":                                     `want a record with digest`,
		good[:len(good)-1]:                       `want a record, not`,
		strings.Replace(good, "0123", "9999", 1): `it is of another scenario: digest 99994567 (fake), not 01234567 (fake)`,
		strings.Replace(good, `"seed":1`, `"seed":2`, 1):                                 `it has seed 2, not 1`,
		strings.Replace(good, `"behaviour":1`, `"behaviour":77`, 1):                      `another version of the model: behaviour 77`,
		strings.Replace(good, `"network.stockout":0`, `"network.other":0`, 1):            `the metric network.stockout is missing`,
		strings.Replace(good, `"network.stockout":0`, `"network.stockout":0,"x.y":1`, 1): `the scenario has no metric x.y`,
		strings.Replace(good, `"network.stockout":0`, `"network.stockout":0.5`, 1):       `network.stockout is 0.5, want 0 or 1`,
		strings.Replace(good, `"network.stockout":0`, `"network.stockout":nan`, 1):       `network.stockout is NaN`,
		strings.Replace(good, `"replication":7`, `"replication":-7`, 1):                  `want a record with`,
	} {
		if _, err := c.Values([]byte(line), into); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", line, err, want)
		}
	}
}

func TestWritingAndReadingRecordsDoesNotAllocate(t *testing.T) {
	c, n := fakeCodec()
	values := fakeSubject(0.5, 0.1).NewWorld().Run(1, 1)
	line := c.Append(nil, 1, values)
	into := make([]float64, n)
	if got := testing.AllocsPerRun(100, func() { line = c.Append(line[:0], 1, values) }); got != 0 {
		t.Errorf("writing: got %v allocations", got)
	}
	if got := testing.AllocsPerRun(100, func() { _, _ = c.Values(line[:len(line)-1], into) }); got != 0 {
		t.Errorf("reading: got %v allocations", got)
	}
}

func BenchmarkRecord(b *testing.B) {
	s := fakeSubject(make([]float64, 100)...)
	values := s.NewWorld().Run(1, 1)
	c := NewCodec(s.Origin(), s.NewWorld().Metrics())
	var line []byte
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			line = c.Append(line[:0], 1, values)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(values)), "ns/value")
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := c.Values(line[:len(line)-1], values); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(values)), "ns/value")
	})
}
