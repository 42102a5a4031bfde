package quantity

// The kinds of quantity. An example is what a reader is told to write, so it is
// a plausible value of the kind.
var (
	aTime     = dimension{noun: "a time", example: "36h", over: duration, scale: 1, whole: true, write: []string{"d", "h", "min", "s"}, exactly: true}
	aDistance = dimension{noun: "a distance", example: "42 km", over: length, scale: 1, write: []string{"km"}}
	aSpeed    = dimension{noun: "a speed", example: "50 km/h", over: length, under: duration, scale: 3600, write: []string{"km/h"}}
	aVolume   = dimension{noun: "a volume of gas", example: "6.8 m3", over: gas, scale: 1, whole: true, write: []string{"m3", "L", "mL"}}
	aFlow     = dimension{noun: "a flow", example: "18 L/min", over: gas, under: duration, scale: 1, whole: true, write: []string{"L/min"}}
	aMass     = dimension{noun: "a mass", example: "78 kg", over: mass, scale: 1, write: []string{"kg"}}
	aPressure = dimension{noun: "a pressure", example: "150 bar", over: force, scale: 1, write: []string{"bar"}}
	aRate     = dimension{noun: "a rate", example: "6/day", under: duration, scale: 1, write: []string{"/day"}}
	aPower    = dimension{noun: "a power", example: "20 kW", over: power, scale: 1, write: []string{"kW"}}
	anEnergy  = dimension{noun: "an energy per volume", example: "1.4 kWh/m3", over: energy, under: gas, scale: cubicMetre, write: []string{"kWh/m3"}}
	aSum      = dimension{noun: "an amount of money", example: "233 $", over: cash, scale: 1, signed: true, bare: true}
	aShare    = dimension{noun: "a share", example: "5 %", over: portion, scale: 1, bare: true, fraction: true, top: 1, topHint: "at most 1, which is 100 %"}
	aCount    = dimension{noun: "a whole number", example: "45", scale: 1, whole: true, bare: true}
	aMean     = dimension{noun: "a number", example: "2.5", scale: 1, bare: true, fraction: true}
	aRatio    = dimension{noun: "a number", example: "0.5", scale: 1, bare: true, fraction: true}
	aNumber   = dimension{noun: "a number", example: "1.5", over: portion, scale: 1, bare: true, fraction: true, signed: true}
)

// kinds are the kinds that have a unit of their own. It is filled in by init,
// since it is read to describe the values it holds.
var kinds []*dimension

func init() {
	kinds = []*dimension{&aTime, &aDistance, &aSpeed, &aVolume, &aFlow, &aMass, &aPressure, &aRate, &aPower, &anEnergy, &aShare, &aSum,
		{noun: "an energy", over: energy}}
}

// kind is what makes a type of its own of each dimension.
type kind interface{ dimension() *dimension }

// scalar is what the types of one number have in common.
type scalar[K kind] struct{ amount }

func dim[K kind]() *dimension {
	var k K
	return k.dimension()
}

// UnmarshalText reads a value with its unit, and a range if there is one.
func (s *scalar[K]) UnmarshalText(text []byte) error {
	a, err := dim[K]().parse(string(text))
	if err == nil {
		s.amount = a
	}
	return err
}

func (s scalar[K]) String() string                    { return dim[K]().format(s.amount) }
func (s scalar[K]) Base() float64                     { return s.x }
func (s scalar[K]) Bounds() (lo, hi float64, ok bool) { return s.lo, s.hi, s.ranged }
func (s scalar[K]) Write(base float64) string         { return dim[K]().print(base) }
func (s scalar[K]) Wanted() string                    { return dim[K]().wanted() }
func (s scalar[K]) Examples() []string                { return []string{dim[K]().example} }
func (s scalar[K]) Unquoted() bool                    { return dim[K]().bare }
func (s scalar[K]) Pattern() string                   { return dim[K]().pattern() }

// patternNumber and patternUnit are what a number and a unit look like, as
// regular expressions that other programs understand too.
const (
	patternNumber = `[-+−]?\.?[0-9][0-9_.\s]*([eE][-+]?[0-9]+)?(/[0-9.]+)?`
	patternUnit   = `\s*[^\s0-9(].*`
)

func (d *dimension) pattern() string {
	if d.bare {
		return "^" + patternNumber + "(" + patternUnit + `|\s*\(.*)?$`
	}
	return "^" + patternNumber + patternUnit + "$"
}

type (
	spanKind     struct{}
	distanceKind struct{}
	speedKind    struct{}
	volumeKind   struct{}
	flowKind     struct{}
	massKind     struct{}
	pressureKind struct{}
	rateKind     struct{}
	shareKind    struct{}
	powerKind    struct{}
	workKind     struct{}
	countKind    struct{}
	numberKind   struct{}
)

func (spanKind) dimension() *dimension     { return &aTime }
func (distanceKind) dimension() *dimension { return &aDistance }
func (speedKind) dimension() *dimension    { return &aSpeed }
func (volumeKind) dimension() *dimension   { return &aVolume }
func (flowKind) dimension() *dimension     { return &aFlow }
func (massKind) dimension() *dimension     { return &aMass }
func (pressureKind) dimension() *dimension { return &aPressure }
func (rateKind) dimension() *dimension     { return &aRate }
func (shareKind) dimension() *dimension    { return &aShare }
func (powerKind) dimension() *dimension    { return &aPower }
func (workKind) dimension() *dimension     { return &anEnergy }
func (countKind) dimension() *dimension    { return &aCount }
func (numberKind) dimension() *dimension   { return &aNumber }

// Span is a length of time: "36h", "1h30m", "90 min", "3 days", "2 weeks",
// "10 years" of 365 days. It is rounded to the second.
type Span struct{ scalar[spanKind] }

// Seconds returns the length in seconds, at least 0.
func (s Span) Seconds() int64 { return int64(s.x) }

// Distance is a length of way: "42 km", "800 m", "12 miles".
type Distance struct{ scalar[distanceKind] }

// Km returns the distance in kilometres, at least 0.
func (d Distance) Km() float64 { return d.x }

// Speed is a distance over a time: "50 km/h".
type Speed struct{ scalar[speedKind] }

// KmPerHour returns the speed in kilometres per hour, at least 0.
func (s Speed) KmPerHour() float64 { return s.x }

// Volume is a volume of gas at 15 °C and 101.325 kPa: "6.8 m3", "1200 L",
// "500 mL"; "1 Nm3" is NormalToStandard m3.
type Volume struct{ scalar[volumeKind] }

// Units returns the volume in sixtieths of a millilitre, of which a litre has
// 60,000; at least 0.
func (v Volume) Units() int64 { return int64(v.x) }

// Litres returns the volume in litres.
func (v Volume) Litres() float64 { return v.x / 60e3 }

// Flow is a volume of gas over a time: "18 L/min", "30 Nm3/h", "200 m3/day".
// It is rounded to the millilitre per minute, which is one unit of volume per
// second.
type Flow struct{ scalar[flowKind] }

// MilliLitresPerMinute returns the flow, at least 0.
func (f Flow) MilliLitresPerMinute() int64 { return int64(f.x) }

// Mass is the mass of things: "78 kg", "5 t".
type Mass struct{ scalar[massKind] }

// Kg returns the mass in kilograms, at least 0.
func (m Mass) Kg() float64 { return m.x }

// Pressure is a gauge pressure: "150 bar", "2000 psi".
type Pressure struct{ scalar[pressureKind] }

// Bar returns the pressure in bar, at least 0.
func (p Pressure) Bar() float64 { return p.x }

// Rate is a mean number of events over a time: "6/day", "6 per day", "0.5/h".
type Rate struct{ scalar[rateKind] }

// PerSecond returns the mean number of events in a second, at least 0.
func (r Rate) PerSecond() float64 { return r.x }

// PerDay returns the mean number of events in a day.
func (r Rate) PerDay() float64 { return r.x * 86400 }

// Share is a part of a whole or a probability: "5 %", 0.05, "1/20".
type Share struct{ scalar[shareKind] }

// Fraction returns the share, in [0,1].
func (s Share) Fraction() float64 { return s.x }

// Power is electric or mechanical power: "20 kW".
type Power struct{ scalar[powerKind] }

// KW returns the power in kilowatts, at least 0.
func (p Power) KW() float64 { return p.x }

// EnergyPerVolume is the energy it takes to make a volume of gas at 15 °C:
// "1.4 kWh/m3".
type EnergyPerVolume struct{ scalar[workKind] }

// KWhPerM3 returns the energy in kilowatt-hours per cubic metre, at least 0.
func (e EnergyPerVolume) KWhPerM3() float64 { return e.x }

// Count is a number of things: 45.
type Count struct{ scalar[countKind] }

// Int returns the number, at least 0.
func (c Count) Int() int { return int(c.x) }

// Number is a number without a unit: 1.5, -3, "1/6", "5 %".
type Number struct{ scalar[numberKind] }

// Float returns the number.
func (n Number) Float() float64 { return n.x }
