package model

import "oxysim/sim"

// blocks are the hours of load-shedding of a day, drawn for the day.
type blocks struct {
	cfg  *Blocks
	off  []bool  // whether there is no power, by block of the day
	draw []int32 // blocks of the day; those drawn come first
	day  int     // for which they were drawn, or None
}

func makeBlocks(c *Blocks) blocks {
	if c == nil {
		return blocks{}
	}
	n := int(sim.Day / c.Length)
	return blocks{cfg: c, off: make([]bool, n), draw: make([]int32, n), day: None}
}

// shed reports whether a grid is within a block without power now, and until
// when it is or is not so, at most until midnight.
func (w *World) shed(g *grid) (off bool, until sim.Time) {
	b := &g.blocks
	if b.day != w.now.Day() {
		w.drawBlocks(g, w.now.Day())
	}
	now := int(w.now.OfDay() / b.cfg.Length)
	next := now + 1
	for next < len(b.off) && b.off[next] == b.off[now] {
		next++
	}
	midnight := w.now.Add(-w.now.OfDay())
	return b.off[now], midnight.Add(sim.Span(next) * b.cfg.Length)
}

// drawBlocks draws which blocks of a day are without power. Their number is
// the mean number plus a uniform number of the day, rounded down, so that its
// mean is as stated; which they are is the beginning of a random order of the
// day's blocks. So more hours without power a day add to those there were.
func (w *World) drawBlocks(g *grid, day int) {
	b := &g.blocks
	b.day = day
	s := w.stream(g.names.blocks).Sub(uint64(day))
	n := len(b.off)
	mean := b.cfg.HoursOff / b.cfg.Length.Hours()
	count := min(int(mean+s.Float64At(0)), n)
	clear(b.off)
	for k := range b.draw {
		b.draw[k] = int32(k)
	}
	for k := range count {
		pick := k + int(s.Float64At(uint64(k+1))*float64(n-k))
		b.draw[k], b.draw[pick] = b.draw[pick], b.draw[k]
		b.off[b.draw[k]] = true
	}
}
