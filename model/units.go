package model

import (
	"fmt"
	"math"

	"oxysim/sim"
)

// Gas is an amount of oxygen, at 15 °C and 101.325 kPa, in units of 1/60 mL,
// so that a flow in mL/min times whole seconds is exact.
type Gas int64

// Amounts of gas.
const (
	Millilitre Gas = 60
	Litre          = 1000 * Millilitre
	CubicMetre     = 1000 * Litre
)

// Flow is a flow of oxygen in mL/min.
type Flow int64

// Unlimited is a flow above every other.
const Unlimited Flow = math.MaxInt64 / 4

// Over returns what flows in a span of time, exactly.
func (f Flow) Over(d sim.Span) Gas { return Gas(int64(f) * int64(d)) }

// Lasts returns for how many whole seconds the amount can feed a flow in full;
// what is left then lasts for less than one more. It returns a thousand years
// if the flow is not positive.
func (g Gas) Lasts(f Flow) sim.Span {
	if f <= 0 {
		return 1000 * sim.Year
	}
	return sim.Span(int64(g) / int64(f))
}

// Needs returns the whole seconds after which a flow has brought at least the
// amount. It returns a thousand years if the flow is not positive.
func (g Gas) Needs(f Flow) sim.Span {
	if f <= 0 {
		return 1000 * sim.Year
	}
	return sim.Span((int64(g) + int64(f) - 1) / int64(f))
}

// Within returns the least whole flow that brings the amount within a positive
// span of time.
func (g Gas) Within(d sim.Span) Flow { return Flow((int64(g) + int64(d) - 1) / int64(d)) }

// Share returns a share of the amount, rounded down to the unit. The share is
// in [0,1]; beyond, it is taken as the nearer end.
func (g Gas) Share(x float64) Gas {
	switch {
	case !(x > 0):
		return 0
	case x >= 1:
		return g
	}
	return Gas(float64(g) * x)
}

// Litres returns the amount in litres.
func (g Gas) Litres() float64 { return float64(g) / float64(Litre) }

// CubicMetres returns the amount in cubic metres.
func (g Gas) CubicMetres() float64 { return float64(g) / float64(CubicMetre) }

// String returns the amount in m³ or, below one, in litres.
func (g Gas) String() string {
	if g >= CubicMetre || g <= -CubicMetre {
		return fmt.Sprintf("%.4g m3", g.CubicMetres())
	}
	return fmt.Sprintf("%.4g L", g.Litres())
}

// LitresPerMinute returns the flow in L/min.
func (f Flow) LitresPerMinute() float64 { return float64(f) / 1000 }

// String returns the flow in L/min.
func (f Flow) String() string { return fmt.Sprintf("%.4g L/min", f.LitresPerMinute()) }

// Km is a length of road.
type Km float64

// At returns the time a length takes at a speed in km/h.
func (k Km) At(speed float64) float64 { return float64(k) / speed * float64(sim.Hour) }

// Kg is a mass.
type Kg float64
