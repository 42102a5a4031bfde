package stats

import "fmt"

// Isotonic returns the values that never fall from one to the next and are
// closest to y: those with the least sum of w times the squared difference. w
// are positive weights, such as how many observations each of y is the mean of;
// nil if they are equal. It is a curve to show: it promises nothing. y is left
// as it is. It panics if w has another length, or if a weight is not positive
// or a value not a number.
//
// Source: pool adjacent violators, Barlow, Bartholomew, Bremner & Brunk,
// Statistical Inference under Order Restrictions (1972) 1.2.
func Isotonic(y, w []float64) []float64 { return pooled(y, w, 1) }

// Antitonic returns the values that never rise from one to the next and are
// closest to y, as Isotonic does for those that never fall: a risk that falls
// with a buffer. It panics as Isotonic does.
//
// Source: as Isotonic.
func Antitonic(y, w []float64) []float64 { return pooled(y, w, -1) }

// pooled returns the fit that never falls, if sign is 1, or never rises, if it
// is -1.
func pooled(y, w []float64, sign float64) []float64 {
	if w != nil && len(w) != len(y) {
		panic(fmt.Sprintf("stats: Isotonic: want %d weights, not %d", len(y), len(w)))
	}
	type block struct {
		mean, weight float64
		size         int
	}
	blocks := make([]block, 0, len(y))
	for i, v := range y {
		b := block{v, 1, 1}
		if w != nil {
			b.weight = w[i]
		}
		if v != v || !(b.weight > 0) {
			panic(fmt.Sprintf("stats: Isotonic: want numbers with weights above 0, not %v with %v", v, b.weight))
		}
		for len(blocks) > 0 && float64(sign*blocks[len(blocks)-1].mean) >= float64(sign*b.mean) {
			last := blocks[len(blocks)-1]
			blocks = blocks[:len(blocks)-1]
			if last.mean != b.mean { // so that equal values stay as they are
				b.mean = (float64(last.mean*last.weight) + float64(b.mean*b.weight)) / (last.weight + b.weight)
			}
			b.weight += last.weight
			b.size += last.size
		}
		blocks = append(blocks, b)
	}
	fit := make([]float64, 0, len(y))
	for _, b := range blocks {
		for range b.size {
			fit = append(fit, b.mean)
		}
	}
	return fit
}
