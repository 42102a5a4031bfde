package stats

import "fmt"

// joeKuo are the direction numbers of the second and further dimensions of
// Sobol's sequence: the inner coefficients of a primitive polynomial, as bits,
// and the first odd numbers m, as many as its degree.
//
// Source: Joe & Kuo, SIAM Journal on Scientific Computing 30 (2008) 2635; the
// first rows of their table new-joe-kuo-6.21201.
var joeKuo = [...]struct {
	inner uint32
	first []uint32
}{
	{0, []uint32{1}},
	{1, []uint32{1, 3}},
	{1, []uint32{1, 3, 1}},
	{2, []uint32{1, 1, 1}},
	{1, []uint32{1, 1, 3, 3}},
	{4, []uint32{1, 3, 5, 13}},
	{2, []uint32{1, 1, 5, 5, 17}},
	{4, []uint32{1, 1, 5, 5, 5}},
	{7, []uint32{1, 1, 7, 11, 19}},
	{11, []uint32{1, 1, 5, 1, 1}},
	{13, []uint32{1, 1, 1, 3, 11}},
	{14, []uint32{1, 3, 5, 5, 31}},
	{1, []uint32{1, 3, 3, 9, 7, 49}},
	{13, []uint32{1, 1, 1, 15, 21, 21}},
	{16, []uint32{1, 3, 1, 13, 27, 49}},
	{19, []uint32{1, 1, 1, 15, 7, 5}},
	{22, []uint32{1, 3, 1, 15, 13, 25}},
	{25, []uint32{1, 1, 5, 5, 19, 61}},
	{1, []uint32{1, 3, 7, 11, 23, 15, 103}},
	{4, []uint32{1, 3, 7, 13, 13, 15, 69}},
	{7, []uint32{1, 1, 3, 13, 7, 35, 63}},
	{8, []uint32{1, 3, 5, 9, 1, 25, 53}},
	{14, []uint32{1, 3, 1, 13, 9, 35, 107}},
	{19, []uint32{1, 3, 1, 5, 27, 61, 31}},
	{21, []uint32{1, 1, 5, 11, 19, 41, 61}},
	{28, []uint32{1, 3, 5, 3, 3, 13, 69}},
	{31, []uint32{1, 1, 7, 13, 1, 19, 1}},
	{32, []uint32{1, 3, 7, 5, 13, 19, 59}},
	{37, []uint32{1, 1, 3, 9, 25, 29, 41}},
	{41, []uint32{1, 3, 5, 13, 23, 1, 55}},
	{42, []uint32{1, 3, 7, 3, 13, 59, 17}},
	{50, []uint32{1, 3, 1, 3, 5, 53, 69}},
	{55, []uint32{1, 1, 5, 5, 23, 33, 13}},
	{56, []uint32{1, 1, 7, 7, 1, 61, 123}},
	{59, []uint32{1, 1, 7, 9, 13, 61, 49}},
	{62, []uint32{1, 3, 3, 5, 3, 55, 33}},
	{14, []uint32{1, 3, 1, 15, 31, 13, 49, 245}},
	{21, []uint32{1, 3, 5, 15, 31, 59, 63, 97}},
	{22, []uint32{1, 3, 1, 11, 11, 11, 77, 249}},
	{38, []uint32{1, 3, 1, 11, 27, 43, 71, 9}},
	{47, []uint32{1, 1, 7, 15, 21, 11, 81, 45}},
	{49, []uint32{1, 3, 7, 3, 25, 31, 65, 79}},
	{50, []uint32{1, 3, 1, 1, 19, 11, 3, 205}},
	{56, []uint32{1, 3, 7, 11, 1, 33, 89, 185}},
	{67, []uint32{1, 3, 3, 3, 15, 9, 79, 71}},
	{70, []uint32{1, 3, 7, 11, 15, 39, 119, 27}},
	{84, []uint32{1, 1, 3, 1, 11, 31, 97, 225}},
	{97, []uint32{1, 1, 1, 3, 23, 43, 57, 177}},
	{103, []uint32{1, 3, 7, 7, 17, 17, 37, 71}},
	{115, []uint32{1, 3, 1, 5, 27, 63, 123, 213}},
	{122, []uint32{1, 1, 3, 5, 11, 43, 53, 133}},
	{8, []uint32{1, 3, 5, 5, 29, 17, 47, 173, 479}},
	{13, []uint32{1, 3, 3, 11, 3, 1, 109, 9, 69}},
	{16, []uint32{1, 1, 1, 5, 17, 39, 23, 5, 343}},
	{22, []uint32{1, 3, 1, 5, 25, 15, 31, 103, 499}},
	{25, []uint32{1, 1, 1, 11, 11, 17, 63, 105, 183}},
	{44, []uint32{1, 1, 5, 11, 9, 29, 97, 231, 363}},
	{47, []uint32{1, 1, 5, 15, 19, 45, 41, 7, 383}},
	{52, []uint32{1, 3, 7, 7, 31, 19, 83, 137, 221}},
}

// mostDims is the number of dimensions that there are direction numbers for.
const mostDims = len(joeKuo) + 1

// sobolBits is the number of binary digits of a coordinate.
const sobolBits = 32

// SobolPoints is Sobol's sequence of points that fill the unit cube evenly: of
// the first 2^m, and of each 2^m that follow, every coordinate has exactly one
// in each 2^m-th of its range. Means over them come nearer to the truth than
// means over points drawn by lot, about as 1/n instead of 1/√n.
//
// It is written here because gonum has Halton's sequence only, whose
// coordinates depend on each other from the tenth or so on, and we want up to
// sixty.
//
// Source: Sobol', USSR Computational Mathematics and Mathematical Physics 7
// (1967) 86.
type SobolPoints struct {
	directions [][sobolBits]uint32
	shift      []uint32
}

// NewSobolPoints returns the sequence of points of as many dimensions, shifted
// in all binary digits by what is drawn from the seed: each point is then
// uniform, so that means are unbiased, and the evenness stays. The seed 0 is for
// no shift. It panics unless dims is in 1 … 60.
//
// Source: the digital shift, Owen, Practical Quasi-Monte Carlo Integration
// (2023) ch. 17; why the first point is kept, Owen, arXiv:2008.08051.
func NewSobolPoints(dims int, seed uint64) *SobolPoints {
	if dims < 1 || dims > mostDims {
		panic(fmt.Sprintf("stats: NewSobolPoints: want 1 to %d dimensions, not %d", mostDims, dims))
	}
	s := &SobolPoints{make([][sobolBits]uint32, dims), make([]uint32, dims)}
	for b := range sobolBits {
		s.directions[0][b] = 1 << (sobolBits - 1 - b)
	}
	for d := 1; d < dims; d++ {
		v, row := &s.directions[d], joeKuo[d-1]
		degree := len(row.first)
		for b := range sobolBits {
			if b < degree {
				v[b] = row.first[b] << (sobolBits - 1 - b)
				continue
			}
			v[b] = v[b-degree] ^ v[b-degree]>>degree
			for i := 1; i < degree; i++ {
				if row.inner>>(degree-1-i)&1 == 1 {
					v[b] ^= v[b-i]
				}
			}
		}
	}
	if seed != 0 {
		for d := range s.shift {
			s.shift[d] = uint32(splitMix(&seed) >> 32)
		}
	}
	return s
}

// Dims returns the number of dimensions.
func (s *SobolPoints) Dims() int { return len(s.directions) }

// Point writes the i-th point, counted from 0, into x: as many of its
// coordinates, each in (0,1) and in the middle of a 2^32nd of it, as x has room
// for. It panics unless i is in 0 … 2^32-1 and len(x) is at most Dims.
func (s *SobolPoints) Point(i int, x []float64) {
	if i < 0 || uint64(i) >= 1<<sobolBits || len(x) > len(s.directions) {
		panic(fmt.Sprintf("stats: SobolPoints.Point: want one of 2^32 points of %d dimensions at most, not the %d-th of %d", len(s.directions), i, len(x)))
	}
	for d := range x {
		bits := s.shift[d]
		for b := 0; i>>b != 0; b++ {
			if i>>b&1 == 1 {
				bits ^= s.directions[d][b]
			}
		}
		x[d] = (float64(bits) + 0.5) / (1 << sobolBits)
	}
}
