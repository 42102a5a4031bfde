package model

// atDock lets a truck begin what it does at its plant or, if all docks are in
// use, wait in line. At a hospital, its own truck needs none.
func (w *World) atDock(i int, what phase) {
	t := &w.trucks[i]
	p := &w.plants[t.plant]
	switch {
	case p.cfg.Docks == 0 || t.at != t.plant:
	case p.docked < p.cfg.Docks:
		p.docked++
		t.docked = true
	default:
		t.awaits = what
		p.atDocks = append(p.atDocks, int32(i))
		w.turn(t, docking)
		w.cancel(truckMoved, i)
		return
	}
	w.handle(i, what)
}

// freeDock gives the dock of a truck to the next in line, who begins at this
// instant.
func (w *World) freeDock(t *truck) {
	if !t.docked {
		return
	}
	t.docked = false
	p := &w.plants[t.plant]
	if len(p.atDocks) == 0 {
		p.docked--
		return
	}
	i := int(p.atDocks[0])
	p.atDocks = append(p.atDocks[:0], p.atDocks[1:]...)
	w.trucks[i].docked = true
	w.set(truckMoved, i, w.now)
}

// handle begins the loading or unloading of a truck.
func (w *World) handle(i int, what phase) {
	t := &w.trucks[i]
	w.turn(t, what)
	if d := w.handling(t); d > 0 {
		w.set(truckMoved, i, w.now.Add(d))
		return
	}
	w.handled(i)
}

// handled: the loading or unloading of a truck is over.
func (w *World) handled(i int) {
	switch w.trucks[i].phase {
	case loading:
		w.leave(i)
	case unloading:
		w.unload(i)
	case emptying:
		w.park(i)
	case handingIn:
		w.collect(i)
	}
}
