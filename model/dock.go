package model

// takeDock gives a truck a dock at its plant, and reports whether one was free;
// if not, the truck waits in line. A hospital's own truck at home needs none.
func (w *World) takeDock(i int) bool {
	t := &w.trucks[i]
	p := &w.plants[t.plant]
	if p.cfg.Docks == 0 || int(t.at) != int(t.plant) || t.docked {
		return true
	}
	if p.docked < p.cfg.Docks {
		p.docked++
		t.docked = true
		return true
	}
	t.phase = docking
	p.atDocks = append(p.atDocks, int32(i))
	w.cancel(truckMoved, i)
	return false
}

// freeDock gives the dock of a truck to the next in line.
func (w *World) freeDock(t *truck) {
	if !t.docked {
		return
	}
	t.docked = false
	p := &w.plants[t.plant]
	p.docked--
	if len(p.atDocks) == 0 {
		return
	}
	i := int(p.atDocks[0])
	p.atDocks = append(p.atDocks[:0], p.atDocks[1:]...)
	p.docked++
	other := &w.trucks[i]
	other.docked = true
	switch {
	case len(other.stops) > 0 && int(other.next) < len(other.stops) && other.fetches(w):
		w.arriveToFetch(i)
	case len(other.stops) > 0 && other.next == 0:
		w.loadUp(i)
	default:
		w.arriveHome(i)
	}
}
