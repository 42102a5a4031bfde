// Package sim is a discrete-event engine: a clock in whole seconds, a calendar
// of what happens next, and a heap for what waits behind one entry of it.
//
// The calendar holds slots, not event objects. Everything that can have
// something pending (a customer about to arrive, a clerk about to finish) owns
// one slot for the whole run and has at most one pending instant. What the slot
// means is the business of its owner: a program switches on the slot's number.
// So nothing is allocated, a change of mind is one store, there are no stale
// events, and the whole future is copied with one copy.
//
// Simultaneous events come in the order of their slots. The order depends on
// nothing else: not on when they were scheduled, nor on what else is pending.
// A program gives low slots to what must be seen first, such as arrivals before
// departures, and the last slot to what must see everything, such as a review.
//
// What it leaves to others: chance is in [oxysim/sim/rng], statistics in
// [oxysim/sim/stats], repetition in [oxysim/sim/montecarlo]. It knows nothing
// of oxygen; the example of the package is a bank.
//
// Read time.go, then calendar.go, then heap.go.
package sim
