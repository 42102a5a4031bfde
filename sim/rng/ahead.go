package rng

// Ahead draws from a law some numbers ahead of need, with [Law.Fill], which takes half
// the time that as many draws take among all else that an event does. The numbers are
// those of the stream, in order.
type Ahead struct {
	used   int
	block  [16]float64
	law    *Law
	stream Stream
}

// Begin starts at the next number of a stream.
func (a *Ahead) Begin(law *Law, s Stream) {
	a.law, a.stream, a.used = law, s, len(a.block)
}

// Draw returns the next number.
func (a *Ahead) Draw() float64 {
	if a.used == len(a.block) {
		a.law.Fill(&a.stream, a.block[:])
		a.used = 0
	}
	x := a.block[a.used%len(a.block)]
	a.used++
	return x
}

// Of tells a copy of an Ahead that it draws from a copy of the law. What has been
// drawn stays.
func (a *Ahead) Of(law *Law) { a.law = law }
