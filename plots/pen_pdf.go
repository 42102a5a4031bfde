package plots

import (
	"io"
	"time"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"
)

// pdfPen writes PDF: text as text, of which it holds the letters, so that it can
// be searched and copied.
type pdfPen struct {
	letters *letters
	doc     *fpdf.Fpdf
}

func newPDF(l *letters, width, height float64, title string) *pdfPen {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: width, Ht: height}})
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.SetCatalogSort(true)
	doc.SetCreationDate(time.Unix(0, 0).UTC()) // the same bytes whenever it is drawn
	doc.SetModificationDate(time.Unix(0, 0).UTC())
	doc.SetTitle(title, true)
	doc.AddUTF8FontFromBytes("sans", "", liberationsansregular.TTF)
	doc.AddUTF8FontFromBytes("sans", "B", liberationsansbold.TTF)
	doc.AddPage()
	doc.SetLineJoinStyle("round")
	return &pdfPen{l, doc}
}

func (p *pdfPen) trace(path []point) {
	for i, q := range path {
		if i == 0 {
			p.doc.MoveTo(q.x, q.y)
		} else {
			p.doc.LineTo(q.x, q.y)
		}
	}
}

func (p *pdfPen) fill(c ink, path []point) {
	p.doc.SetFillColor(int(c.R), int(c.G), int(c.B))
	p.trace(path)
	p.doc.ClosePath()
	p.doc.DrawPath("F")
}

func (p *pdfPen) disc(c ink, at point, radius float64) {
	p.doc.SetFillColor(int(c.R), int(c.G), int(c.B))
	p.doc.Circle(at.x, at.y, radius, "F")
}

func (p *pdfPen) stroke(c ink, width float64, dashes []float64, path []point) {
	p.doc.SetDrawColor(int(c.R), int(c.G), int(c.B))
	p.doc.SetLineWidth(width)
	p.doc.SetDashPattern(dashes, 0)
	p.trace(path)
	p.doc.DrawPath("D")
}

func (p *pdfPen) print(c ink, size float64, bold bool, align float64, at point, text string) {
	p.doc.SetTextColor(int(c.R), int(c.G), int(c.B))
	style := ""
	if bold {
		style = "B"
	}
	x := at.x - align*p.letters.width(text, size, bold)
	for _, r := range runs(text) {
		p.doc.SetFont("sans", style, size*r.scale)
		p.doc.Text(x, at.y+r.lower*size, r.text)
		x += p.letters.width(r.text, size*r.scale, bold)
	}
}

func (p *pdfPen) writeTo(w io.Writer) error { return p.doc.Output(w) }
