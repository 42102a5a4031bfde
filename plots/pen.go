package plots

import (
	"image/color"
	"io"
)

// point is a place on a page, in points from its upper left corner.
type point struct{ x, y float64 }

// rect is a part of a page.
type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) width() float64 { return r.x1 - r.x0 }

// overlaps reports whether two parts have more than an edge in common.
func (r rect) overlaps(o rect) bool {
	const touch = 0.01
	return r.x0 < o.x1-touch && o.x0 < r.x1-touch && r.y0 < o.y1-touch && o.y0 < r.y1-touch
}

// contains reports whether another part is within this one.
func (r rect) contains(o rect) bool {
	const touch = 0.01
	return r.x0 <= o.x0+touch && r.y0 <= o.y0+touch && o.x1 <= r.x1+touch && o.y1 <= r.y1+touch
}

// grown returns the part with a margin around it.
func (r rect) grown(by float64) rect { return rect{r.x0 - by, r.y0 - by, r.x1 + by, r.y1 + by} }

// ink is a colour. Bands are opaque tints, which are the same in all formats.
type ink = color.NRGBA

// pen makes marks on a page of one format.
type pen interface {
	// fill fills the inside of a polygon.
	fill(c ink, path []point)
	// disc fills a circle.
	disc(c ink, at point, radius float64)
	// stroke draws along a path; dashes are lengths of what is drawn and of what
	// is not, none for a whole line.
	stroke(c ink, width float64, dashes []float64, path []point)
	// print prints a text whose line begins (0), has its middle (0.5) or ends (1)
	// at a point.
	print(c ink, size float64, bold bool, align float64, at point, text string)
	// writeTo writes the page.
	writeTo(w io.Writer) error
}
