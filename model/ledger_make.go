package model

import "oxysim/sim"

// makeLedger makes the piles, one for each stage, owner and type, and puts the
// cylinders where they are at the start.
func (w *World) makeLedger() {
	l := &w.first
	l.types = len(w.cfg.Types)
	cylinders := 0
	for i := range w.cfg.Plants {
		cylinders += sum(w.cfg.Plants[i].Full) + sum(w.cfg.Plants[i].Empty)
	}
	couriers, coming := false, 0
	for i := range w.lines {
		c := w.lines[i].cfg
		cylinders += c.Full + c.Empty + c.InUse
		for _, x := range c.Coming {
			cylinders += x.Count
		}
		coming += len(c.Coming)
		couriers = couriers || w.lines[i].couriers()
	}
	for i := range w.trucks {
		cylinders += w.trucks[i].cfg.Away.aboard()
	}
	parcels := coming
	if couriers {
		parcels = cylinders
	}
	w.parcels.all = make([]parcel, parcels)
	w.parcels.free = make([]int32, 0, parcels)
	plants, lines := len(w.plants), len(w.hospitals)
	owners := [stages]int{
		EmptyAtPlant: plants, Filling: len(w.positions), Inspecting: plants, FullAtPlant: plants,
		FullOnTruck: len(w.trucks), FullInParcel: parcels,
		FullAtHospital: lines, InUse: lines, EmptyAtHospital: lines,
		EmptyOnTruck: len(w.trucks), EmptyInParcel: parcels,
		AtTest: plants, Missing: 1, Condemned: 1,
	}
	piles := 0
	for s := range stages {
		piles += owners[s] * l.types
	}
	l.piles = make([]pile, 0, piles)
	l.cylinders, l.typeOf = make([]cylinder, 0, cylinders), make([]uint8, 0, cylinders)
	for s := range stages {
		l.base[s] = pileID(len(l.piles))
		for range owners[s] * l.types {
			l.piles = append(l.piles, pile{id: pileID(len(l.piles)), head: noCylinder, tail: noCylinder})
		}
	}
	w.namePiles()
	for t := range l.types {
		for i := range w.plants {
			c := &w.cfg.Plants[i]
			w.put(of(c.Full, t), l.at(FullAtPlant, i, t), t, w.content[t], c.Name, "full")
			w.put(of(c.Empty, t), l.at(EmptyAtPlant, i, t), t, w.residual[t], c.Name, "empty")
		}
		for i := range w.lines {
			if k := &w.lines[i]; int(k.typ) == t {
				name := w.cfg.Hospitals[k.hospital].Name
				w.put(k.cfg.InUse, w.inUseAt(i), t, w.content[t], name, "in use")
				w.put(k.cfg.Full, k.full, t, w.content[t], name, "full")
				w.put(k.cfg.Empty, k.empty, t, w.residual[t], name, "empty")
			}
		}
	}
	w.putUnderWay()
	for i := range l.piles {
		l.piles[i].came = 0
	}
	w.user = make([]int32, len(l.cylinders))
	w.tested = make([]sim.Time, len(l.cylinders))
	w.lostAt = make([]sim.Time, len(l.cylinders))
	w.ledger.copyFrom(l)
}

func sum(xs []int) (n int) {
	for _, x := range xs {
		n += x
	}
	return n
}

// namePiles tells everybody which piles are theirs.
func (w *World) namePiles() {
	l := &w.first
	for t := range w.cfg.Types {
		c := &w.cfg.Types[t]
		w.content = append(w.content, c.Content)
		w.residual = append(w.residual, c.Content-c.Content.Share(c.Usable))
		w.leaks, w.tests = w.leaks || c.Leak > 0, w.tests || c.TestEvery > 0
	}
	for i := range w.plants {
		p := &w.plants[i]
		p.empty, p.full = l.at(EmptyAtPlant, i, 0), l.at(FullAtPlant, i, 0)
		p.test, p.inspect = l.at(AtTest, i, 0), l.at(Inspecting, i, 0)
	}
	for i := range w.positions {
		w.positions[i].pile = l.at(Filling, i, 0)
	}
	for i := range w.lines {
		k := &w.lines[i]
		h, t := int(k.hospital), int(k.typ)
		k.residual = w.residual[t]
		k.full, k.use, k.empty = l.at(FullAtHospital, h, t), l.at(InUse, h, t), l.at(EmptyAtHospital, h, t)
	}
	for i := range w.trucks {
		w.trucks[i].full, w.trucks[i].empty = l.at(FullOnTruck, i, 0), l.at(EmptyOnTruck, i, 0)
	}
}

// of returns the number of a type in a list by type, which may be short.
func of(numbers []int, typ int) int {
	if typ < len(numbers) {
		return numbers[typ]
	}
	return 0
}

// put makes n cylinders in a pile of an owner.
func (w *World) put(n int, p pileID, typ int, gas Gas, owner, as string) {
	l := &w.first
	w.makeBrood(owner, as, typ, cylinderID(len(l.cylinders)), n)
	for range n {
		c := cylinderID(len(l.cylinders))
		l.cylinders = append(l.cylinders, cylinder{gas: gas, since: sim.Time(w.cfg.At), next: noCylinder, pile: p})
		l.typeOf = append(l.typeOf, uint8(typ))
		l.append(&l.piles[p], sim.Time(w.cfg.At), c, c, 1)
		l.gas[gasInitial] += gas
	}
}

// end returns the pile after the last of a stage.
func (l *ledger) end(s Stage) pileID {
	if s+1 == stages {
		return pileID(len(l.piles))
	}
	return l.base[s+1]
}

// copyFrom makes a ledger equal to another. What never changes is shared.
func (l *ledger) copyFrom(o *ledger) {
	l.types, l.base, l.typeOf, l.gas = o.types, o.base, o.typeOf, o.gas
	l.piles = append(l.piles[:0], o.piles...)
	l.cylinders = append(l.cylinders[:0], o.cylinders...)
}
