package plots

import (
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"
)

// svgPen writes SVG: text as text, in a font that is as wide as ours wherever
// ours is missing, with a title and a description for those who do not see it.
type svgPen struct {
	letters       *letters
	width, height float64
	title, about  string
	body          strings.Builder
}

// short writes a number with two decimals at most.
func short(x float64) string {
	s := strconv.FormatFloat(x, 'f', 2, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

func hex(c ink) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

func (s *svgPen) path(points []point, close bool) string {
	var d strings.Builder
	last := ""
	for i, p := range points {
		at := short(p.x) + " " + short(p.y)
		if i > 0 && at == last {
			continue
		}
		last = at
		switch i {
		case 0:
			d.WriteString("M" + at)
		case 1:
			d.WriteString("L" + at)
		default:
			d.WriteString(" " + at)
		}
	}
	if close {
		d.WriteString("Z")
	}
	return d.String()
}

func (s *svgPen) fill(c ink, path []point) {
	fmt.Fprintf(&s.body, "<path fill=\"%s\" d=\"%s\"/>\n", hex(c), s.path(path, true))
}

func (s *svgPen) disc(c ink, at point, radius float64) {
	fmt.Fprintf(&s.body, "<circle fill=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>\n", hex(c), short(at.x), short(at.y), short(radius))
}

func (s *svgPen) stroke(c ink, width float64, dashes []float64, path []point) {
	more := ""
	if len(dashes) > 0 {
		var list []string
		for _, d := range dashes {
			list = append(list, short(d))
		}
		more = fmt.Sprintf(" stroke-dasharray=\"%s\"", strings.Join(list, " "))
	}
	fmt.Fprintf(&s.body, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\"%s d=\"%s\"/>\n", hex(c), short(width), more, s.path(path, false))
}

func (s *svgPen) print(c ink, size float64, bold bool, align float64, at point, text string) {
	more := ""
	if bold {
		more += " font-weight=\"bold\""
	}
	switch align {
	case 0.5:
		more += " text-anchor=\"middle\""
	case 1:
		more += " text-anchor=\"end\""
	}
	fmt.Fprintf(&s.body, "<text x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\"%s>", short(at.x), short(at.y), short(size), hex(c), more)
	for _, r := range runs(text) {
		if r.lower != 0 {
			fmt.Fprintf(&s.body, "<tspan font-size=\"%s\" dy=\"%s\">%s</tspan><tspan dy=\"%s\">\u200b</tspan>", short(r.scale*size), short(r.lower*size), html.EscapeString(r.text), short(-r.lower*size))
			continue
		}
		s.body.WriteString(html.EscapeString(r.text))
	}
	s.body.WriteString("</text>\n")
}

func (s *svgPen) writeTo(w io.Writer) error {
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]spt" height="%[2]spt" viewBox="0 0 %[1]s %[2]s" role="img" aria-label="%[3]s" font-family="'Liberation Sans',Arial,Helvetica,sans-serif" xml:space="preserve">
<title>%[3]s</title>
<desc>%[4]s</desc>
%[5]s</svg>
`, short(s.width), short(s.height), html.EscapeString(s.title), html.EscapeString(s.about), s.body.String())
	return err
}
