package model

import "oxysim/sim"

// queue holds those who wait for a cylinder, first come first. Who leaves
// from the middle is marked and dropped when it comes to the front.
type queue struct {
	n       int32    // that wait
	first   int32    // number of waiters[0]
	waiters []waiter // from the one of number first on; the front is at head
	head    int
	area    int64 // number waiting × seconds, up to at
	at      sim.Time
}

type waiter struct {
	since  sim.Time
	demand int32
	number uint64 // of the cylinder asked for, among those of the demand
	gone   bool
}

// tick books the time that passed with the present number waiting.
func (q *queue) tick(now sim.Time) {
	q.area += int64(q.n) * int64(now-q.at)
	q.at = now
}

// push adds a waiter and returns its number.
func (q *queue) push(now sim.Time, x waiter) int32 {
	q.tick(now)
	if q.head == len(q.waiters) {
		q.first += int32(len(q.waiters))
		q.waiters, q.head = q.waiters[:0], 0
	} else if q.head > 64 && q.head > len(q.waiters)/2 {
		n := copy(q.waiters, q.waiters[q.head:])
		q.first += int32(q.head)
		q.waiters, q.head = q.waiters[:n], 0
	}
	q.n++
	q.waiters = append(q.waiters, x)
	return q.first + int32(len(q.waiters)-1)
}

// pop removes and returns the front. It panics if nobody waits.
func (q *queue) pop(now sim.Time) (number int32, x waiter) {
	q.tick(now)
	for q.waiters[q.head].gone {
		q.head++
	}
	x = q.waiters[q.head]
	q.head++
	q.n--
	return q.first + int32(q.head-1), x
}

// leave takes out a waiter by its number, and reports whether it still waited.
func (q *queue) leave(now sim.Time, number int32) (waiter, bool) {
	q.tick(now)
	i := int(number - q.first)
	if i < q.head || q.waiters[i].gone {
		return waiter{}, false
	}
	q.waiters[i].gone = true
	q.n--
	return q.waiters[i], true
}

// clear empties the queue and keeps its room.
func (q *queue) clear() { *q = queue{waiters: q.waiters[:0]} }
