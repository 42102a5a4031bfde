package rng

import "math/bits"

// Odd constants of the hashes below. golden is 2^64 divided by the golden ratio: its
// multiples spread evenly, so neighbouring indices start far apart.
const (
	golden = 0x9e3779b97f4a7c15
	salt   = 0xd6e8feb86659fd93 // Degski's multiplier, also the first round of a draw
	salt2  = 0xc2b2ae3d27d4eb4f
)

// mix is a bijection of 64 bits in which each input bit flips each output bit with a
// probability very near one half.
//
// Source: Stafford, "Better Bit Mixing" (2011), variant 13; it is the finaliser of
// Steele, Lea and Flood, SplitMix (2014).
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Source is the nature of one replication: all its streams come from it. It is 128 bits
// of hash, and distinct pairs (seed, replication) have distinct sources, for certain:
// from the source one could compute the pair.
type Source struct{ a, b uint64 }

// New returns the source of a replication under a seed. Any two numbers will do; 0 and
// 1 are as good as others.
//
// The seed is mixed before the replication is added to it, and the sum is mixed again.
// A hash of seed + replication would make replication 2 of seed 1 the same as
// replication 1 of seed 2, so that studies under consecutive seeds would repeat each
// other; published engines have had this defect.
func New(seed, replication uint64) Source {
	a := mix(mix(seed+golden) + (replication+1)*salt)
	return Source{a, mix(mix(a^salt2) + seed)}
}

// Stream returns the stream of a name. Distinct names have distinct streams, and so has
// one name under distinct sources.
func (s Source) Stream(n Name) Stream { return child(s.a, s.b, uint64(n)) }

// child returns the stream number n of the 128-bit key (a, b). For one key it is a
// bijection from n to k0; for one n, from (a, b) to (k0, k1). Hence siblings differ,
// and so do cousins of one number.
func child(a, b, n uint64) Stream {
	k0 := mix(a ^ n)
	return Stream{k0: k0, k1: mix(b + k0)}
}

// Name is the hash of a dotted name such as "hospital.rizgary.stay". It is computed
// once, when a world is built.
type Name uint64

// NameOf returns the hash of a name: FNV-1a, mixed. Two of n names have the same hash
// with probability n²/2^65, which is one in 37 million for a million names.
func NameOf(s string) Name {
	h := uint64(0xcbf29ce484222325)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 0x100000001b3
	}
	return Name(mix(h))
}

// Stream is a sequence of random numbers under a key. The number at an index is a
// function of the key and the index, so that they can be read in any order, and a copy
// is a bookmark. The zero Stream is a stream like others, but the same in every
// replication; take streams from a [Source].
//
// The bits at index i are mix(k1 ^ round(k0 + i×golden)), where round is one more
// multiplication. Were k1 only added to the counter, as k0 is, then any two streams
// would be one sequence begun at two places, and some pairs of a large study would
// overlap. As it stands between the multiplications, two streams that meet at one
// counter leave it with different bits, and go on differently.
type Stream struct{ k0, k1, n uint64 }

// Index returns the index that the next draw will read: the number of draws so far.
func (s Stream) Index() uint64 { return s.n }

// Uint64 returns 64 random bits, those at the next index.
func (s *Stream) Uint64() uint64 {
	i := s.n
	s.n = i + 1
	return s.Uint64At(i)
}

// Uint64At returns the 64 random bits at index i.
func (s Stream) Uint64At(i uint64) uint64 {
	z := s.k0 + i*golden
	return mix(s.k1 ^ (z^z>>32)*salt)
}

// Float64 returns a uniform number of the open interval (0,1), the one at the next
// index.
func (s *Stream) Float64() float64 {
	i := s.n
	s.n = i + 1
	return s.Float64At(i)
}

// Float64At returns the uniform number of the open interval (0,1) at index i. It is an
// odd multiple of 2^-53. Hence it is never 0 or 1, and 1-u is exact and as likely as u.
func (s Stream) Float64At(i uint64) float64 {
	return unit(s.Uint64At(i))
}

// unit returns the odd multiple of 2^-53 in (0,1) that the high bits of b stand for.
func unit(b uint64) float64 {
	return float64(float64(int64(b>>11|1)) * 0x1p-53)
}

// bitsOf returns u×2^64 for u in (0,1): the b of which u is the unit, but for the last
// bits.
func bitsOf(u float64) uint64 { return uint64(float64(u * 0x1p64)) }

// Sub returns the child stream of index i, for an event that needs several draws or
// does not know how many. Its numbers are apart from those of s, and children of
// distinct indices are distinct.
func (s Stream) Sub(i uint64) Stream {
	// A rotation and a mix, both bijections, keep the numbers of children apart from
	// names and from the counters of Uint64At.
	return child(s.k0, s.k1, mix(bits.RotateLeft64(i, 32)+salt2))
}
