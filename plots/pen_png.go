package plots

import (
	"io"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// pngDots is how many dots a PNG has per inch.
const pngDots = 240

// pngPen draws an image, letters as outlines.
type pngPen struct {
	letters *letters
	canvas  *vgimg.Canvas
	height  float64
}

func newPNG(l *letters, width, height float64) *pngPen {
	return &pngPen{l, vgimg.NewWith(vgimg.UseWH(vg.Length(width), vg.Length(height)), vgimg.UseDPI(pngDots)), height}
}

// at turns a point over: vg counts from the lower left corner.
func (p *pngPen) at(q point) vg.Point {
	return vg.Point{X: vg.Length(q.x), Y: vg.Length(p.height - q.y)}
}

func (p *pngPen) path(points []point) (path vg.Path) {
	for i, q := range points {
		if i == 0 {
			path.Move(p.at(q))
		} else {
			path.Line(p.at(q))
		}
	}
	return path
}

func (p *pngPen) fill(c ink, path []point) {
	p.canvas.SetColor(c)
	outline := p.path(path)
	outline.Close()
	p.canvas.Fill(outline)
}

func (p *pngPen) disc(c ink, at point, radius float64) {
	const whole = 6.283185307179586
	var path vg.Path
	path.Move(p.at(point{at.x + radius, at.y}))
	path.Arc(p.at(at), vg.Length(radius), 0, whole)
	path.Close()
	p.canvas.SetColor(c)
	p.canvas.Fill(path)
}

func (p *pngPen) stroke(c ink, width float64, dashes []float64, path []point) {
	var lengths []vg.Length
	for _, d := range dashes {
		lengths = append(lengths, vg.Length(d))
	}
	p.canvas.SetColor(c)
	p.canvas.SetLineWidth(vg.Length(width))
	p.canvas.SetLineDash(lengths, 0)
	p.canvas.Stroke(p.path(path))
}

func (p *pngPen) print(c ink, size float64, bold bool, align float64, at point, text string) {
	o := &vgOutline{page: p}
	p.letters.outline(text, at.x-align*p.letters.width(text, size, bold), at.y, size, bold, o)
	p.canvas.SetColor(c)
	p.canvas.Fill(o.path)
}

// vgOutline is an outline for vg.
type vgOutline struct {
	page *pngPen
	path vg.Path
}

func (o *vgOutline) move(p point) { o.path.Move(o.page.at(p)) }
func (o *vgOutline) line(p point) { o.path.Line(o.page.at(p)) }
func (o *vgOutline) curve(p1, p2, p3 point) {
	o.path.CubeTo(o.page.at(p1), o.page.at(p2), o.page.at(p3))
}
func (o *vgOutline) close() { o.path.Close() }

func (p *pngPen) writeTo(w io.Writer) error {
	_, err := vgimg.PngCanvas{Canvas: p.canvas}.WriteTo(w)
	return err
}
