package rng

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"testing"
)

// The first numbers of named streams never change. If they do, every published result
// changes with them: raise model.Behaviour and say so in the change log.
func TestFirstNumbersOfStreamsAreFixed(t *testing.T) {
	tests := []struct {
		seed, replication uint64
		name              string
		want              [3]uint64
	}{
		{1, 0, "hospital.rizgary.stay", [3]uint64{0xa1cb9f712676927d, 0x8ee3943c3934feb9, 0xab21afb10b57e40}},
		{1, 1, "hospital.rizgary.stay", [3]uint64{0xb5b61abc44cf026, 0x7d7596fda67a363e, 0x3759e70bc521c86c}},
		{2, 0, "hospital.rizgary.stay", [3]uint64{0x3ccb7fadaf0871a9, 0xefde15a8dd2d47b8, 0x23edc5e45c3e18c1}},
		{0, 0, "", [3]uint64{0x663dc8b35cd7f1f1, 0x80dfd69dbc48af73, 0xf17355e5e2fa8f3a}},
		{math.MaxUint64, math.MaxUint64, "road.north.closed", [3]uint64{0x79f95048111a930e, 0x4a5a6193582d5e88, 0xe5e212cb16d1727f}},
	}
	for _, tt := range tests {
		s := New(tt.seed, tt.replication).Stream(NameOf(tt.name))
		got := [3]uint64{s.Uint64(), s.Uint64(), s.Uint64()}
		if got != tt.want {
			t.Errorf("seed %d, replication %d, %q: got %#x, want %#x", tt.seed, tt.replication, tt.name, got, tt.want)
		}
	}
	if got, want := New(1, 0).Stream(NameOf("a")).Sub(7).Uint64At(3), uint64(0xa83e94d6c2cc1c6f); got != want {
		t.Errorf("child 7 of stream a, index 3: got %#x, want %#x", got, want)
	}
}

func TestIndicesCanBeReadInAnyOrder(t *testing.T) {
	s := New(1, 2).Stream(NameOf("any"))
	var inOrder [100]uint64
	forward := s
	for i := range inOrder {
		inOrder[i] = forward.Uint64()
	}
	if got := forward.Index(); got != 100 {
		t.Errorf("index after 100 draws: got %d", got)
	}
	for i := 99; i >= 0; i-- {
		if got := forward.Uint64At(uint64(i)); got != inOrder[i] {
			t.Errorf("index %d: got %#x, want %#x", i, got, inOrder[i])
		}
		if got, want := s.Float64At(uint64(i)), unit(inOrder[i]); got != want {
			t.Errorf("index %d: got %v, want %v", i, got, want)
		}
	}
}

// V41: seeds drawn from 1..9999 for each of 1000 replications leave about 952 distinct
// ones. Here the number of streams is the number of (seed, replication, name), with
// consecutive seeds and replications, as people choose them. The chance that 128 random
// bits coincide among a million is 1 in 10^27.
func TestNoTwoReplicationsShareAStream(t *testing.T) {
	const seeds, replications, names = 200, 500, 10
	sources := make([]Source, 0, seeds*replications)
	streams := make([]Stream, 0, seeds*replications*names)
	for seed := range uint64(seeds) {
		for r := range uint64(replications) {
			s := New(seed, r)
			sources = append(sources, s)
			for n := range names {
				streams = append(streams, s.Stream(NameOf(fmt.Sprintf("hospital.%d.stay", n))))
			}
		}
	}
	if got, want := distinct(sources, func(s Source) [2]uint64 { return [2]uint64{s.a, s.b} }), len(sources); got != want {
		t.Errorf("sources: got %d distinct, want %d", got, want)
	}
	if got, want := distinct(streams, func(s Stream) [2]uint64 { return [2]uint64{s.k0, s.k1} }), len(streams); got != want {
		t.Errorf("streams: got %d distinct, want %d", got, want)
	}
	// And not even a number in common at the first index: 2^-64 × 10^12/2 is 1 in 10^7.
	if got, want := distinct(streams, func(s Stream) [2]uint64 { return [2]uint64{s.Uint64At(0)} }), len(streams); got != want {
		t.Errorf("first numbers: got %d distinct, want %d", got, want)
	}
	// The same count finds the defect that it is for: a hash of the sum.
	sum := func(s, r uint64) [2]uint64 { return [2]uint64{mix(s + r)} }
	var bad [][2]uint64
	for s := range uint64(seeds) {
		for r := range uint64(replications) {
			bad = append(bad, sum(s, r))
		}
	}
	if got, want := distinct(bad, func(k [2]uint64) [2]uint64 { return k }), seeds+replications-1; got != want {
		t.Errorf("hash of the sum: got %d distinct, want %d", got, want)
	}
}

// distinct returns how many different keys the things have.
func distinct[T any](things []T, key func(T) [2]uint64) int {
	keys := make([][2]uint64, len(things))
	for i, x := range things {
		keys[i] = key(x)
	}
	slices.SortFunc(keys, func(a, b [2]uint64) int { return slices.Compare(a[:], b[:]) })
	return len(slices.Compact(keys))
}

func TestNamesHaveDistinctHashes(t *testing.T) {
	seen := make(map[Name]string)
	for _, kind := range []string{"hospital", "road", "truck", "plant"} {
		for i := range 20_000 {
			for _, what := range []string{"stay", "closed"} {
				name := fmt.Sprintf("%s.%d.%s", kind, i, what)
				h := NameOf(name)
				if other, ok := seen[h]; ok {
					t.Fatalf("%q and %q have one hash", name, other)
				}
				seen[h] = name
			}
		}
	}
}

// Two streams that meet at one counter go on differently. This is the case that a sum
// of key and counter, however well mixed, gets wrong: there the one would repeat the
// other for ever.
func TestNoStreamIsAShiftOfAnother(t *testing.T) {
	s := New(1, 0).Stream(NameOf("a"))
	for bit := range 64 {
		lag := uint64(5)
		other := Stream{k0: s.k0 + lag*golden, k1: s.k1 ^ 1<<bit} // its counter at i is that of s at i+lag
		flips := 0
		const n = 10_000
		for i := range uint64(n) {
			flips += bits.OnesCount64(other.Uint64At(i) ^ s.Uint64At(i+lag))
		}
		// Half of 64 n bits; 5σ: fails by chance for one bit in 1.7 million.
		if d := float64(flips) - 32*n; math.Abs(d) > 5*math.Sqrt(16*n) {
			t.Errorf("bit %d of the key: %d of %d bits differ", bit, flips, 64*n)
		}
	}
}

// The numbers are random in whichever direction one goes through them: along a stream,
// or at one index across replications, seeds, names or children.
func TestNumbersAreUniformAndIndependentInEveryDirection(t *testing.T) {
	name := NameOf("hospital.rizgary.stay")
	stream := New(1, 0).Stream(name)
	directions := []struct {
		along string
		at    func(i uint64) uint64
	}{
		{"index", stream.Uint64At},
		{"every 64th index", func(i uint64) uint64 { return stream.Uint64At(64 * i) }},
		{"index times 2^32", func(i uint64) uint64 { return stream.Uint64At(i << 32) }},
		{"replication", func(i uint64) uint64 { return New(1, i).Stream(name).Uint64At(0) }},
		{"seed", func(i uint64) uint64 { return New(i, 0).Stream(name).Uint64At(0) }},
		{"seed and replication together", func(i uint64) uint64 { return New(i, i).Stream(name).Uint64At(0) }},
		{"seed up, replication down", func(i uint64) uint64 { return New(i, -i).Stream(name).Uint64At(0) }},
		{"replication and index together", func(i uint64) uint64 { return New(1, i).Stream(name).Uint64At(i) }},
		{"name as a number", func(i uint64) uint64 { return New(1, 0).Stream(Name(i)).Uint64At(0) }},
		{"name as text", func(i uint64) uint64 {
			return New(1, 0).Stream(NameOf(string([]byte{'h', byte(i), byte(i >> 8), byte(i >> 16)}))).Uint64At(0)
		}},
		{"child", func(i uint64) uint64 { return stream.Sub(i).Uint64At(0) }},
		{"child and index together", func(i uint64) uint64 { return stream.Sub(i).Uint64At(i) }},
		{"grandchild", func(i uint64) uint64 { return stream.Sub(i % 1024).Sub(i / 1024).Uint64At(0) }},
		{"child against its parent", func(i uint64) uint64 {
			if i%2 == 0 {
				return stream.Uint64At(i / 2)
			}
			return stream.Sub(i / 2).Uint64At(0)
		}},
		{"differences along the index", func(i uint64) uint64 { return stream.Uint64At(i+1) - stream.Uint64At(i) }},
	}
	for _, d := range directions {
		if err := looksRandom(d.at); err != nil {
			t.Errorf("along %s: %v", d.along, err)
		}
	}
	// What the test is for, it finds: a counter mixed too little, and streams that are
	// alike.
	half := func(i uint64) uint64 { z := i * golden; return (z ^ z>>32) * salt }
	if looksRandom(half) == nil {
		t.Error("half a mix passes")
	}
	alike := func(i uint64) uint64 { return stream.Uint64At(i / 2) }
	if looksRandom(alike) == nil {
		t.Error("each number twice passes")
	}
}

// looksRandom returns what is suspicious about 2^18 numbers.
func looksRandom(at func(i uint64) uint64) error {
	const n = 1 << 18
	var high, low, pairs, lowPairs, crossed [256]int
	var ones, changes [64]int
	before := at(0)
	correlation := 0.
	for i := range uint64(n) {
		x := at(i + 1)
		high[x>>56]++
		low[x&255]++
		if i%2 == 0 { // pairs that do not overlap
			pairs[before>>60<<4|x>>60]++
			lowPairs[before&15<<4|x&15]++
			crossed[before>>60<<4|x&15]++
		}
		for b := range 64 {
			ones[b] += int(x >> b & 1)
			changes[b] += int((x ^ before) >> b & 1)
		}
		correlation += (unit(before) - 0.5) * (unit(x) - 0.5) * 12
		before = x
	}
	for name, cells := range map[string][256]int{"high bits": high, "low bits": low,
		"pairs of high bits": pairs, "pairs of low bits": lowPairs, "high and next low bits": crossed} {
		if err := evenlySpread(cells[:]); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for b := range 64 {
		for what, count := range map[string]int{"set": ones[b], "changed": changes[b]} {
			if z := (float64(count) - n/2) / math.Sqrt(n/4); math.Abs(z) > 5 {
				return fmt.Errorf("bit %d is %s %d times of %d, %.1f σ off", b, what, count, n, z)
			}
		}
	}
	if z := correlation / math.Sqrt(n); math.Abs(z) > 5 {
		return fmt.Errorf("successive numbers are correlated, %.1f σ", z)
	}
	return nil
}

// evenlySpread returns an error if counts differ too much, or too little, for chance.
// The limits are those of 5σ in the normal approximation of the chi-square law of
// Wilson and Hilferty (1931): by chance, one in 1.7 million is outside.
func evenlySpread(counts []int) error {
	total := 0
	for _, c := range counts {
		total += c
	}
	want := float64(total) / float64(len(counts))
	x := 0.
	for _, c := range counts {
		x += (float64(c) - want) * (float64(c) - want) / want
	}
	k := float64(len(counts) - 1)
	z := (math.Cbrt(x/k) - 1 + 2/(9*k)) / math.Sqrt(2/(9*k))
	if math.Abs(z) > 5 {
		return fmt.Errorf("chi-square %.0f with %.0f degrees of freedom, %.1f σ off", x, k, z)
	}
	return nil
}

// Neighbouring streams are as good as independent: among the correlations of each with
// the next there are not too many large ones, nor too many small.
func TestNeighbouringStreamsAreUncorrelated(t *testing.T) {
	const streams, n = 2000, 256
	for what, stream := range map[string]func(i uint64) Stream{
		"replications": func(i uint64) Stream { return New(1, i).Stream(NameOf("a")) },
		"seeds":        func(i uint64) Stream { return New(i, 1).Stream(NameOf("a")) },
		"names":        func(i uint64) Stream { return New(1, 1).Stream(NameOf(fmt.Sprint("truck.", i))) },
		"children":     func(i uint64) Stream { return New(1, 1).Stream(NameOf("a")).Sub(i) },
	} {
		sum := 0. // of squared standardised correlations, which is about chi-square
		for i := range uint64(streams) {
			a, b := stream(i), stream(i+1)
			r := 0.
			for range n {
				r += (a.Float64() - 0.5) * (b.Float64() - 0.5) * 12
			}
			sum += r * r / n
		}
		// Each term has mean 1 and variance near 2.
		if z := (sum - streams) / math.Sqrt(2*streams); math.Abs(z) > 5 {
			t.Errorf("%s: sum of squared correlations %.1f σ off", what, z)
		}
	}
}

// Each bit of what identifies a number flips each of its bits in half of all cases.
func TestEachBitOfTheKeyFlipsHalfOfTheNumber(t *testing.T) {
	const n = 4096
	number := func(k [4]uint64) uint64 { return New(k[0], k[1]).Stream(Name(k[2])).Uint64At(k[3]) }
	child := func(k [4]uint64) uint64 { return New(k[0], 0).Stream(Name(k[1])).Sub(k[2]).Uint64At(k[3]) }
	r := New(41, 0).Stream(NameOf("avalanche"))
	for what, f := range map[string]func([4]uint64) uint64{
		"seed, replication, name, index": number,
		"seed, name, child, index":       child,
	} {
		for part := range 4 {
			for in := range 64 {
				var flips [64]int
				for range n {
					// Small numbers, as seeds and indices are, with a few bits or many.
					var k [4]uint64
					for j := range k {
						k[j] = r.Uint64() >> (r.Uint64() % 64)
					}
					x := f(k)
					k[part] ^= 1 << in
					x ^= f(k)
					for out := range 64 {
						flips[out] += int(x >> out & 1)
					}
				}
				for out, c := range flips {
					// 6σ: one in 500 million by chance, and there are 32,768 cases.
					if z := (float64(c) - n/2) / math.Sqrt(n/4); math.Abs(z) > 6 {
						t.Errorf("%s: bit %d of part %d flips bit %d in %d of %d", what, in, part, out, c, n)
					}
				}
			}
		}
	}
}

func TestUnitIntervalIsOpenAndSymmetric(t *testing.T) {
	for _, b := range []uint64{0, 1, 1 << 10, 1 << 11, 1 << 12, 1<<63 - 1, 1 << 63, math.MaxUint64 - 1<<11, math.MaxUint64} {
		u := unit(b)
		if !(u > 0 && u < 1) {
			t.Errorf("%#x: got %v", b, u)
		}
		if got := unit(^b); got != 1-u {
			t.Errorf("%#x: the complement gives %v, want %v", b, got, 1-u)
		}
	}
	if got := unit(0); got != 0x1p-53 {
		t.Errorf("least: got %v", got)
	}
	if got := unit(math.MaxUint64); got != 1-0x1p-53 {
		t.Errorf("greatest: got %v", got)
	}
}
