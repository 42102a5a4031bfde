package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"golang.org/x/net/html"

	"oxysim/report"
	"oxysim/study"
)

// reportCall is the report that is looked at: all its parts, in little time.
var reportCall = []string{"report", "district", "--set", "run.horizon=40d", "-n", "30"}

// One report is looked at from all sides.
func TestReport(t *testing.T) {
	if testing.Short() || checked {
		t.Skip("it simulates much")
	}
	dir, err := reportInto(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, look := range map[string]func(t *testing.T, dir string){
		"SameToTheLastByte":             reportsAreTheSame,
		"EveryNumberPointsToItsRow":     everyNumberPoints,
		"HeadingsAreInOrder":            headingsAreInOrder,
		"ForEverybody":                  pageIsForEverybody,
		"NeedsNothingElse":              pageNeedsNothing,
		"RunsAreReadBack":               runsAreReadBack,
		"RunsAreReadByAnotherReader":    anotherReaderReadsRuns,
		"ColumnsAreTold":                columnsAreTold,
		"WorkbookHasTheNumbersOfTheCSV": workbookEqualsCSV,
		"WorkbookIsDrawn":               workbookIsDrawn,
		"MayBeMoved":                    folderMayBeMoved,
		"FeetSayHowFiguresAreDrawn":     feetDrawAgain,
		"InABrowser":                    browse,
	} {
		t.Run(name, func(t *testing.T) { look(t, dir) })
	}
}

// reportInto makes the report in a folder, and returns the folder of results.
func reportInto(dir string) (string, error) {
	defer func(most map[string]int) { reportMost = most }(reportMost)
	reportMost = map[string]int{"why": 3, "compare": 30, "plan": 100, "tornado": 2}
	var out, errs bytes.Buffer
	exit := run(context.Background(), append(slices.Clone(reportCall), "-o", dir), strings.NewReader(""), &out, &errs)
	if exit != exitMet && exit != exitMissed {
		return "", fmt.Errorf("exit status %d: %s", exit, &errs)
	}
	found, err := filepath.Glob(filepath.Join(dir, "district-*"))
	if err != nil || len(found) != 1 {
		return "", fmt.Errorf("got folders %v, %v; it said %s", found, err, &out)
	}
	return found[0], nil
}

// page reads the page.
func page(t *testing.T, dir string) *html.Node {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	if most := 1_500_000; len(content) > most {
		t.Errorf("got a page of %d bytes, want at most %d", len(content), most)
	}
	root, err := html.Parse(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// all returns the elements of a name, in the order of the page.
func all(root *html.Node, name string) (list []*html.Node) {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			list = append(list, n)
		}
	}
	return list
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// textOf returns what is read of an element, without what is in elements of a
// name.
func textOf(n *html.Node, without string) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && n.Data == without {
			return
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

// The same command writes the same bytes in every file, under the same name.
func reportsAreTheSame(t *testing.T, dir string) {
	first := dir
	second, err := reportInto(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if a, b := filepath.Base(first), filepath.Base(second); a != b {
		t.Errorf("got the folders %s and %s", a, b)
	}
	a, err := readFolder(first)
	if err != nil {
		t.Fatal(err)
	}
	b, err := readFolder(second)
	if err != nil {
		t.Fatal(err)
	}
	if x, y := slices.Sorted(maps.Keys(a)), slices.Sorted(maps.Keys(b)); !slices.Equal(x, y) {
		t.Fatalf("got files %v and %v", x, y)
	}
	for name, content := range a {
		if !bytes.Equal(content, b[name]) {
			t.Errorf("%s differs", name)
		}
	}
	for _, name := range []string{"report.html", "summary.xlsx", "summary.csv", "runs.parquet", "manifest.json", "datapackage.json", "scenario.toml", "why.csv", "compare.csv", "figures/risk.svg", "figures/risk.png", "figures/risk.pdf", "figures/risk.csv"} {
		if a[name] == nil {
			t.Errorf("there is no %s", name)
		}
	}
}

// Every number in a sentence of the answers is a link to the row that it comes
// from: outside links there is no digit, and each link leads to a row.
func everyNumberPoints(t *testing.T, dir string) {
	root := page(t, dir)
	rows := map[string]string{}
	ids := map[string]int{}
	for n := range root.Descendants() {
		if id := attr(n, "id"); n.Type == html.ElementNode && id != "" {
			ids[id]++
			if n.Data == "tr" {
				rows[id] = textOf(n, "")
			}
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("there are %d elements with the id %q", n, id)
		}
	}
	sentences, links := 0, 0
	for _, s := range all(root, "span") {
		if attr(s, "class") != "s" {
			continue
		}
		sentences++
		if rest := textOf(s, "a"); strings.ContainsAny(rest, "0123456789") {
			t.Errorf("a number points nowhere: %s", textOf(s, ""))
		}
		for _, a := range all(s, "a") {
			links++
			row, ok := rows[strings.TrimPrefix(attr(a, "href"), "#")]
			if !ok {
				t.Errorf("%s: %q leads to no row", textOf(s, ""), attr(a, "href"))
				continue
			}
			text := textOf(a, "")
			for _, number := range regexp.MustCompile(`\d+(\.\d+)?`).FindAllString(text, -1) {
				if !strings.Contains(row, number) {
					t.Errorf("%s: the row %q has no %s", textOf(s, ""), row, number)
				}
			}
		}
	}
	if sentences < 12 || links < 20 {
		t.Errorf("got %d sentences with %d links", sentences, links)
	}
	paragraphs := 0
	for _, p := range all(root, "p") {
		if attr(p, "class") == "answer missed" || attr(p, "class") == "answer met" || attr(p, "class") == "answer undecided" {
			paragraphs++
		}
	}
	if paragraphs != 1 {
		t.Errorf("got %d verdicts", paragraphs)
	}
}

// The answers come in the order in which they are wanted, under headings without
// a gap.
func headingsAreInOrder(t *testing.T, dir string) {
	root := page(t, dir)
	var titles []string
	level := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || len(n.Data) != 2 || n.Data[0] != 'h' || n.Data[1] < '1' || n.Data[1] > '6' {
			continue
		}
		now := int(n.Data[1] - '0')
		if now > level+1 {
			t.Errorf("%s %q comes after one of level %d", n.Data, textOf(n, ""), level)
		}
		level = now
		if now == 2 {
			titles = append(titles, textOf(n, ""))
		}
		if strings.TrimSpace(textOf(n, "")) == "" {
			t.Errorf("there is an empty %s", n.Data)
		}
	}
	want := []string{"The verdict", "The hospitals at risk, and why", "What would prevent it, and at what cost", "How sure we are, and what is assumed"}
	if len(titles) < 8 || !slices.Equal(titles[:4], want) {
		t.Errorf("got %q", titles)
	}
	for i, appendix := range titles[min(4, len(titles)):] {
		if !strings.HasPrefix(appendix, fmt.Sprintf("Appendix %c.", 'A'+i)) {
			t.Errorf("got %q, want appendix %c", appendix, 'A'+i)
		}
	}
	if n := len(all(root, "h1")); n != 1 {
		t.Errorf("got %d h1", n)
	}
}

// Whoever does not see the page is told what is there: each figure has a text in
// its place, each table a caption and heads, and the page its language.
func pageIsForEverybody(t *testing.T, dir string) {
	root := page(t, dir)
	figures := all(root, "figure")
	if len(figures) < 3 {
		t.Errorf("got %d figures", len(figures))
	}
	for _, f := range figures {
		pictures := append(all(f, "svg"), all(f, "img")...)
		if len(pictures) == 0 {
			t.Errorf("the figure %s is empty", attr(f, "id"))
		}
		for _, s := range pictures {
			if text := attr(s, "aria-label") + attr(s, "alt"); attr(s, "role") != "img" || len(text) < 20 {
				t.Errorf("the figure %s has the text %q in its place", attr(f, "id"), text)
			}
		}
	}
	tables := all(root, "table")
	if len(tables) < 10 {
		t.Errorf("got %d tables", len(tables))
	}
	for _, x := range tables {
		if len(all(x, "caption")) != 1 {
			t.Errorf("the table %s has no caption", attr(x, "id"))
		}
		for _, h := range all(x, "th") {
			if attr(h, "scope") == "" || textOf(h, "") == "" && attr(h, "scope") == "col" {
				t.Errorf("the table %s has a head without a scope or a text", attr(x, "id"))
			}
		}
		width := 0
		for _, r := range all(x, "tr") {
			n := len(all(r, "th")) + len(all(r, "td"))
			if width == 0 {
				width = n
			}
			if n != width {
				t.Errorf("the table %s has rows of %d and %d cells", attr(x, "id"), width, n)
			}
		}
	}
	if attr(all(root, "html")[0], "lang") != "en" {
		t.Error("the page does not say its language")
	}
}

// The page asks for nothing: it has no address of elsewhere.
func pageNeedsNothing(t *testing.T, dir string) {
	for n := range page(t, dir).Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			switch a.Key {
			case "src", "href", "action", "srcset", "data", "poster", "xlink:href":
				if !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "data:") {
					t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
				}
			default:
				if strings.Contains(a.Val, "://") && !strings.HasPrefix(a.Key, "xmlns") {
					t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
				}
			}
		}
		if n.Data == "style" {
			if text := textOf(n, ""); strings.Contains(text, "url(") || strings.Contains(text, "@import") {
				t.Error("the style asks for something")
			}
		}
	}
}

// readCSV reads a table, by its first column.
func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// The file of all replications is read back: its columns are the metrics, its
// means those of the summary, its metadata say what it is of.
func runsAreReadBack(t *testing.T, dir string) {
	f, err := os.Open(filepath.Join(dir, "runs.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	info, _ := f.Stat()
	file, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := report.ReadManifest(manifest)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"oxysim.seed": "1", "oxysim.digest": m.Digest, "oxysim.replications": "30"} {
		if got, _ := file.Lookup(key); got != want {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
	}
	summary := readCSV(t, filepath.Join(dir, "summary.csv"))[1:]
	columns := file.Schema().Columns()
	if len(columns) != 1+len(summary) || columns[0][0] != "replication" {
		t.Fatalf("got %d columns, the first %v; want replication and %d metrics", len(columns), columns[0], len(summary))
	}
	sum := make([]float64, len(columns))
	n := 0
	rows := file.RowGroups()[0].Rows()
	defer func() { _ = rows.Close() }()
	buffer := make([]parquet.Row, 10)
	for {
		got, err := rows.ReadRows(buffer)
		for _, r := range buffer[:got] {
			if r[0].Int64() != int64(n) {
				t.Fatalf("row %d is of replication %d", n, r[0].Int64())
			}
			for j := 1; j < len(r); j++ {
				sum[j] += r[j].Double()
			}
			n++
		}
		if err != nil {
			break
		}
	}
	if n != 30 {
		t.Fatalf("got %d rows, want 30", n)
	}
	for j, row := range summary {
		if columns[j+1][0] != row[0] {
			t.Fatalf("column %d is %s, want %s", j+1, columns[j+1][0], row[0])
		}
		want, err := strconv.ParseFloat(row[3], 64)
		if err != nil {
			t.Fatal(err)
		}
		// The CSV has ten digits; sums of 30 numbers in another order lose fewer.
		if got := sum[j+1] / 30; math.Abs(got-want) > 1e-9*max(1e-3, math.Abs(want)) {
			t.Errorf("%s: got a mean of %v, want %v", row[0], got, want)
		}
	}
}

// A folder from another machine is verified there: nothing in it depends on where
// it was made.
func folderMayBeMoved(t *testing.T, dir string) {
	files, err := readFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	here, _ := os.Getwd()
	for name, content := range files {
		for _, place := range []string{here, filepath.Dir(dir), os.TempDir() + string(filepath.Separator)} {
			if bytes.Contains(content, []byte(place)) {
				t.Errorf("%s says %s", name, place)
			}
		}
	}
	moved := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.CopyFS(moved, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	var out bytes.Buffer
	if exit := run(t.Context(), []string{"verify", moved}, strings.NewReader(""), &out, &out); exit != exitMet {
		t.Errorf("got exit status %d: %s", exit, &out)
	}
	left, _ := fs.Glob(os.DirFS("."), "*")
	if len(left) > 0 {
		t.Errorf("verify left %v behind", left)
	}
}

// The command at the foot of a figure draws it again, to the last byte, in the
// folder, where the scenario has another name.
func feetDrawAgain(t *testing.T, dir string) {
	t.Chdir(dir)
	figures, err := filepath.Glob("figures/*.svg")
	if err != nil || len(figures) != len(reportFigures) {
		t.Fatalf("got %d figures, %v, want all %d", len(figures), err, len(reportFigures))
	}
	for _, name := range figures {
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		foot := regexp.MustCompile(`>oxysim (plot [^<]*)</text>`).FindSubmatch(want)
		if foot == nil {
			t.Errorf("%s: no command at its foot", name)
			continue
		}
		var got, errs bytes.Buffer
		args := strings.Fields(strings.NewReplacer("&#39;", "", "&#34;", "").Replace(string(foot[1])))
		if exit := run(t.Context(), args, strings.NewReader(""), &got, &errs); exit != exitMet {
			t.Errorf("%s: %v: exit status %d: %s", name, args, exit, &errs)
		} else if again := bytes.ReplaceAll(got.Bytes(), []byte("scenario\u00a0scenario"), []byte("scenario\u00a0district")); !bytes.Equal(again, want) {
			t.Errorf("%s: %v draws another figure", name, args)
		}
	}
}

// A scenario whose table has the name of a file of the results is refused before
// anything is written.
func TestNamesOfResultsAreTheirs(t *testing.T) {
	s, problems := study.Open("one-cylinder")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	w := &wanted{n: 1, inputs: map[string][]byte{"scenario.toml": nil, "summary.csv": nil}}
	r, err := w.results(t.Context(), study.NewWork(s), s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Files(); err == nil || !strings.Contains(err.Error(), "summary.csv") {
		t.Errorf("got %v, want an error that names the table", err)
	}
}
