package plots

import (
	"strings"
)

// page is what a figure is drawn on. It remembers where text stands.
type page struct {
	*theme
	pen     pen
	letters *letters
	texts   []printed
}

// printed is a text on a page.
type printed struct {
	text string
	box  rect
}

// look is how a text looks.
type look struct {
	size  float64
	bold  bool
	color ink
	align float64 // 0 for a line that begins at its point, 0.5, 1 for one that ends there
}

// Looks of text.
func (t *theme) plain(align float64) look { return look{size: t.base, color: black, align: align} }
func (t *theme) label(align float64) look { return look{size: t.small, color: grey, align: align} }
func (t *theme) strong(c ink, align float64) look {
	return look{size: t.small, bold: true, color: c, align: align}
}

// text prints a text on a line.
func (p *page) text(x, y float64, s string, l look) {
	if s == "" {
		return
	}
	p.texts = append(p.texts, printed{s, p.box(x, y, s, l)})
	p.pen.print(l.color, l.size, l.bold, l.align, point{x, y}, s)
}

// middle prints a text whose capitals have their middle at a height.
func (p *page) middle(x, y float64, s string, l look) { p.text(x, y+capital/2*l.size, s, l) }

// width returns how wide a text is.
func (p *page) widthOf(s string, l look) float64 { return p.letters.width(s, l.size, l.bold) }

// box returns the part of the page that a text takes.
func (p *page) box(x, y float64, s string, l look) rect {
	w := p.widthOf(s, l)
	return rect{x - l.align*w, y - ascent*l.size, x + (1-l.align)*w, y + descent*l.size}
}

// wrap breaks a text into lines of at most a width, at spaces; a word that is
// wider is broken where it must be.
func (p *page) wrap(s string, width float64, l look) (lines []string) {
	line := ""
	for _, word := range strings.Fields(strings.ReplaceAll(s, "\u00a0", "\u0001")) {
		word = strings.ReplaceAll(word, "\u0001", "\u00a0")
		if line != "" && p.widthOf(line+" "+word, l) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for p.widthOf(word, l) > width && len([]rune(word)) > 1 {
			letters := []rune(word)
			n := len(letters) - 1
			for n > 1 && p.widthOf(string(letters[:n]), l) > width {
				n--
			}
			lines, word = append(lines, string(letters[:n])), string(letters[n:])
		}
		line = word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// fit returns a text that is cut so that it is at most so wide.
func (p *page) fit(s string, width float64, l look) string {
	if p.widthOf(s, l) <= width {
		return s
	}
	letters := []rune(s)
	for n := len(letters) - 1; n > 0; n-- {
		if cut := strings.TrimRight(string(letters[:n]), " ,:·-(") + "…"; p.widthOf(cut, l) <= width {
			return cut
		}
	}
	return ""
}

// widest returns the width of the widest of some texts.
func (p *page) widest(l look, texts ...string) (most float64) {
	for _, s := range texts {
		most = max(most, p.widthOf(s, l))
	}
	return most
}

func (p *page) line(c ink, width float64, path ...point) { p.pen.stroke(c, width, nil, path) }

func (p *page) dashed(c ink, width float64, path ...point) {
	p.pen.stroke(c, width, []float64{4 * width, 2.5 * width}, path)
}

func (p *page) area(c ink, path ...point) { p.pen.fill(c, path) }

func (p *page) block(c ink, r rect) {
	p.pen.fill(c, []point{{r.x0, r.y0}, {r.x1, r.y0}, {r.x1, r.y1}, {r.x0, r.y1}})
}

// dot draws a disc with a white rim.
func (p *page) dot(c ink, x, y, radius float64) {
	p.pen.disc(white, point{x, y}, radius+0.5*p.theme.line)
	p.pen.disc(c, point{x, y}, radius)
}

// key is an entry of a legend.
type key struct {
	color ink
	what  string
	line  bool // it is a line, not an area
	dash  bool // a dashed one
	mark  shape
}

// legend prints the keys from a place on, in as many lines as are needed, and
// returns the height they take. Without a pen it only measures.
func (p *page) legend(x, y, width float64, draw bool, keys ...key) float64 {
	l := look{size: p.small, color: grey}
	row := 1.45 * p.small
	square := 0.8 * p.small
	at, line := x, 0.0
	for _, k := range keys {
		w := square + 0.4*p.small + p.widthOf(k.what, l)
		if at > x && at+w > x+width {
			at, line = x, line+1
		}
		if draw {
			mid := y + (line+0.5)*row
			switch {
			case k.dash:
				const dash = 0.4 // of the square: two of them, whatever the width of the line
				p.line(k.color, 0.8*p.theme.line, point{at, mid}, point{at + dash*square, mid})
				p.line(k.color, 0.8*p.theme.line, point{at + (1-dash)*square, mid}, point{at + square, mid})
			case k.mark != noShape:
				p.mark(k.mark, k.color, at+square/2, mid, 0.42*square)
			case k.line:
				p.line(k.color, 1.3*p.theme.line, point{at, mid}, point{at + square, mid})
			default:
				p.block(k.color, rect{at, mid - square/2, at + square, mid + square/2})
			}
			p.middle(at+square+0.4*p.small, mid, k.what, l)
		}
		at += w + 1.4*p.small
	}
	return (line + 1) * row
}
