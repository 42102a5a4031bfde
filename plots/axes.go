package plots

import "math"

// under draws an axis below a part of the page, with its ticks, and lines across
// the part at them; it returns where the axis ends.
func (p *page) under(r rect, s scale, ticks []tick, grid bool, title string) (bottom float64) {
	l := p.label(0.5)
	for _, t := range ticks {
		x := s.at(t.x)
		if grid {
			p.line(hairline, p.hair, point{x, r.y0}, point{x, r.y1})
		}
		p.line(pale, p.hair, point{x, r.y1}, point{x, r.y1 + 0.35*p.small})
	}
	p.line(pale, p.hair, point{r.x0, r.y1}, point{r.x1, r.y1})
	y := r.y1 + 0.35*p.small + 0.95*l.size
	end := 0.0
	for _, t := range ticks {
		w := p.widthOf(t.what, l)
		x := min(max(s.at(t.x), p.margin+w/2), p.width-p.margin-w/2) // within the page
		if x-w/2 < end {
			continue
		}
		end = x + w/2 + 0.5*p.small
		p.text(x, y, t.what, l)
	}
	y += descent * l.size
	if title != "" {
		y += 1.25 * p.small
		p.text((r.x0+r.x1)/2, y-0.1*p.small, title, l)
		y += descent * l.size
	}
	return y
}

// beside draws lines across a part of the page at ticks, with their texts to its
// left.
func (p *page) beside(r rect, s scale, ticks []tick) {
	l := p.label(1)
	for _, t := range ticks {
		y := s.at(t.x)
		p.line(hairline, p.hair, point{r.x0, y}, point{r.x1, y})
		p.middle(r.x0-0.5*p.small, y, t.what, l)
	}
}

// across returns the ticks of a scale along the page: as many as leave room between
// their texts, and more than one, if that can be.
func (p *page) across(s scale) (list []tick) {
	l := p.label(0.5)
	for most := 9; most >= 3; most-- {
		list = s.ticks(most)
		room := len(list) > 1
		for i := 1; i < len(list); i++ {
			room = room && math.Abs(s.at(list[i].x)-s.at(list[i-1].x)) >= (p.widthOf(list[i].what, l)+p.widthOf(list[i-1].what, l))/2+p.small
		}
		if room {
			return list
		}
	}
	for most := 3; most <= 9; most++ { // not all have room for their texts
		if list = s.ticks(most); len(list) > 1 {
			break
		}
	}
	return list
}

// room returns how wide the texts of ticks to the left of a part are.
func (p *page) room(ticks []tick) (most float64) {
	for _, t := range ticks {
		most = max(most, p.widthOf(t.what, p.label(1)))
	}
	return most + 0.9*p.small
}

// rows returns the size of names and the height of rows of a figure with so many,
// so that eighty fit on a sheet of A4.
func (p *page) rows(n int) (size, height float64) {
	switch {
	case n <= 30:
		return p.base, 1.75 * p.base
	case n <= 60:
		return p.small, 1.35 * p.small
	}
	size = min(p.small, 6.5)
	return size, 1.25 * size
}

// spread moves heights apart, so that each is at least so far from the next,
// within two bounds if there is room; they stay in their order.
func spread(y []float64, apart, lo, hi float64) []float64 {
	n := len(y)
	out := append([]float64(nil), y...)
	if n == 0 {
		return out
	}
	if float64(n-1)*apart > hi-lo {
		hi = lo + float64(n-1)*apart
	}
	out[0] = max(out[0], lo)
	for i := 1; i < n; i++ {
		out[i] = max(out[i], out[i-1]+apart)
	}
	for i := n - 1; i >= 0; i-- {
		most := hi - float64(n-1-i)*apart
		if i < n-1 {
			most = min(most, out[i+1]-apart)
		}
		if out[i] > most {
			out[i] = most
		}
	}
	// What was pushed down and could be nearer to its place goes back up.
	for i := range out {
		least := lo + float64(i)*apart
		if i > 0 {
			least = out[i-1] + apart
		}
		if out[i] > y[i] {
			out[i] = max(y[i], least)
		}
	}
	return out
}
