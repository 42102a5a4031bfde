package scenarios

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"oxysim/model"
	"oxysim/sim"
)

// open reads a ready-made scenario, which has no problems.
func open(t *testing.T, name string, settings ...string) *Scenario {
	t.Helper()
	s, problems := Open(name, settings...)
	if len(problems) > 0 {
		t.Fatalf("%s: %s", name, problems.Long())
	}
	return s
}

func TestReadyScenariosAreUnderstood(t *testing.T) {
	if len(Ready()) < 20 {
		t.Errorf("got %d ready-made scenarios, want at least 20", len(Ready()))
	}
	for _, name := range Ready() {
		s := open(t, name)
		if s.File.Title == "" || s.File.About == "" {
			t.Errorf("%s: want a title and what it is about", name)
		}
	}
}

// Every number of a ready-made scenario says where it comes from, or that it is
// an assumption; the real ones more than all.
func TestEveryNumberHasASource(t *testing.T) {
	for _, name := range Ready() {
		tree := open(t, name).Tree
		walk(tree.Names, "", func(key string) {
			text := tree.Text(key)
			if text == "" || !strings.ContainsAny(text, "0123456789") || saysNothing.MatchString(key) {
				return
			}
			if tree.Source(key) == "" {
				t.Errorf("%s: %s = %s: want where it comes from, in [source] or the column \"source\"", name, key, text)
			}
		})
	}
}

// saysNothing are keys whose numbers decide nothing or are the question itself.
var saysNothing = regexp.MustCompile(`^(title|about|run|target)\b|\.label$`)

// walk calls do for all keys below one that have no names below them.
func walk(names func(string) []string, key string, do func(key string)) {
	below := names(key)
	if len(below) == 0 {
		do(key)
		return
	}
	for _, n := range below {
		if key != "" {
			n = key + "." + n
		}
		walk(names, n, do)
	}
}

// One replication of each, with all laws checked after every event under the
// race detector or the tag laws.
func TestReadyScenariosRunLawfully(t *testing.T) {
	for _, name := range Ready() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, name)
			if testing.Short() && s.Config.Horizon > 500*sim.Day {
				t.Skip("long")
			}
			w := model.New(s.Config)
			for i, x := range w.Run(1, 0) {
				if math.IsNaN(x) || math.IsInf(x, 0) {
					t.Errorf("%s: got %v", w.Metrics()[i].Name, x)
				}
			}
		})
	}
}

// Things are in the order of their names, so that the order of the rows of a
// table, which a spreadsheet sorts at will, changes no number.
func TestOrderOfRowsChangesNothing(t *testing.T) {
	for _, name := range Ready() {
		files, _ := ReadyFiles(name)
		turned, tables := reversed(t, files)
		if tables == 0 {
			continue
		}
		s, problems := Read(turned, name+".toml")
		if len(problems) > 0 {
			t.Fatalf("%s: %s", name, problems.Long())
		}
		want := open(t, name)
		if s.Digest != want.Digest {
			t.Errorf("%s: got another digest after %d tables were reversed", name, tables)
		}
		a := slices.Clone(model.New(want.Config).Run(1, 0))
		b := model.New(s.Config).Run(1, 0)
		if !slices.Equal(a, b) {
			t.Errorf("%s: got other numbers after %d tables were reversed", name, tables)
		}
	}
}

// reversed returns the files with the rows of each table of things in reverse
// order, and how many such tables there are. Series of days stay.
func reversed(t *testing.T, files fs.FS) (fs.FS, int) {
	t.Helper()
	out := fstest.MapFS{}
	tables := 0
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := fs.ReadFile(files, e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(e.Name(), ".csv") {
			r := csv.NewReader(bytes.NewReader(data))
			r.Comment = '#'
			rows, err := r.ReadAll()
			if err != nil {
				t.Fatalf("%s: %v", e.Name(), err)
			}
			if rows[0][0] == "name" {
				slices.Reverse(rows[1:])
				var b bytes.Buffer
				if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
					t.Fatal(err)
				}
				data = b.Bytes()
				tables++
			}
		}
		out[e.Name()] = &fstest.MapFile{Data: data}
	}
	return out, tables
}

// The page that explains the life of two cylinders shows what the program
// prints, all of it, and the numbers it reports. The page says at which instant each
// of its pieces begins; GOLDEN=update writes the pieces anew.
func TestPageOfTwoCylindersIsTrue(t *testing.T) {
	const path = "../docs/one-cylinder.md"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w := model.New(open(t, "one-cylinder").Config)
	var trace bytes.Buffer
	w.Trace(&trace)
	values := w.Run(1, 0)
	page := withTrace(string(data), trace.String())
	if os.Getenv("GOLDEN") == "update" {
		if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if page != string(data) {
		t.Errorf("%s does not show what the program prints; GOLDEN=update go test ./scenarios, then read the diff", path)
	}
	metrics := w.Metrics()
	rows := regexp.MustCompile(`(?m)^\| ([a-z._]+) \| ([0-9.]+) \|`).FindAllStringSubmatch(page, -1)
	if len(rows) == 0 {
		t.Errorf("%s: want a table of metrics", path)
	}
	for _, r := range rows {
		i := slices.IndexFunc(metrics, func(m model.Metric) bool { return m.Name == r[1] })
		if i < 0 {
			t.Errorf("%s: there is no metric %s", path, r[1])
			continue
		}
		_, fraction, _ := strings.Cut(r[2], ".")
		if got := strconv.FormatFloat(values[i], 'f', len(fraction), 64); got != r[2] {
			t.Errorf("%s: %s: the page has %s, the program gives %s", path, r[1], r[2], got)
		}
	}
}

// withTrace returns a page with the lines of a trace in its blocks of text,
// each line in the last block that begins no later.
func withTrace(page, trace string) string {
	const instant = len("d000 00:00")
	block := regexp.MustCompile("(?ms)^```text\nd.*?^```$")
	var starts []string
	for _, b := range block.FindAllString(page, -1) {
		starts = append(starts, b[len("```text\n"):][:instant])
	}
	pieces := make([]string, len(starts))
	for line := range strings.Lines(trace) {
		k := 0
		for k+1 < len(starts) && starts[k+1] <= line[:instant] {
			k++
		}
		pieces[k] += strings.TrimRight(line, " \n") + "\n"
	}
	k := -1
	return block.ReplaceAllStringFunc(page, func(string) string {
		k++
		return "```text\n" + pieces[k] + "```"
	})
}

// A case without chance is exact, in every replication.
func TestCasesWithoutChance(t *testing.T) {
	for _, c := range []struct {
		name                           string
		end, orders, delivered, onHand float64 // onHand: cylinders times days
	}{
		// Source: github.com/SupplyChainSimulation/SupplyNetPy, validation/validation_snp_anylogistix_cmp.csv.
		{"exact-reorder-lot", 400, 7, 3000, 38000},
		{"exact-reorder-lot-2", 500, 12, 5500, 35500},
		{"exact-reorder-up-to", 100, 15, 5600, 17500},
		{"exact-reorder-up-to-2", 400, 15, 5900, 23700},
		{"exact-every-lot", 900, 59, 5800, 53100},
	} {
		w := model.New(open(t, c.name).Config)
		values := w.Run(1, 0)
		got := map[string]float64{}
		for i, m := range w.Metrics() {
			got[strings.TrimPrefix(m.Name, "hospital.site.")] = values[i]
		}
		have := fmt.Sprint(got["on_hand_end"], got["orders"], got["delivered"], math.Round(got["on_hand"]*59*1e6)/1e6)
		if want := fmt.Sprint(c.end, c.orders, c.delivered, c.onHand); have != want {
			t.Errorf("%s: got stock at the end, orders, delivered and stock-days %s, want %s", c.name, have, want)
		}
	}
}
