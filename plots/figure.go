package plots

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"oxysim/study"
)

// Figure is an answer that can be drawn.
type Figure interface {
	// Title states what was found.
	Title() string
	// Subtitle says what is shown.
	Subtitle() string
	// Data returns the table behind the figure, its head first.
	Data() [][]string
	// draw draws the figure on a page from a height on, and returns where it ends.
	draw(p *page, top float64) (bottom float64)
}

// Style says how a figure is drawn.
type Style struct {
	Format string // svg, png or pdf
	Width  Width
	Origin Origin
}

// Formats are the ones in which figures can be drawn.
var Formats = []string{"svg", "png", "pdf"}

// Origin is what a figure is drawn from.
type Origin struct {
	Subject      *study.Subject
	Replications string // such as "400 replications"
	Command      string // that draws it again
}

// String begins with the scenario's title: it says what is invented where a map has
// the names of real places.
func (o Origin) String() string {
	s := o.Subject
	var parts []string
	if s.File.Title != "" {
		parts = append(parts, s.File.Title)
	}
	parts = append(parts, fmt.Sprintf("scenario\u00a0%s\u00a0%.8s", s.Name, s.Digest), fmt.Sprintf("seed\u00a0%d", s.Seed), strings.ReplaceAll(o.Replications, " ", "\u00a0"))
	return strings.Join(parts, " · ")
}

// Draw draws a figure.
func Draw(w io.Writer, f Figure, s Style) error {
	p, height := sheet(f, s)
	var pen pen
	width := p.width
	switch s.Format {
	case "svg":
		pen = &svgPen{letters: p.letters, width: width, height: height, title: f.Title(), about: f.Subtitle() + " " + s.Origin.String() + "."}
	case "png":
		pen = newPNG(p.letters, width, height)
		pen.fill(white, []point{{0, 0}, {width, 0}, {width, height}, {0, height}})
	case "pdf":
		pen = newPDF(p.letters, width, height, f.Title())
	default:
		return fmt.Errorf("want one of %s, not %q", strings.Join(Formats, ", "), s.Format)
	}
	for _, mark := range p.pen.(*recorder).marks {
		mark(pen)
	}
	return pen.writeTo(w)
}

// sheet draws a figure on a page whose height is known when it is done.
func sheet(f Figure, s Style) (*page, float64) {
	p := &page{theme: themeOf(s.Width), pen: &recorder{}, letters: newLetters()}
	left, width := p.margin, p.width-2*p.margin
	y := p.margin
	title := look{size: p.title, bold: true, color: black}
	for _, line := range p.wrap(f.Title(), width, title) {
		y += 1.18 * p.title
		p.text(left, y-0.18*p.title, line, title)
	}
	y += 0.25 * p.title
	subtitle := look{size: p.base, color: grey}
	for _, line := range p.wrap(f.Subtitle(), width, subtitle) {
		y += 1.22 * p.base
		p.text(left, y-0.22*p.base, line, subtitle)
	}
	y = f.draw(p, y+0.7*p.base)
	foot := look{size: p.foot, color: pale}
	y += 0.9 * p.foot
	if one, ok := f.(interface{ replications() string }); ok {
		s.Origin.Replications = one.replications()
	}
	for _, s := range []string{s.Origin.String(), s.Origin.Command} {
		for _, line := range p.wrap(s, width, foot) {
			y += 1.25 * p.foot
			p.text(left, y-0.25*p.foot, line, foot)
		}
	}
	return p, y + p.margin*0.8
}

// recorder keeps marks until it is known how high the page is.
type recorder struct{ marks []func(pen) }

func (r *recorder) fill(c ink, path []point) {
	r.marks = append(r.marks, func(p pen) { p.fill(c, path) })
}

func (r *recorder) disc(c ink, at point, radius float64) {
	r.marks = append(r.marks, func(p pen) { p.disc(c, at, radius) })
}

func (r *recorder) stroke(c ink, width float64, dashes []float64, path []point) {
	r.marks = append(r.marks, func(p pen) { p.stroke(c, width, dashes, path) })
}

func (r *recorder) print(c ink, size float64, bold bool, align float64, at point, text string) {
	r.marks = append(r.marks, func(p pen) { p.print(c, size, bold, align, at, text) })
}

func (r *recorder) writeTo(io.Writer) error { return nil }

// WriteData writes the table behind a figure as CSV.
func WriteData(w io.Writer, f Figure) error {
	out := csv.NewWriter(w)
	if err := out.WriteAll(f.Data()); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}
