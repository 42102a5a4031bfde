package plots

import (
	"math"
	"slices"
)

// separate moves discs apart that overlap, each as little as it can, and keeps
// them within bounds. Discs on one spot leave it in all directions.
func separate(at []point, radius []float64, within rect) []point {
	out := append([]point(nil), at...)
	const golden = 2.399963229728653 // an angle that never comes back to where it was
	for i := range out {
		for j := range i {
			if out[i] == out[j] {
				a := golden * float64(i)
				out[i].x += 0.3 * math.Cos(a)
				out[i].y += 0.3 * math.Sin(a)
			}
		}
	}
	const rounds, gap = 400, 0.8
	for range rounds {
		moved := false
		for i := range out {
			for j := range i {
				dx, dy := out[i].x-out[j].x, out[i].y-out[j].y
				d := math.Hypot(dx, dy)
				want := radius[i] + radius[j] + gap
				if d >= want {
					continue
				}
				if d < 1e-9 {
					dx, dy, d = 1, 0, 1
				}
				push := (want - d) / 2 / d * 1.02
				out[i].x, out[i].y = out[i].x+dx*push, out[i].y+dy*push
				out[j].x, out[j].y = out[j].x-dx*push, out[j].y-dy*push
				moved = true
			}
		}
		for i := range out {
			out[i].x = min(max(out[i].x, within.x0+radius[i]), within.x1-radius[i])
			out[i].y = min(max(out[i].y, within.y0+radius[i]), within.y1-radius[i])
		}
		if !moved {
			break
		}
	}
	return out
}

// labeller finds room for labels beside discs.
type labeller struct {
	within rect
	discs  []rect
	texts  []rect
	avoid  []rect     // on which no text is to stand; leaders may cross them
	roads  [][2]point // on which a text stands only if there is no room beside its disc elsewhere
	leads  [][2]point
}

// free reports whether a part is on the page and free of discs, texts and
// leaders.
func (l *labeller) free(r rect) bool {
	if !l.within.contains(r) {
		return false
	}
	for _, o := range l.discs {
		if r.overlaps(o) {
			return false
		}
	}
	for _, o := range l.avoid {
		if r.overlaps(o) {
			return false
		}
	}
	for _, o := range l.texts {
		if r.overlaps(o.grown(0.6)) {
			return false
		}
	}
	for _, s := range l.leads {
		if crosses(r, s[0], s[1]) {
			return false
		}
	}
	return true
}

// onRoad reports whether a part lies on a road.
func (l *labeller) onRoad(r rect) bool {
	return slices.ContainsFunc(l.roads, func(s [2]point) bool { return crosses(r, s[0], s[1]) })
}

// crosses reports whether a line from a to b meets a part.
func crosses(r rect, a, b point) bool {
	from, to := 0.0, 1.0 // the share of the line that is within the part
	for _, side := range [][2]float64{{a.x - b.x, a.x - r.x0}, {b.x - a.x, r.x1 - a.x}, {a.y - b.y, a.y - r.y0}, {b.y - a.y, r.y1 - a.y}} {
		switch way, room := side[0], side[1]; {
		case way == 0 && room <= 0:
			return false
		case way < 0:
			from = max(from, room/way)
		case way > 0:
			to = min(to, room/way)
		}
	}
	return from < to
}

// place finds room for a label of a size beside a disc: at its side if there is
// any, else as near as possible with a leader. It reports whether there was room,
// and where the leader ends, if there is one.
func (l *labeller) place(at point, radius, width, height float64) (box rect, lead *point, ok bool) {
	if box, ok = l.placeNear(at, radius, width, height); ok {
		return box, nil, true
	}
	const directions = 36
	for _, far := range []float64{7, 11, 16, 22, 29, 37, 46, 56, 67, 80, 95, 112, 130, 150} {
		for k := range directions {
			a := 2 * math.Pi / directions * float64((k+1)/2)
			if k%2 == 1 {
				a = -a
			}
			d := point{math.Cos(a), math.Sin(a)}
			r := beside(at, d, radius+far, width, height)
			end := point{min(max(at.x, r.x0), r.x1), min(max(at.y, r.y0), r.y1)}
			if l.free(r) && l.clear(at, end) {
				l.texts = append(l.texts, r)
				l.leads = append(l.leads, [2]point{at, end})
				return r, &end, true
			}
		}
	}
	return rect{}, nil, false
}

// placeNear finds room for a label at the side of a disc, off the roads if it can.
func (l *labeller) placeNear(at point, radius, width, height float64) (box rect, ok bool) {
	near := []point{{1, 0}, {-1, 0}, {0.75, -0.75}, {0.75, 0.75}, {-0.75, -0.75}, {-0.75, 0.75}, {0, -1}, {0, 1}}
	const air = 1.6
	for _, onRoads := range []bool{false, true} {
		for _, d := range near {
			r := beside(at, d, radius+air, width, height)
			if l.free(r) && (onRoads || !l.onRoad(r)) {
				l.texts = append(l.texts, r)
				return r, true
			}
		}
	}
	return rect{}, false
}

// clear reports whether a leader would cross no text, no other disc and no leader.
func (l *labeller) clear(a, b point) bool {
	for _, o := range l.texts {
		if crosses(o, a, b) {
			return false
		}
	}
	for _, o := range l.discs {
		if own := o.x0 < a.x && a.x < o.x1 && o.y0 < a.y && a.y < o.y1; !own && crosses(o, a, b) {
			return false
		}
	}
	for _, s := range l.leads {
		if meet(a, b, s[0], s[1]) {
			return false
		}
	}
	return true
}

// meet reports whether two lines cross.
func meet(a, b, c, d point) bool {
	side := func(p, q, r point) float64 { return (q.x-p.x)*(r.y-p.y) - (q.y-p.y)*(r.x-p.x) }
	return side(a, b, c)*side(a, b, d) < 0 && side(c, d, a)*side(c, d, b) < 0
}

// beside returns the box of a label in a direction from a point.
func beside(at, d point, far, width, height float64) rect {
	x, y := at.x+d.x*far, at.y+d.y*far
	switch {
	case d.x > 0.3:
	case d.x < -0.3:
		x -= width
	default:
		x -= width / 2
	}
	switch {
	case d.y > 0.9:
	case d.y < -0.9:
		y -= height
	default:
		y -= height / 2
	}
	return rect{x, y, x + width, y + height}
}
