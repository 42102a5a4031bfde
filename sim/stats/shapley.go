package stats

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"slices"
)

// A table of what each set of causes does has 2^q entries for q causes: entry A
// is the value when the causes whose bits are set in A act, and the others do
// not. Entry 0 is without causes, the last with all.

// mostCauses is the number of causes up to which a table is accepted.
const mostCauses = 16

// Shapley writes into phi the share of each cause in what all do, v[all]-v[0],
// in the unit of v: what it adds on average when the causes come one by one, in
// an order drawn by lot. It is for each replication: it allocates nothing, and
// its shares sum to the total to rounding. A cause that never changes anything
// has exactly 0. It panics unless len(v) is 2^len(phi), for 1 to 16 causes.
//
// Source: Shapley in Contributions to the Theory of Games II (1953) 307:
// the sum over sets A without c of |A|!(q-|A|-1)!/q! (v(A+c)-v(A)).
func Shapley(phi, v []float64) {
	q := wantCauses("Shapley", v)
	if len(phi) != q {
		panic(fmt.Sprintf("stats: Shapley: want room for %d causes, not %d", q, len(phi)))
	}
	var weights [mostCauses]float64
	for size := range q {
		weights[size] = shapleyWeight(q, size)
	}
	for c := range phi {
		sum := 0.0
		bit := 1 << c
		for a := range v {
			if a&bit == 0 {
				sum += float64(weights[bits.OnesCount(uint(a))] * (v[a|bit] - v[a]))
			}
		}
		phi[c] = sum
	}
}

// shapleyWeight returns the probability that, of q causes that come in an order
// drawn by lot, those before a given one are a given set of that size:
// size!(q-size-1)!/q!.
func shapleyWeight(q, size int) float64 {
	w := 1 / float64(q)
	for i := range size {
		w *= float64(i+1) / float64(q-1-i)
	}
	return w
}

// ShapleyShares returns the shares of the causes as Shapley does, made to be
// printed: their sum, in any order, needs no rounding and is v[all]-v[0],
// computed so, to the last bit; and a cause that never changes anything has
// exactly 0. If shares below zero are so large that those above it need more
// digits than the total leaves them, the sum is the total rounded to the last
// bit of the sum of those above. It panics unless len(v) is 2^q, for 1 to 16
// causes, and all are finite.
//
// The shares are computed as fractions of integers, without rounding. Then they
// are cut off at a common last bit, so coarse that no sum of them has more than
// 53 bits, and the bits that are left over are given to those that lost most by
// it. So no share is off by more than that bit, and causes that do the same may
// differ by it.
//
// Source: as Shapley; the rounding is Hamilton's, of seats in proportion to
// votes.
func ShapleyShares(v []float64) []float64 {
	q := wantCauses("ShapleyShares", v)
	phi := make([]float64, q)
	units, exponent := integers(v)
	if units == nil {
		return phi
	}
	shares := exactShares(units, q)
	all := factorial(q)
	total := integer(v[len(v)-1]-v[0], exponent)
	seats := make([]*big.Int, q)
	for last := lastBit(shares, all); ; last++ {
		if apportion(seats, shares, new(big.Int).Lsh(all, uint(last)), rounded(total, last)) {
			for c := range phi {
				f, _ := new(big.Float).SetInt(seats[c]).Float64() // exact
				phi[c] = math.Ldexp(f, exponent+last)
			}
			return phi
		}
	}
}

// spareBits is by how many bits integers are finer than the values, so that
// fractions of them by q! have 53 bits and more.
const spareBits = 100

// integers returns the values in units of 2^exponent, in which they are whole;
// nil if all are zero. It panics if one is not finite.
func integers(v []float64) (units []*big.Int, exponent int) {
	exponent = math.MaxInt
	for _, x := range v {
		if x-x != 0 {
			panic(fmt.Sprintf("stats: ShapleyShares: want finite values, not %v", x))
		}
		if x != 0 {
			_, e := math.Frexp(x)
			exponent = min(exponent, e-53)
		}
	}
	if exponent == math.MaxInt {
		return nil, 0
	}
	exponent -= spareBits
	units = make([]*big.Int, len(v))
	for a, x := range v {
		units[a] = integer(x, exponent)
	}
	return units, exponent
}

// integer returns x in units of 2^exponent, in which it must be whole.
func integer(x float64, exponent int) *big.Int {
	fraction, e := math.Frexp(x)
	whole := big.NewInt(int64(math.Ldexp(fraction, 53)))
	return whole.Lsh(whole, uint(e-53-exponent)) // a difference of values has no lower bits than they: the spare ones are enough
}

// factorial returns n!.
func factorial(n int) *big.Int { return new(big.Int).MulRange(1, int64(n)) }

// exactShares returns the shares times q!, which are whole.
func exactShares(v []*big.Int, q int) []*big.Int {
	shares := make([]*big.Int, q)
	var d big.Int
	for c := range shares {
		bySize := make([]big.Int, q) // what c adds, by how many causes are there before
		bit := 1 << c
		for a := range v {
			if a&bit == 0 {
				before := &bySize[bits.OnesCount(uint(a))]
				before.Add(before, d.Sub(v[a|bit], v[a]))
			}
		}
		shares[c] = new(big.Int)
		for size := range bySize {
			d.Mul(factorial(size), factorial(q-size-1))
			shares[c].Add(shares[c], d.Mul(&d, &bySize[size]))
		}
	}
	return shares
}

// lastBit returns the lowest bit that shares, divided by all, may have if the
// sum of those of either sign has 53 bits.
func lastBit(shares []*big.Int, all *big.Int) int {
	var above, below big.Int
	for _, s := range shares {
		if s.Sign() > 0 {
			above.Add(&above, s)
		} else {
			below.Sub(&below, s)
		}
	}
	if above.Cmp(&below) < 0 {
		above.Set(&below)
	}
	return max(0, above.Quo(&above, all).BitLen()-53)
}

// rounded returns x in units of 2^last, to the nearest, halves upwards.
func rounded(x *big.Int, last int) *big.Int {
	if last == 0 {
		return x
	}
	half := new(big.Int).Lsh(big.NewInt(1), uint(last-1))
	return half.Rsh(half.Add(half, x), uint(last)) // which rounds down
}

// apportion sets the seats to the shares divided by the divisor, rounded so
// that they sum to the total, which must be their sum rounded. It reports
// whether every sum of some of them has at most 53 bits.
func apportion(seats, shares []*big.Int, divisor, total *big.Int) bool {
	left := new(big.Int).Set(total)
	lost := make([]*big.Int, len(shares))
	order := make([]int, len(shares))
	for c := range shares {
		order[c] = c
		seats[c], lost[c] = new(big.Int).DivMod(shares[c], divisor, new(big.Int)) // rounds down
		left.Sub(left, seats[c])
	}
	// As many seats are left as there are shares that lost something, or
	// fewer: never does one get a seat that was whole.
	slices.SortStableFunc(order, func(a, b int) int { return lost[b].Cmp(lost[a]) })
	one := big.NewInt(1)
	for _, c := range order[:left.Int64()] {
		seats[c].Add(seats[c], one)
	}
	var above, below big.Int
	for _, s := range seats {
		if s.Sign() > 0 {
			above.Add(&above, s)
		} else {
			below.Sub(&below, s)
		}
	}
	most := new(big.Int).Lsh(one, 53)
	return above.Cmp(most) <= 0 && below.Cmp(most) <= 0
}

// ShapleyNecessary returns what would go away, in the unit of v, if cause c did
// and all others stayed: v[all] less v[all without c]. It panics unless len(v)
// is 2^q, for 1 to 16 causes, and 0 <= c < q.
func ShapleyNecessary(v []float64, c int) float64 {
	wantCause("ShapleyNecessary", v, c)
	all := len(v) - 1
	return v[all] - v[all&^(1<<c)]
}

// ShapleySufficient returns what cause c does alone, in the unit of v: v[c]
// less v[none]. It panics unless len(v) is 2^q, for 1 to 16 causes, and
// 0 <= c < q.
func ShapleySufficient(v []float64, c int) float64 {
	wantCause("ShapleySufficient", v, c)
	return v[1<<c] - v[0]
}

// AntitheticOrders returns 2·pairs orders of q causes: each second is drawn by
// lot, from the seed, and followed by its reverse. The mean over the orders of
// what each cause adds when they come in turn, which ShapleyWalk gives, is an
// estimate of its share that is unbiased; a pair is one observation of it. It
// panics unless q >= 1 and pairs >= 0.
//
// Source: Castro, Gómez & Tejada, Computers & Operations Research 36 (2009)
// 1726; in pairs, Mitchell, Cooper, Frank & Holmes, Journal of Machine Learning
// Research 23 (2022) 43.
func AntitheticOrders(q, pairs int, seed uint64) [][]int {
	if q < 1 || pairs < 0 {
		panic(fmt.Sprintf("stats: AntitheticOrders: want q >= 1 and pairs >= 0, not q = %d, pairs = %d", q, pairs))
	}
	orders := make([][]int, 0, 2*pairs)
	for range pairs {
		order := shuffled(q, &seed)
		reverse := slices.Clone(order)
		slices.Reverse(reverse)
		orders = append(orders, order, reverse)
	}
	return orders
}

// shuffled returns 0 … n-1 in an order drawn by lot.
func shuffled(n int, seed *uint64) []int {
	order := make([]int, n)
	for i := range order {
		j := below(i+1, seed)
		order[i] = order[j]
		order[j] = i
	}
	return order
}

// below returns a number drawn from 0 … n-1. Some are likelier than others by
// n/2^64.
func below(n int, seed *uint64) int {
	i, _ := bits.Mul64(splitMix(seed), uint64(n))
	return int(i)
}

// ShapleyWalk writes into phi what each cause adds when they come in the order:
// prefix[i] is the value with the first i of them, from none to all. It panics
// unless phi and the order have the same length and prefix one more.
//
// Source: as AntitheticOrders.
func ShapleyWalk(phi []float64, order []int, prefix []float64) {
	if len(phi) != len(order) || len(prefix) != len(order)+1 {
		panic(fmt.Sprintf("stats: ShapleyWalk: want room for %d causes and %d values, not %d and %d", len(order), len(order)+1, len(phi), len(prefix)))
	}
	for i, c := range order {
		phi[c] = prefix[i+1] - prefix[i]
	}
}

// wantCauses returns of how many causes v is a table. It panics unless its
// length is 2^q, for 1 to 16 causes.
func wantCauses(function string, v []float64) int {
	q := bits.Len(uint(len(v))) - 1
	if q < 1 || q > mostCauses || len(v) != 1<<q {
		panic(fmt.Sprintf("stats: %s: want 2^q values for q of 1 to %d causes, not %d", function, mostCauses, len(v)))
	}
	return q
}

// wantCause panics unless v is a table of causes and c one of them.
func wantCause(function string, v []float64, c int) {
	if q := wantCauses(function, v); c < 0 || c >= q {
		panic(fmt.Sprintf("stats: %s: want a cause below %d, not %d", function, q, c))
	}
}
