package plots

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"

	"oxysim/sim"
	"oxysim/study"
)

func drawn(t *testing.T, f Figure, s Style) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Draw(&out, f, s); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Figures look as they did; GOLDEN=update draws them anew.
func TestGoldenFigures(t *testing.T) {
	f := newFake(t, 7)
	for _, x := range []struct {
		name   string
		figure Figure
		width  Width
	}{
		{"risk", f.risk(6, spreads["all"], ""), Page}, {"risk-decades", f.risk(12, spreads["decades"], ""), Column},
		{"risk-after", f.risk(6, spreads["all"], "a second plant"), Page}, {"survival", f.survival(6, spreads["all"]), Column},
		{"stock", f.stock(spreads["decades"]), Page}, {"cover", f.cover(8, 11), Column}, {"cover-year", f.cover(8, 52), Page},
		{"map", f.network(25, spreads["all"]), Page}, {"cylinders", f.cylinders(), Column}, {"gantt", f.gantt(6), Page},
	} {
		got := drawn(t, x.figure, f.style("svg", x.width))
		path := filepath.Join("testdata", x.name+".svg")
		if os.Getenv("GOLDEN") == "update" {
			if err := os.WriteFile(path, got, 0o666); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is drawn otherwise; GOLDEN=update go test ./plots -run TestGoldenFigures draws it anew, then look at it", path)
		}
	}
}

// The same answer gives the same bytes, in which no date of today stands.
func TestSameBytes(t *testing.T) {
	for _, format := range Formats {
		f := newFake(t, 2)
		for name, figure := range f.all(6) {
			if format == "png" && strings.Contains(name, "-") {
				continue // one of a kind: images take long
			}
			s := f.style(format, Column)
			a, b := drawn(t, figure, s), drawn(t, figure, s)
			if !bytes.Equal(a, b) {
				t.Errorf("%s as %s differs when it is drawn again", name, format)
			}
			if format == "pdf" && !bytes.Contains(a, []byte("/CreationDate (D:19700101000000")) {
				t.Errorf("%s as PDF has a date", name)
			}
		}
	}
}

// SVG is XML that says what it shows to those who do not see it, and asks for
// nothing from elsewhere.
func TestSVGIsWellFormed(t *testing.T) {
	f := newFake(t, 3)
	f.names[0] = "Łódź <ğüş> & \"O₂\""
	for name, figure := range f.all(6) {
		svg := drawn(t, figure, f.style("svg", Page))
		in := xml.NewDecoder(bytes.NewReader(svg))
		found := map[string]string{}
		open := ""
		for {
			token, err := in.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			switch x := token.(type) {
			case xml.StartElement:
				open = x.Name.Local
				for _, a := range x.Attr {
					if strings.Contains(a.Name.Local, "href") || strings.Contains(a.Value, "url(") {
						t.Errorf("%s refers to %s", name, a.Value)
					}
				}
			case xml.CharData:
				found[open] += string(x)
			}
		}
		if strings.TrimSpace(found["title"]) != figure.Title() || !strings.HasPrefix(found["desc"], figure.Subtitle()) {
			t.Errorf("%s: title %q, description %q", name, found["title"], found["desc"])
		}
		if bytes.Contains(svg, []byte("NaN")) || bytes.Contains(svg, []byte("Inf")) {
			t.Errorf("%s has a number that is none", name)
		}
	}
}

// A figure with the names of real hospitals says at its foot that the rest is
// invented, in a column too.
func TestFootsSayWhatIsInvented(t *testing.T) {
	s, problems := study.Open("malawi-80")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	f := newFake(t, 1)
	for _, width := range []Width{Column, Page} {
		style := f.style("svg", width)
		style.Origin.Subject = s
		p, _ := sheet(f.network(25, spreads["all"]), style)
		foot := ""
		for _, x := range p.texts {
			if x.box.y1-x.box.y0 < (ascent+descent)*p.foot+1e-9 {
				foot += x.text + " "
			}
		}
		if want := s.File.Title + " · scenario\u00a0malawi-80"; !strings.HasPrefix(foot, want) || !strings.Contains(want, "invented") {
			t.Errorf("%s: got %q, want %q first", width, foot, want)
		}
	}
}

// An image is as wide as its width says.
func TestPNGIsAsWideAsItSays(t *testing.T) {
	f := newFake(t, 4)
	for width, mm := range map[Width]float64{Column: 85, Page: 170} {
		img, err := png.Decode(bytes.NewReader(drawn(t, f.risk(2, spreads["all"], ""), f.style("png", width))))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := float64(img.Bounds().Dx()), mm/25.4*pngDots; math.Abs(got-want) > 1 {
			t.Errorf("%s: got %v dots, want %.0f", width, got, want)
		}
	}
}

// Every letter that a figure may print of itself is in both fonts.
func TestLettersAreInTheFonts(t *testing.T) {
	l := newLetters()
	for _, c := range "áéíóúñçÁŁźğüşÖßøåАяΩ 0123456789₂—–…·×≤≥½→%’\u00a0" {
		if c == '₂' {
			continue // is printed as a small digit
		}
		for i, f := range l.fonts {
			if g, err := f.GlyphIndex(new(sfnt.Buffer), c); err != nil || g == 0 {
				t.Errorf("font %d has no %q", i, c)
			}
		}
	}
	if got := runs("O₂ and CO₂"); len(got) != 4 || got[1].text != "2" || got[1].lower == 0 {
		t.Errorf("got %+v", got)
	}
}

// table is what --data writes, by column.
type table []map[string]string

func tableOf(f Figure) (list table) {
	rows := f.Data()
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, head := range rows[0] {
			m[head] = r[i]
		}
		list = append(list, m)
	}
	return list
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// What a title says can be found in the table behind the figure.
func TestTitlesStateTheNumbers(t *testing.T) {
	for seed := range uint64(30) {
		f := newFake(t, seed)
		hospitals := []int{1, 2, 6, 25}[seed%4]
		for _, name := range slices.Sorted(maps.Keys(spreads)) {
			spread := spreads[name]
			checkRiskTitle(t, f.risk(hospitals, spread, ""))
			checkRiskTitle(t, f.risk(hospitals, spread, "a change"))
			checkSurvivalTitle(t, f.survival(hospitals, spread))
			checkStockTitle(t, f.stock(spread))
			checkMapTitle(t, f.network(hospitals, spread))
		}
		checkCoverTitle(t, f.cover(hospitals, 20))
		checkCylindersTitle(t, f.cylinders())
		checkGanttTitle(t, f.gantt(hospitals))
	}
}

func checkGanttTitle(t *testing.T, f gantt) {
	t.Helper()
	longest := 0.0
	for _, r := range tableOf(f) {
		if r["label"] == f.Focus && r["state"] == study.StateOut {
			longest = max(longest, number(t, r["hours"]))
		}
	}
	if want := fmt.Sprintf("In one future, %s runs out on 17\u00a0February, for %s", f.Focus, span(longest)); !strings.HasPrefix(f.Title(), want) { // day 47 of a year
		t.Errorf("got %q, want %q", f.Title(), want)
	}
	const why = " What came before need not be why."
	quiet := *f.Gantt
	quiet.Before = nil
	if !strings.HasSuffix(f.Subtitle(), why) || strings.Contains((gantt{Gantt: &quiet}).Subtitle(), why) {
		t.Errorf("got %q of what came before, and %q of nothing", f.Subtitle(), gantt{Gantt: &quiet}.Subtitle())
	}
}

var ofAll = regexp.MustCompile(`(\d+) of (\d+) hospitals?`)

func checkRiskTitle(t *testing.T, f risk) {
	t.Helper()
	count := map[string]int{}
	design := ""
	if f.After != "" {
		design = f.After
	}
	all := 0
	for _, r := range tableOf(f) {
		if r["design"] == design {
			count[r["verdict"]]++
			all++
		}
		// Who surely misses the target has all of the interval shown above it: that is
		// narrower than the one by which it is decided.
		if r["verdict"] == "missed" && number(t, r["stockout_lo"]) <= number(t, r["target"]) {
			t.Errorf("%v", r)
		}
	}
	title := f.Title()
	switch m := ofAll.FindStringSubmatch(title); {
	case strings.HasPrefix(title, "No hospital surely misses"):
		if count["missed"] > 0 || count["undecided"] == 0 {
			t.Errorf("%q of %v", title, count)
		}
	case m != nil && (m[1] != strconv.Itoa(count["missed"]) || m[2] != strconv.Itoa(all)):
		t.Errorf("%q of %v", title, count)
	case m == nil && strings.Contains(title, "within"):
		if count["met"] != all {
			t.Errorf("%q of %v", title, count)
		}
	case m == nil && count["missed"] != all:
		t.Errorf("%q of %v", title, count)
	}
	if said := strings.Contains(title, "undecided"); said != (count["undecided"] > 0) {
		t.Errorf("%q of %v", title, count)
	}
}

func checkSurvivalTitle(t *testing.T, f survival) {
	t.Helper()
	title := f.Title()
	median, last := math.NaN(), 1.0
	for _, r := range tableOf(f) {
		if r["curve"] != f.Curves[0].Label {
			continue
		}
		last = number(t, r["without_stockout"])
		if last <= 0.5 && math.IsNaN(median) {
			median = number(t, r["day"])
		}
	}
	want := fmt.Sprintf("In half of all futures a hospital runs out within %s", span(24*median))
	if math.IsNaN(median) {
		want = fmt.Sprintf("%s of all futures pass", f.end(&f.Curves[0]))
		if shown := number(t, strings.TrimSuffix(strings.Fields(strings.ReplaceAll(title, "\u00a0", " "))[0], "%")); math.Abs(shown-100*last) > 0.5 {
			t.Errorf("%q, but %v are left", title, last)
		}
	}
	if !strings.HasPrefix(title, want) {
		t.Errorf("got %q, want %q", title, want)
	}
}

func checkStockTitle(t *testing.T, f stock) {
	t.Helper()
	most, date := 0.0, ""
	for _, r := range tableOf(f) {
		if x := number(t, r["stockout"]); x > most {
			most, date = x, r["date"]
		}
	}
	title := f.Title()
	if most == 0 {
		if !strings.Contains(title, "never found") {
			t.Errorf("got %q of no stockout", title)
		}
		return
	}
	for i, at := range f.At {
		if midnight(f.Subject.Config.Start, at).Format("2006-01-02") == date {
			if want := f.when(i) + ": " + f.share(most) + " of the time, in all futures pooled, in a stockout"; !strings.Contains(title, want) {
				t.Errorf("got %q, want %q", title, want)
			}
			a := *f.Stock
			a.Pool = a.Step // it is looked at once in each time
			if want := f.share(most) + " of all futures in a stockout"; !strings.Contains(stock{&a}.Title(), want) || strings.Contains(stock{&a}.Subtitle(), "pooled") {
				t.Errorf("got %q, want %q", stock{&a}.Title(), want)
			}
		}
	}
}

func checkMapTitle(t *testing.T, f network) {
	t.Helper()
	most, label := 0.0, ""
	for _, r := range tableOf(f) {
		if r["stockout"] == "" {
			continue
		}
		x := number(t, r["stockout"])
		if f.byTime() {
			x = number(t, r["time_short"])
		}
		if x > most {
			most, label = x, r["label"]
		}
	}
	if title := f.Title(); most > 0 && !strings.Contains(title, label) || most == 0 && title != "No hospital runs out" {
		t.Errorf("got %q, worst is %s with %v", title, label, most)
	}
}

func checkCoverTitle(t *testing.T, f cover) {
	t.Helper()
	least := map[string]float64{}
	for _, r := range tableOf(f) {
		x := number(t, r["cover_p10"])
		if old, ok := least[r["label"]]; !ok || x < old {
			least[r["label"]] = x
		}
	}
	short, lowest := 0, math.Inf(1)
	for _, x := range least {
		lowest = min(lowest, x)
		if x < low {
			short++
		}
	}
	title := f.Title()
	want := fmt.Sprintf("At %d of %d hospitals, each by itself", short, len(least))
	switch {
	case short == 0:
		want = fmt.Sprintf("for %s days or more on average over a week, each week by itself", f.written(lowest))
	case len(least) == 1:
		want = "one future in ten leaves " + f.Hospitals[0].Label + " less than a day of cylinders on average"
	case short == len(least):
		want = fmt.Sprintf("At each of %d hospitals by itself", short)
	}
	if !strings.Contains(title, want) || !strings.Contains(title, " on average") {
		t.Errorf("got %q, want %q", title, want)
	}
}

func checkCylindersTitle(t *testing.T, f cylinders) {
	t.Helper()
	most, sum := 0.0, 0.0
	for _, r := range tableOf(f) {
		if r["turn_days"] != "" {
			x := number(t, r["turn_days"])
			most, sum = max(most, x), sum+x
		}
	}
	m := regexp.MustCompile(`^Cylinder-days per fill: ([\d.]+), the greatest part of them .*: ([\d.]+)$`).FindStringSubmatch(f.Title())
	if m == nil || math.Abs(number(t, m[1])-sum) > 0.5 || math.Abs(number(t, m[2])-most) > 0.06 {
		t.Errorf("got %q of %v days, %v at most", f.Title(), sum, most)
	}
}

// Risks that span decades stand on a logarithmic scale, others do not; and none
// that is 0 has a place on it.
func TestRisksThatSpanDecadesAreLogarithmic(t *testing.T) {
	f := newFake(t, 5)
	if !f.risk(25, spreads["decades"], "").chances(0, 100).log {
		t.Error("risks from 0.1 % to 100 % are not logarithmic")
	}
	if f.risk(25, spreads["certain"], "").chances(0, 100).log {
		t.Error("certain risks are logarithmic")
	}
}

func TestTicks(t *testing.T) {
	for _, x := range []struct {
		s    scale
		most int
		want string
	}{
		{scale{lo: 0, hi: 1}, 6, "0 0.2 0.4 0.6 0.8 1"}, {scale{lo: 0, hi: 216}, 5, "0 100 200"}, {scale{lo: 0, hi: 12000}, 4, "0 5000 10\u00a0000"},
		{scale{lo: 0.001, hi: 1, log: true}, 5, "0.001 0.01 0.1 1"}, {scale{lo: 1, hi: 30, log: true}, 9, "1 2 5 10 20"}, {scale{lo: 0.01, hi: 1000, log: true}, 3, "0.01 1 100"},
	} {
		var got []string
		for _, k := range x.s.ticks(x.most) {
			got = append(got, k.what)
		}
		if s := strings.Join(got, " "); s != x.want || len(got) > x.most {
			t.Errorf("%+v, %d: got %q, want %q", x.s, x.most, s, x.want)
		}
	}
}

// Dates stand apart, whatever the length of time and of the axis.
func TestDatesStandApart(t *testing.T) {
	p := &page{theme: themeOf(Page), letters: newLetters(), pen: &recorder{}}
	start := newFake(t, 1).s.Config.Start
	for _, days := range []float64{0.5, 2, 14, 76, 365, 1000, 36500} {
		for _, width := range []float64{60, 200, 400} {
			c := newCalendar(start, 0, sim.Time(days*float64(sim.Day)), 0, width)
			list := p.dates(c)
			if len(list) == 0 {
				t.Errorf("%v days on %v points: no date", days, width)
			}
			for i := 1; i < len(list); i++ {
				if c.at(list[i].x)-c.at(list[i-1].x) < (p.widthOf(list[i].what, p.label(0.5))+p.widthOf(list[i-1].what, p.label(0.5)))/2 {
					t.Errorf("%v days on %v points: %q is too near to %q", days, width, list[i].what, list[i-1].what)
				}
			}
		}
	}
}

func TestNumbersInFigures(t *testing.T) {
	of := func(k, n int) study.Probability {
		f := newFake(t, 1)
		p := f.chance(0, 1)
		p.Count, p.N = k, n
		p.Interval.Lo, p.Interval.Hi = 0, 0.02
		return p
	}
	for _, x := range []struct{ got, want string }{
		{percent(of(0, 100)), "0\u00a0%"}, {percent(of(100, 100)), "100\u00a0%"}, {percent(of(1, 5000)), "<\u00a00.1\u00a0%"}, {percent(of(1, 200)), "0.5\u00a0%"},
		{percentOf(0.234, 0.02), "23\u00a0%"}, {percentOf(0.052, 0.002), "5.2\u00a0%"}, {limitOf(0.05), "5\u00a0%"}, {plainNumber(math.Copysign(0, -1)), "0"},
		{span(0.5), "30\u00a0min"}, {span(31), "31\u00a0h"}, {span(60), "2.5\u00a0days"}, {span(24 * 40), "40\u00a0days"}, {plural(1, "hospital"), "1\u00a0hospital"},
		{two(0.04), "0"}, {two(3.14159), "3.1"}, {two(12.3), "12"},
	} {
		if x.got != x.want {
			t.Errorf("got %q, want %q", x.got, x.want)
		}
	}
}

// Each figure has a name of its own, and can be found by it.
func TestFiguresAreFound(t *testing.T) {
	for _, e := range Figures {
		if got, ok := Find(e.Name); !ok || got.Name != e.Name || e.Shows == "" || e.Ask == nil {
			t.Errorf("%+v", e)
		}
	}
	if _, ok := Find("pie"); ok {
		t.Error("got a pie")
	}
}
