package report

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"oxysim/study"
)

// resultsOf returns the results of a few replications of a scenario.
func resultsOf(t *testing.T, called string, n int, settings ...string) *Results {
	t.Helper()
	s, problems := study.Open(called, settings...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	run, err := study.NewRun(s, 0, n, study.Precision{})
	if err != nil {
		t.Fatal(err)
	}
	r := &Results{Subject: s, Meaning: study.Check(s), Made: Made{Program: "v1", Command: "oxysim report " + called, Quick: true}}
	err = run.Ask(t.Context(), study.NewWork(s), func(_ int, values []float64) { r.Values = append(r.Values, slices.Clone(values)) })
	if err != nil {
		t.Fatal(err)
	}
	r.Answer = run.Answer()
	return r
}

// Figures that would make the page too large are left out, and the page says
// where they are.
func TestThePageStaysSmall(t *testing.T) {
	r := resultsOf(t, "one-cylinder", 1)
	for i := range 4 {
		svg := []byte(`<?xml version="1.0"?><svg role="img" aria-label="x"><g id="a"/>` + strings.Repeat("<path d='M0 0'/>", 25_000) + `<use href="#a"/></svg>`)
		r.Figures = append(r.Figures, Drawing{Name: fmt.Sprint("large", i), Title: fmt.Sprint("Large ", i), Section: "risk", Files: map[string][]byte{"svg": svg}})
	}
	content, err := r.page()
	if err != nil {
		t.Fatal(err)
	}
	page := string(content)
	if len(page) > 1_500_000 {
		t.Errorf("got %d bytes", len(page))
	}
	if got := strings.Count(page, "<figure "); got != 2 {
		t.Errorf("got %d figures of 400 kB, want 2", got)
	}
	if !strings.Contains(page, "“Large 3” is too large for this page: see figures/large3.pdf") {
		t.Error("it is not said where the others are")
	}
	if strings.Contains(page, "<?xml") || !strings.Contains(page, `id="large1.a"`) || !strings.Contains(page, `href="#large0.a"`) {
		t.Error("figures are not put in as parts of the page with ids of their own")
	}
}

// What is not ours is escaped: a scenario cannot put a script into the page.
func TestTextsAreEscaped(t *testing.T) {
	evil := `<script>alert("x")</script>`
	r := resultsOf(t, "one-cylinder", 2, `title="A & B <script>alert(1)</script>"`, `hospital.clinic.label="`+strings.ReplaceAll(evil, `"`, `\"`)+`"`)
	r.Made.Command = "oxysim report '" + evil + "'"
	r.Figures = []Drawing{{Name: "risk", Title: evil, About: evil, Section: "risk", Files: map[string][]byte{"svg": []byte("<svg></svg>")}}}
	content, err := r.page()
	if err != nil {
		t.Fatal(err)
	}
	if got := bytes.Count(content, []byte("<script")); got != 1 {
		t.Errorf("got %d scripts, want our own only", got)
	}
	if !bytes.Contains(content, []byte("&lt;script&gt;alert")) {
		t.Error("the label is not there")
	}
}

// A number that points to no row is a mistake of ours, and no page is written.
func TestANumberMustHaveItsRow(t *testing.T) {
	defer func(parts []htmlPart) { htmlParts = parts }(htmlParts)
	htmlParts = []htmlPart{{"verdict", "x", func(p *htmlPage, _ *Results) { p.paragraph(p.say("It is %s.", p.ref("nowhere", "5"))) }}}
	if _, err := resultsOf(t, "one-cylinder", 1).page(); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("got %v", err)
	}
}

// Names that could not be ids of rows become some, each its own.
func TestIDsOfRows(t *testing.T) {
	for name, want := range map[string]string{"hospital.rizgary": "hospital.rizgary", "a b": "a~20b", "é": "~e9", `x"y`: "x~22y", "a~20b": "a~7e20b"} {
		if got := htmlID(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

// The page on validation keeps its rows, and loses its marks.
func TestMarkdownBecomesTables(t *testing.T) {
	p := &htmlPage{ids: map[string]bool{}}
	htmlValidation(p, &Results{Validation: "# Title\n\nWords of [a link](x.md) and\n`code`.\n\n## Part\n\n| case | z |\n| --- | ---: |\n| V01 | +0.5 |\n| V02 | -1 |\n"})
	got := p.b.String()
	for _, want := range []string{"<p class=\"note\">Words of a link and code.</p>", "<h3>Part</h3>", `<th scope="col">case</th><th scope="col" class="n">z</th>`, `<th scope="row">V02</th><td class="n">-1</td>`} {
		if !strings.Contains(got, want) {
			t.Errorf("got %s\nwant %s", got, want)
		}
	}
}

// Each of the 20 items of STRESS-DES has a text.
func TestChecklistsAreWhole(t *testing.T) {
	r := resultsOf(t, "one-cylinder", 2)
	items := stressItems(r)
	if len(items) != 20 {
		t.Errorf("got %d items", len(items))
	}
	for _, x := range items {
		if x[0] == "" || x[1] == "" || strings.TrimSpace(x[2]) == "" {
			t.Errorf("got %q", x)
		}
	}
}
