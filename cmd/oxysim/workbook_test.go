package main

import (
	"bytes"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// converted opens the workbook in LibreOffice, which writes it as something else,
// and returns the folder of what it wrote.
func converted(t *testing.T, dir, to string) string {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("there is no soffice (Debian: libreoffice-calc)")
	}
	out := t.TempDir()
	cmd := exec.Command(office, "--headless", "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(out, "profile")),
		"--convert-to", to, "--outdir", out, filepath.Join(dir, "summary.xlsx"))
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return out
}

// A spreadsheet has the numbers of the CSV, to their last digit; and as it opens
// them, so does the sheet of hospitals.
func workbookEqualsCSV(t *testing.T, dir string) {
	// 44: comma; 34: quotes; 76: UTF-8; false for numbers as they are, not as they are shown; -1: all sheets.
	out := converted(t, dir, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1")
	want := readCSV(t, filepath.Join(dir, "summary.csv"))
	got := readCSV(t, filepath.Join(out, "summary-numbers.csv"))
	if len(got) != len(want) {
		t.Fatalf("got %d rows, want %d", len(got), len(want))
	}
	// A share is written in per cent there: its ten digits are the same, and the
	// hundredth part of what is read is, but for the rounding of one division.
	equal := func(a, b string) bool {
		share, percent := strings.CutSuffix(a, "%")
		x, err1 := strconv.ParseFloat(share, 64)
		y, err2 := strconv.ParseFloat(b, 64)
		if percent {
			return err1 == nil && err2 == nil && math.Abs(x/100-y) <= 1e-15*math.Abs(y)
		}
		return a == b || err1 == nil && err2 == nil && x == y
	}
	byMetric := map[string][]string{}
	for i, row := range want {
		byMetric[row[0]] = row
		if i == 0 {
			continue // heads are in words there
		}
		for j, cell := range row {
			if !equal(got[i][j], cell) {
				t.Errorf("%s, %s: got %q, want %q", row[0], want[0][j], got[i][j], cell)
			}
		}
	}
	hospitals := readCSV(t, filepath.Join(out, "summary-hospitals.csv"))
	if len(hospitals) != 7 {
		t.Fatalf("got %d rows of hospitals, want a head and six", len(hospitals))
	}
	for _, row := range hospitals[1:] {
		name := row[len(row)-1]
		for j := range 3 { // mean, from, to
			for at, metric := range map[int]string{2: "stockout", 5: "stockout_hours"} {
				if want := byMetric[name+"."+metric]; want == nil || !equal(row[at+j], want[3+j]) {
					t.Errorf("%s: got the %s %q, want %q", name, metric, row[at+j], want)
				}
			}
		}
	}
	for _, sheet := range []string{"summary", "hospitals", "plants", "trucks", "options", "differences", "costs", "assumptions"} {
		if rows := readCSV(t, filepath.Join(out, "summary-"+sheet+".csv")); len(rows) < 2 {
			t.Errorf("the sheet %s is empty", sheet)
		}
	}
}

// What is drawn of the workbook is a page, not a wall: it fits on few pages, and on
// each of a table there is its head; its charts are drawn in the colour of their
// bars. The first page begins with the title and the verdict in words.
func workbookIsDrawn(t *testing.T, dir string) {
	out := converted(t, dir, "pdf")
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("there is no pdftotext (Debian: poppler-utils)")
	}
	text, err := exec.Command(reader, "-layout", filepath.Join(out, "summary.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimRight(string(text), "\f"), "\f")
	if most := 40; len(pages) > most {
		t.Errorf("got %d pages, want at most %d", len(pages), most)
	}
	heads := map[string]string{"numbers": "metric", "assumptions": "value and range", "differences": "is it more than chance?", "options": "bought once", "hospitals": "verdict"}
	seen := map[string]int{}
	for i, page := range pages {
		lines := strings.Split(strings.TrimRight(page, "\n"), "\n")
		foot := strings.Fields(lines[len(lines)-1])
		for sheet, head := range heads {
			if len(foot) < 4 || foot[len(foot)-4] != sheet {
				continue
			}
			seen[sheet]++
			if !strings.Contains(page, head) {
				t.Errorf("page %d, of %s, has no head %q", i+1, sheet, head)
			}
		}
	}
	for sheet := range heads {
		if seen[sheet] == 0 {
			t.Errorf("there is no page of %s", sheet)
		}
	}
	if first := pages[0]; !strings.HasPrefix(strings.TrimSpace(first), "A district with one oxygen plant") || !strings.Contains(first, "6 of 6 hospitals") || !strings.Contains(first, "What the options bring") {
		t.Errorf("the first page is %s", first)
	}
	title := regexp.MustCompile(`(?m)^ *All hospitals together *$`)
	if title.MatchString(pages[0]) || !title.MatchString(pages[1]) {
		t.Errorf("the numbers of all hospitals do not begin the second page: %s\n%s", pages[0], pages[1])
	}
	bars := 0
	if text, err := exec.Command("pdftoppm", "-r", "50", "-png", filepath.Join(out, "summary.pdf"), filepath.Join(out, "page")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	drawn, err := filepath.Glob(filepath.Join(out, "page-*.png"))
	if err != nil || len(drawn) != len(pages) {
		t.Fatalf("got %d pictures, %v, of %d pages", len(drawn), err, len(pages))
	}
	for _, name := range drawn {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		blue := 0 // pixels of the first colour of charts, 0072B2
		for y := range picture.Bounds().Dy() {
			for x := range picture.Bounds().Dx() {
				if r, g, b, _ := picture.At(x, y).RGBA(); r>>8 < 0x10 && g>>8 > 0x60 && g>>8 < 0x80 && b>>8 > 0xa0 && b>>8 < 0xc4 {
					blue++
				}
			}
		}
		if blue > 100 {
			bars++
		}
	}
	if bars < 3 { // of options, nothing is shown in so few futures, and so nothing drawn
		t.Errorf("got %d pages with bars, want those of hospitals, plants and trucks", bars)
	}
}
