package plots

import (
	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// letters are the two fonts of all figures, with what has been looked up in
// them. They belong to one page.
type letters struct {
	fonts  [2]*sfnt.Font // regular, bold
	widths [2]map[rune]float64
	buffer sfnt.Buffer
}

func newLetters() *letters {
	l := &letters{}
	for i, ttf := range [][]byte{liberationsansregular.TTF, liberationsansbold.TTF} {
		f, err := sfnt.Parse(ttf)
		if err != nil {
			panic(err) // it is embedded
		}
		l.fonts[i], l.widths[i] = f, map[rune]float64{}
	}
	return l
}

// Heights of letters, as shares of the size: Liberation Sans's own.
const (
	ascent  = 0.74 // of the tallest
	descent = 0.21 // below the line
	capital = 0.69 // of capitals and digits
)

func face(bold bool) int {
	if bold {
		return 1
	}
	return 0
}

// width returns how wide a text is in a size.
func (l *letters) width(s string, size float64, bold bool) (sum float64) {
	for _, r := range runs(s) {
		for _, c := range r.text {
			sum += l.advance(c, face(bold)) * r.scale
		}
	}
	return sum * size
}

// advance returns the width of a letter as a share of the size. A letter that is
// not in the font is as wide as the box that stands for it.
func (l *letters) advance(c rune, f int) float64 {
	if w, ok := l.widths[f][c]; ok {
		return w
	}
	const em = 2048 // units of the font in its size
	i, err := l.fonts[f].GlyphIndex(&l.buffer, c)
	w := 0.75
	if err == nil {
		if a, err := l.fonts[f].GlyphAdvance(&l.buffer, i, fixed.I(em), font.HintingNone); err == nil {
			w = float64(a) / 64 / em
		}
	}
	l.widths[f][c] = w
	return w
}

// A run is a part of a text in one size.
type run struct {
	text  string
	scale float64 // of its size to that of the text
	lower float64 // how far below the line, as a share of the size
}

// runs cuts a text at its lowered digits, which are drawn as small digits below
// the line: those of the font stand too far apart.
func runs(s string) (list []run) {
	var text []rune
	low := false
	end := func() {
		if len(text) > 0 {
			r := run{string(text), 1, 0}
			if low {
				r.scale, r.lower = 0.65, 0.14
			}
			list = append(list, r)
		}
		text = text[:0]
	}
	for _, c := range s {
		if is := c >= '₀' && c <= '₉'; is != low {
			end()
			low = is
		}
		if low {
			c += '0' - '₀'
		}
		text = append(text, c)
	}
	end()
	return list
}

// outline calls move, line, quad and cube along the outline of a text that
// begins at a point, with y downwards.
func (l *letters) outline(s string, x, y, size float64, bold bool, o outliner) {
	f := face(bold)
	for _, r := range runs(s) {
		em := size * r.scale
		for _, c := range r.text {
			l.glyph(c, f, x, y+r.lower*size, em, o)
			x += l.advance(c, f) * em
		}
	}
}

// outliner is told an outline.
type outliner interface {
	move(p point)
	line(p point)
	curve(p1, p2, p3 point)
	close()
}

func (l *letters) glyph(c rune, f int, x, y, em float64, o outliner) {
	const scale = 1024 // at which it is read: finer than the eye
	i, err := l.fonts[f].GlyphIndex(&l.buffer, c)
	if err != nil {
		return
	}
	segments, err := l.fonts[f].LoadGlyph(&l.buffer, i, fixed.I(scale), nil)
	if err != nil {
		return
	}
	at := func(p fixed.Point26_6) point {
		return point{x + float64(p.X)/64/scale*em, y + float64(p.Y)/64/scale*em}
	}
	var now point
	begun := false
	for _, g := range segments {
		switch g.Op {
		case sfnt.SegmentOpMoveTo:
			if begun {
				o.close()
			}
			begun = true
			now = at(g.Args[0])
			o.move(now)
		case sfnt.SegmentOpLineTo:
			now = at(g.Args[0])
			o.line(now)
		case sfnt.SegmentOpQuadTo: // as a cubic curve
			q, end := at(g.Args[0]), at(g.Args[1])
			o.curve(point{now.x + 2*(q.x-now.x)/3, now.y + 2*(q.y-now.y)/3}, point{end.x + 2*(q.x-end.x)/3, end.y + 2*(q.y-end.y)/3}, end)
			now = end
		case sfnt.SegmentOpCubeTo:
			now = at(g.Args[2])
			o.curve(at(g.Args[0]), at(g.Args[1]), now)
		}
	}
	if begun {
		o.close()
	}
}
