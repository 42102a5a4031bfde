package plots

import (
	"math"
	"strings"

	"oxysim/model"
	"oxysim/sim/stats"
	"oxysim/study"
)

// unitOf returns what is written after a number of a metric, and by what it is
// multiplied: shares are written in per cent.
func unitOf(m model.Metric) (unit string, factor float64) {
	switch {
	case m.Indicator() || m.Unit == "1" && strings.Contains(m.Name, "share") || strings.HasPrefix(m.Meaning, "share of "):
		return "\u00a0%", 100
	case m.Unit == "1":
		return "", 1
	}
	return "\u00a0" + cubic.ReplaceAllString(m.Unit, "m³"), 1
}

// quantityOf writes a mean with its unit and as many digits as its interval
// supports.
func quantityOf(m model.Metric, x float64, in stats.Interval) string {
	unit, factor := unitOf(m)
	return figure(factor*x, factor*in.HalfWidth()) + unit
}

// signed writes a difference of a metric; of shares, in points.
func signed(m model.Metric, x float64, in stats.Interval) string {
	unit, factor := unitOf(m)
	if factor == 100 {
		unit = "\u00a0pp"
	}
	s := figure(factor*math.Abs(x), factor*in.HalfWidth()) + unit
	switch {
	case x < 0:
		return "−" + s
	case x > 0:
		return "+" + s
	}
	return s
}

// figure writes a number whose error is about so large with the digits that this
// supports.
func figure(x, half float64) string {
	if !(half > 0) || math.IsInf(half, 0) {
		return three(x)
	}
	place := math.Pow(10, math.Floor(math.Log10(half)))
	if half < 3*place {
		place /= 10 // of 1 and 2, one digit more
	}
	if r := math.Round(x/place) * place; place >= 1 {
		return plainNumber(math.Round(r))
	} else if place >= 1e-6 {
		return plainNumber(math.Round(r*1e9) / 1e9)
	}
	return three(x)
}

// metricOf writes a metric with the name of its thing.
func metricOf(s *study.Subject, m model.Metric) string {
	thing, part := study.Thing(m.Name)
	what := spoken(part)
	if m.Indicator() {
		what = "P(" + what + ")"
	}
	switch thing {
	case "":
		return what
	case "network":
		return what + " of the network"
	}
	return what + " at " + s.Label(thing)
}

// spoken writes the name of a metric: of its thing and what it is of that, with
// spaces.
func spoken(name string) string {
	for _, kind := range []string{"network.", "hospital.", "plant.", "truck.", "round.", "road."} {
		name = strings.TrimPrefix(name, kind)
	}
	return strings.ReplaceAll(strings.ReplaceAll(name, ".", ": "), "_", " ")
}
