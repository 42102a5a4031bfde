package model

import (
	"math"

	"oxysim/sim/rng"
)

// A steady demand is one of which nothing is left to chance: requests and
// patients come evenly along their profile, and whatever else is drawn for them
// is as its mean. So it shows what the same need would do if it never varied.

// steadied returns the demand with each of its laws replaced by its mean. Sizes
// of requests keep their law, whose mean adds up to whole cylinders over several.
func (c *CylinderDemand) steadied() *CylinderDemand {
	s := *c
	s.Interval, s.Use, s.Patience = meanOnly(c.Interval), meanOnly(c.Use), meanOnly(c.Patience)
	return &s
}

func (p *PatientDemand) steadied() *PatientDemand {
	s := *p
	s.Flow, s.Stay, s.Refer = meanOnly(p.Flow), meanOnly(p.Stay), meanOnly(p.Refer)
	return &s
}

func (f *FlowDemand) steadied() *FlowDemand {
	s := *f
	s.Vary = meanOnly(f.Vary)
	return &s
}

// meanOnly returns the law that always gives the mean of another.
func meanOnly(l rng.Law) rng.Law { return rng.Constant(l.Mean()) }

// apart returns the law of the operating time between arrivals of a mean: it is
// always the mean if they come steadily, and that of a Poisson process if not.
func apart(mean float64, steady bool) rng.Law {
	if steady {
		return rng.Constant(mean)
	}
	return rng.Exponential(mean)
}

// paceOf returns a pace. That of a steady demand has, in place of the weather,
// what its wet days multiply by on average.
func (w *World) paceOf(table []float64, storm int, factor float64, steady bool) pace {
	if !steady || storm == None {
		return pace{table, storm, factor}
	}
	p := pace{storm: None, table: make([]float64, w.days())}
	wet := w.cfg.Weathers[storm].Wet
	for d := range p.table {
		p.table[d] = 1 + float64((factor-1)*wet[min(d, len(wet)-1)])
		if table != nil {
			p.table[d] *= table[min(d, len(table)-1)]
		}
	}
	return p
}

// upTo returns how many whole cylinders n requests of a mean size have asked
// for, to the nearest.
func upTo(n uint64, mean float64) int { return int(math.Floor(float64(float64(n)*mean) + 0.5)) }
