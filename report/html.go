package report

import (
	"bytes"
	"embed"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"
	"unicode/utf8"
)

// The page is one file that needs nothing else: style, script and figures are
// in it, and its policy lets it ask for nothing. Each sentence of the answers
// that has a number points to the row of a table that the number comes from.

//go:embed templates
var htmlTemplates embed.FS

// htmlParts are the parts of the page, in the order in which they are read. Each
// writes what is known of its question, and nothing if that was not asked.
var htmlParts = []htmlPart{
	{"verdict", "The verdict", htmlVerdict},
	{"risk", "The hospitals at risk, and why", htmlRisk},
	{"options", "What would prevent it, and at what cost", htmlOptions},
	{"sure", "How sure we are, and what is assumed", htmlSure},
	{"stress", "Appendix A. The study under the headings of STRESS-DES", htmlStress},
	{"cheers", "Appendix B. The costs under the headings of CHEERS 2022", htmlCheers},
	{"assumptions", "Appendix C. Every number, where it comes from and what it may be", htmlAssumptions},
	{"validation", "Appendix D. How this version was validated", func(p *htmlPage, r *Results) {
		p.fold("Simulated beside exact values", func() { htmlValidation(p, r) })
	}},
	{"files", "Appendix E. What is in this folder", htmlFiles},
}

// htmlPart is a part of the page under a heading of its own.
type htmlPart struct {
	id, title string
	write     func(p *htmlPage, r *Results)
}

// page writes the results as a web page.
func (r *Results) page() ([]byte, error) {
	p := &htmlPage{ids: map[string]bool{}}
	type entry struct{ ID, Title string }
	var contents []entry
	for _, x := range htmlParts {
		before := p.b.Len()
		p.section = x.id
		x.write(p, r)
		if p.b.Len() == before {
			continue
		}
		part := p.b.String()[before:]
		rest := p.b.String()[:before]
		p.b.Reset()
		fmt.Fprintf(&p.b, "%s<section id=\"%s\" aria-labelledby=\"h.%s\">\n<h2 id=\"h.%s\">%s</h2>\n%s</section>\n", rest, x.id, x.id, x.id, html.EscapeString(x.title), part)
		contents = append(contents, entry{x.id, x.title})
	}
	for _, row := range p.refs {
		if !p.ids[row] {
			return nil, fmt.Errorf("a number points to %q, and there is no such row", row)
		}
	}
	style, err := htmlTemplates.ReadFile("templates/report.css")
	if err != nil {
		return nil, err
	}
	script, err := htmlTemplates.ReadFile("templates/report.js")
	if err != nil {
		return nil, err
	}
	frame, err := template.ParseFS(htmlTemplates, "templates/report.html")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = frame.Execute(&b, map[string]any{
		"Title": r.title(), "About": r.Subject.File.About, "Line": htmlLine(r), "Contents": contents, "Command": r.Made.Command,
		"Style": template.CSS(style), "Script": template.JS(script), "Body": template.HTML(p.b.String()), //nolint:gosec // ours, and escaped
	})
	return b.Bytes(), err
}

// htmlLine says in a line what was simulated.
func htmlLine(r *Results) string {
	a := r.Answer
	return fmt.Sprintf("%s · %s × %s · seed %d · scenario %.8s", Contents(r.Subject.Config), count(a.N, "replication"), Span(r.Subject.Config.Horizon), a.Origin.Seed, a.Origin.Digest)
}

// htmlPage is what has been written of the page.
type htmlPage struct {
	b       strings.Builder
	section string          // that is being written
	ids     map[string]bool // of rows
	refs    []string        // rows that numbers point to
	drawn   int             // bytes of figures
}

// htmlText is a part of the page: what is not of the page has been escaped.
type htmlText string

// htmlTags are what is not read of a text.
var htmlTags = regexp.MustCompile(`<[^>]*>`)

// plain returns what is read of a text.
func (t htmlText) plain() string {
	return html.UnescapeString(htmlTags.ReplaceAllString(string(t), ""))
}

// htmlID returns a text that may be the id of a row.
func htmlID(parts ...string) string {
	var b strings.Builder
	for _, r := range strings.Join(parts, ".") {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '_' || r == '-' {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "~%x", r)
		}
	}
	return b.String()
}

// ref returns a text that points to the row it comes from.
func (p *htmlPage) ref(row, text string) htmlText {
	p.refs = append(p.refs, row)
	return htmlText(`<a href="#` + row + `">` + html.EscapeString(text) + `</a>`)
}

// say returns a sentence. Numbers in it are refs: a text that is none may have
// no digit.
func (p *htmlPage) say(format string, parts ...any) htmlText {
	for i, x := range parts {
		if s, ok := x.(string); ok {
			parts[i] = htmlText(html.EscapeString(s))
		}
	}
	return htmlText(`<span class="s">` + fmt.Sprintf(format, parts...) + `</span>`)
}

// paragraph writes sentences.
func (p *htmlPage) paragraph(sentences ...htmlText) {
	p.class("", sentences...)
}

// class writes sentences of a class.
func (p *htmlPage) class(class string, sentences ...htmlText) {
	text := htmlJoin(sentences)
	if text == "" {
		return
	}
	if class != "" {
		class = ` class="` + class + `"`
	}
	fmt.Fprintf(&p.b, "<p%s>%s</p>\n", class, text)
}

// heading writes a heading below that of the section.
func (p *htmlPage) heading(title string) {
	fmt.Fprintf(&p.b, "<h3>%s</h3>\n", html.EscapeString(title))
}

// lead writes sentences after a word in bold; nothing if there are none.
func (p *htmlPage) lead(word string, sentences ...htmlText) {
	if strings.TrimSpace(string(htmlJoin(sentences))) != "" {
		fmt.Fprintf(&p.b, "<p class=\"lead\"><b>%s.</b> %s</p>\n", html.EscapeString(word), htmlJoin(sentences))
	}
}

// htmlJoin joins the sentences there are.
func htmlJoin(sentences []htmlText) htmlText {
	var list []string
	for _, s := range sentences {
		if s != "" {
			list = append(list, string(s))
		}
	}
	return htmlText(strings.Join(list, " "))
}

// fold writes what is read by who wants to know more, under a title that opens it;
// nothing if there is nothing.
func (p *htmlPage) fold(title string, write func()) {
	before := p.b.String()
	p.b.Reset()
	write()
	more := p.b.String()
	p.b.Reset()
	p.b.WriteString(before)
	if more != "" {
		fmt.Fprintf(&p.b, "<details>\n<summary>%s</summary>\n%s</details>\n", html.EscapeString(title), more)
	}
}

// note writes what has to be said of a table.
func (p *htmlPage) note(text string) {
	fmt.Fprintf(&p.b, "<p class=\"note\">%s</p>\n", html.EscapeString(text))
}

// htmlTable is a table of the page. The head of a column of numbers ends with a
// tab.
type htmlTable struct {
	id, caption string
	heads       []string
	rows        []htmlRow
	plain       bool // not to be sorted
}

// htmlRow is a row with the id that numbers point to; "" if none do.
type htmlRow struct {
	id    string
	cells []string
}

// row adds a row.
func (t *htmlTable) row(id string, cells ...string) { t.rows = append(t.rows, htmlRow{id, cells}) }

// marks are the signs for verdicts, with their words.
var marks = map[string]string{"✗": "✗\u00a0missed", "✓": "✓\u00a0met", "?": "?\u00a0undecided"}

// table writes a table, if it has rows. Columns in which nothing stands are left
// out.
func (p *htmlPage) table(t *htmlTable) {
	if len(t.rows) == 0 {
		return
	}
	filled := make([]bool, len(t.heads))
	for _, r := range t.rows {
		for i, c := range r.cells {
			filled[i] = filled[i] || c != ""
		}
	}
	class := ` class="sortable"`
	if t.plain || len(t.rows) == 1 {
		class = ""
	}
	fmt.Fprintf(&p.b, "<div class=\"wide\" role=\"region\" aria-labelledby=\"c.%[1]s\" tabindex=\"0\"><table id=\"t.%[1]s\"%[2]s>\n<caption id=\"c.%[1]s\">%[3]s</caption>\n<thead><tr>", t.id, class, html.EscapeString(t.caption))
	number := make([]bool, len(t.heads))
	for i, h := range t.heads {
		if !filled[i] {
			continue
		}
		h, number[i] = strings.CutSuffix(h, "\t")
		p.b.WriteString(`<th scope="col"` + htmlNumber(number[i]) + ">" + html.EscapeString(h) + "</th>")
	}
	p.b.WriteString("</tr></thead>\n<tbody>\n")
	for _, r := range t.rows {
		if r.id != "" {
			if p.ids[r.id] {
				r.id = "" // the first of the name is pointed to
			} else {
				p.ids[r.id] = true
			}
		}
		if r.id != "" {
			fmt.Fprintf(&p.b, "<tr id=\"%s\">", r.id)
		} else {
			p.b.WriteString("<tr>")
		}
		first := true
		for i, c := range r.cells {
			if !filled[i] {
				continue
			}
			if word, ok := marks[c]; ok {
				c = word
			}
			open, end := "<td", "</td>"
			if first {
				open, end = `<th scope="row"`, "</th>"
			}
			first = false
			p.b.WriteString(open + htmlClass(number[i], c) + ">" + html.EscapeString(c) + end)
		}
		p.b.WriteString("</tr>\n")
	}
	p.b.WriteString("</tbody>\n</table></div>\n")
}

func htmlNumber(number bool) string {
	if number {
		return ` class="n"`
	}
	return ""
}

// longestWord is the length above which a word in a cell may be broken anywhere:
// a digest, a dotted key.
const longestWord = 16

// htmlClass returns the class of a cell.
func htmlClass(number bool, text string) string {
	if number {
		return htmlNumber(true)
	}
	for _, w := range strings.Fields(text) {
		if utf8.RuneCountInString(w) > longestWord {
			return ` class="long"`
		}
	}
	return ""
}

// grid writes a table that answers on a terminal have too. Columns without a
// head get one; ids are those of the rows, in their order.
func (p *htmlPage) grid(id, caption string, g *grid, ids []string, heads ...string) {
	t := &htmlTable{id: id, caption: caption}
	for i, h := range g.head {
		if h == "" && len(heads) > 0 {
			h, heads = heads[0], heads[1:]
		}
		if g.right[i] {
			h += "\t"
		}
		t.heads = append(t.heads, h)
	}
	for i, cells := range g.rows {
		row := ""
		if i < len(ids) {
			row = ids[i]
		}
		t.row(row, cells...)
	}
	p.table(t)
}

// mostDrawn is how many bytes of figures the page has at most; further ones are
// in the folder only.
const mostDrawn = 900_000

// figures writes the figures of a section.
func (p *htmlPage) figures(r *Results, section string) {
	for _, f := range r.Figures {
		if f.Section != section {
			continue
		}
		svg := htmlSVG(f.Name, f.Files["svg"])
		if svg == "" {
			continue
		}
		if p.drawn+len(svg) > mostDrawn {
			p.note("The figure “" + f.Title + "” is too large for this page: see " + figureFolder + "/" + f.Name + ".pdf.")
			continue
		}
		p.drawn += len(svg)
		fmt.Fprintf(&p.b, "<figure id=\"figure.%s\">\n<div class=\"wide\">%s</div>\n<figcaption>The numbers behind this figure are in %s/%s.csv.</figcaption>\n</figure>\n", f.Name, svg, figureFolder, html.EscapeString(f.Name))
	}
}

// htmlSVG returns a figure as a part of a page: without what comes before it in a
// file of its own, and with ids that no other figure has.
func htmlSVG(name string, svg []byte) string {
	s := string(svg)
	if i := strings.Index(s, "<svg"); i >= 0 {
		s = s[i:]
	}
	for _, attribute := range []string{`id="`, `url(#`, `href="#`} {
		s = strings.ReplaceAll(s, attribute, attribute+name+".")
	}
	return strings.TrimSpace(s)
}

// htmlList joins words with commas and "and".
func htmlList(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

// htmlFew returns the first of some words, and how many more there are.
func htmlFew(words []string, most int) string {
	if len(words) > most {
		return strings.Join(words[:most], ", ") + fmt.Sprintf(" and %d more", len(words)-most)
	}
	return htmlList(words)
}
