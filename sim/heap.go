package sim

// Heap holds many instants behind one slot of a calendar: the departures of a
// ward's patients, the arrivals of a vendor's parcels. Entries come out in the
// order of time and, at one instant, of their id. The zero value is empty; it
// grows as needed and keeps its room when cleared.
type Heap struct {
	entries []entry
}

type entry struct {
	at Time
	id int32
}

func (a entry) before(b entry) bool {
	return a.at < b.at || a.at == b.at && a.id < b.id
}

// Len returns the number of entries.
func (h *Heap) Len() int { return len(h.entries) }

// Clear removes all entries and keeps the room.
func (h *Heap) Clear() { h.entries = h.entries[:0] }

// Grow makes room for n entries in all.
func (h *Heap) Grow(n int) {
	if cap(h.entries) < n {
		h.entries = append(make([]entry, 0, n), h.entries...)
	}
}

// First returns the instant of the earliest entry, or [Never].
func (h *Heap) First() Time {
	if len(h.entries) == 0 {
		return Never
	}
	return h.entries[0].at
}

// Push adds an entry.
func (h *Heap) Push(at Time, id int32) {
	h.entries = append(h.entries, entry{at, id})
	h.up(len(h.entries) - 1)
}

// Pop removes and returns the earliest entry. It panics if there is none.
func (h *Heap) Pop() (at Time, id int32) {
	first := h.entries[0]
	last := len(h.entries) - 1
	h.entries[0] = h.entries[last]
	h.entries = h.entries[:last]
	if last > 0 {
		h.down(0)
	}
	return first.at, first.id
}

// Remove takes out the entry with the given id, and reports whether there was
// one. It looks through all entries.
func (h *Heap) Remove(id int32) bool {
	for i, e := range h.entries {
		if e.id != id {
			continue
		}
		last := len(h.entries) - 1
		h.entries[i] = h.entries[last]
		h.entries = h.entries[:last]
		if i < last {
			h.down(i)
			h.up(i)
		}
		return true
	}
	return false
}

// CopyFrom makes h equal to another heap.
func (h *Heap) CopyFrom(o *Heap) { h.entries = append(h.entries[:0], o.entries...) }

func (h *Heap) up(i int) {
	e := h.entries[i]
	for i > 0 {
		parent := (i - 1) / 2
		if !e.before(h.entries[parent]) {
			break
		}
		h.entries[i] = h.entries[parent]
		i = parent
	}
	h.entries[i] = e
}

func (h *Heap) down(i int) {
	e := h.entries[i]
	for {
		child := 2*i + 1
		if child >= len(h.entries) {
			break
		}
		if right := child + 1; right < len(h.entries) && h.entries[right].before(h.entries[child]) {
			child = right
		}
		if !h.entries[child].before(e) {
			break
		}
		h.entries[i] = h.entries[child]
		i = child
	}
	h.entries[i] = e
}
