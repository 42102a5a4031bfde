package quantity

import (
	"errors"
	"math"
	"strings"
)

// Scalar is a quantity of one number, or a law, which stands for the one of
// its arguments that has a range, or else for its mean.
type Scalar interface {
	// Base returns the number in the base unit of its kind.
	Base() float64
	// Bounds returns the range within which the number is believed to lie,
	// in the base unit; ok is false if none was written.
	Bounds() (lo, hi float64, ok bool)
	// Write returns the text that means the given number, in the base unit,
	// in place of this one, and has no range. Kinds that count in whole base
	// units round to the nearest.
	Write(base float64) string
	// String returns the text in canonical spelling, with the range if there
	// is one. It is read as the same value.
	String() string
}

// Described is implemented by the types of this package to say how they are
// written.
type Described interface {
	Wanted() string     // `a distance such as "42 km"`
	Examples() []string // at least one text that is read without error
	Pattern() string    // a regular expression that all texts match, or ""
	Unquoted() bool     // whether a number, date or time without quotes will do
}

// dimension describes a kind of quantity.
type dimension struct {
	noun        string   // "a distance"
	example     string   // "42 km"
	over, under physical // what its units measure above and below the stroke
	scale       float64  // number of base units in one unit of size 1 over one of size 1
	whole       bool     // kept as a whole number of base units
	bare        bool     // a number without a unit will do
	fraction    bool     // may be written 1/6
	signed      bool     // may be negative
	top         float64  // greatest value, if not 0
	topHint     string   // said when it is greater
	write       []string // units to write it in: the first of which there is at least one
	exactly     bool     // write in the first unit of which there is a whole number instead
}

// largest is the greatest number of base units of any kind: beyond it, float64
// can no longer count by ones.
const largest = 1 << 53

// wanted returns the beginning of most messages: `a distance such as "42 km"`.
func (d *dimension) wanted() string { return d.noun + ` such as "` + d.example + `"` }

func (d *dimension) not(got, hint string) error {
	return &WantError{Want: d.wanted(), Got: got, Hint: hint}
}

// amount is a number in base units, with its range if it has one.
type amount struct {
	x, lo, hi float64
	ranged    bool
}

// parse reads a value with or without a range.
func (d *dimension) parse(text string) (amount, error) {
	t := tidy(text)
	main, inside, ranged := strings.Cut(t, "(")
	if !ranged {
		x, _, err := d.value(t, text, "")
		return amount{x: x, lo: x, hi: x}, err
	}
	inside, closed := strings.CutSuffix(inside, ")")
	x, unit, err := d.value(strings.TrimSpace(main), text, "")
	if err != nil {
		return amount{}, err
	}
	low, high, ok := cutRange(inside)
	if !closed || !ok {
		return amount{}, &WantError{Want: `a range in brackets such as "13 h (12 h – 15 h)"`, Got: text}
	}
	hi, unit, err := d.value(high, high, unit)
	if err != nil {
		return amount{}, err
	}
	lo, _, err := d.value(low, low, unit)
	if err != nil {
		return amount{}, err
	}
	switch {
	case lo > hi:
		return amount{}, &WantError{Want: "a range from low to high", Got: text}
	case x < lo || x > hi:
		return amount{}, &WantError{Want: "a value inside its range", Got: text}
	}
	return amount{x: x, lo: lo, hi: hi, ranged: true}, nil
}

// cutRange splits "12 h – 15 h" at the dash, "..", "…" or "to".
func cutRange(s string) (lo, hi string, ok bool) {
	for _, sep := range []string{" to ", "..", "…", "–", "—"} {
		if lo, hi, ok = strings.Cut(s, sep); ok {
			return strings.TrimSpace(lo), strings.TrimSpace(hi), true
		}
	}
	_, n := scanNumber(strings.TrimLeft(s, " ")) // so that a sign or the minus of 1e-3 is no dash
	n += len(s) - len(strings.TrimLeft(s, " "))
	lo, hi, ok = strings.Cut(s[n:], "-")
	return strings.TrimSpace(s[:n] + lo), strings.TrimSpace(hi), ok
}

// value reads one number with its unit from s, and returns it in base units
// with the unit. The given unit holds if s has none. Errors show got.
func (d *dimension) value(s, got, given string) (x float64, unit string, err error) {
	if d.over == duration && d.under == nothing {
		if x, ok := composite(s); ok {
			return x, "s", nil
		}
	}
	scan := scanNumber
	if d.fraction {
		scan = scanFraction
	}
	y, n := scan(s)
	if n == 0 {
		return 0, "", d.not(got, "")
	}
	if hint := commaHint(s); hint != "" {
		return 0, "", d.not(got, hint)
	}
	unit = strings.TrimSpace(s[n:])
	if unit == "" {
		unit = given
	}
	times, by, err := d.factor(unit, got)
	if err != nil {
		return 0, "", err
	}
	x, err = d.admit(y*times/by, y, got)
	return x, unit, err
}

// factor returns by what to multiply, and then to divide, a number in the
// given unit to have it in base units; one of the two is 1.
func (d *dimension) factor(name, got string) (times, by float64, err error) {
	if name == "" {
		if d.bare {
			return 1, 1, nil
		}
		return 0, 0, d.not(got, "")
	}
	above, below, stroke := splitUnit(name)
	if hint, ok := vague[strings.ToLower(above)]; ok {
		return 0, 0, d.not(got, hint)
	}
	if hint, ok := vague[strings.ToLower(below)]; ok {
		return 0, 0, d.not(got, hint)
	}
	u, v := find(above, d.over), find(below, d.under)
	if above == "" {
		u = nil
	}
	known := (u != nil || above == "" && stroke) && (v != nil || !stroke)
	if !known {
		return 0, 0, d.not(got, didYouMean(d.guess(above, below, stroke)))
	}
	if of(u) != d.over || of(v) != d.under {
		return 0, 0, &WantError{Want: d.wanted(), Kind: kindOf(of(u), of(v)), Got: got}
	}
	f := sizeOf(u) * d.scale
	if f >= sizeOf(v) {
		return f / sizeOf(v), 1, nil
	}
	return 1, sizeOf(v) / f, nil
}

func of(u *unit) physical {
	if u == nil {
		return nothing
	}
	return u.of
}

func sizeOf(u *unit) float64 {
	if u == nil {
		return 1
	}
	return u.size
}

// kindOf returns what a unit measures, such as "a time", or "" if no kind of
// quantity has such a unit.
func kindOf(over, under physical) string {
	for _, d := range kinds {
		if d.over == over && d.under == under && over != nothing || over == nothing && under == duration && d == &aRate {
			return d.noun
		}
	}
	return ""
}

// guess returns the unit that the one written may be a misspelling of.
func (d *dimension) guess(above, below string, stroke bool) string {
	if d.over == nothing && d.under == nothing {
		return ""
	}
	repair := func(s string, p physical) (string, bool) {
		if p == nothing {
			return "", s == ""
		}
		if u := find(s, p); u != nil && u.of == p {
			return s, true
		}
		g := Guess(s, namesOf(p))
		return g, g != ""
	}
	over, ok := repair(above, d.over)
	if !ok {
		return ""
	}
	if d.under == nothing {
		if stroke {
			return ""
		}
		return over
	}
	if !stroke {
		return ""
	}
	under, ok := repair(below, d.under)
	if !ok {
		return ""
	}
	return over + "/" + under
}

// admit returns x as it is kept, or why it cannot be. y is the number written.
func (d *dimension) admit(x, y float64, got string) (float64, error) {
	switch {
	case math.IsNaN(x) || math.Abs(x) > largest:
		return 0, d.not(got, "too large")
	case x < 0 && !d.signed:
		return 0, d.not(got, "negative")
	case d.top != 0 && x > d.top:
		hint := d.topHint
		if y == x && x <= 100 {
			hint += "; " + didYouMean(plain(y)+" %")
		}
		return 0, d.not(got, hint)
	case !d.whole:
		return x + 0, nil // no negative zero
	}
	r := math.Round(x)
	if d.bare && r != x {
		return 0, d.not(got, "")
	}
	if r == 0 && x != 0 {
		return 0, d.not(got, "too small")
	}
	return r + 0, nil
}

// print writes x base units so that it is read as x.
func (d *dimension) print(x float64) string {
	if d.whole {
		x = math.Round(x)
	}
	if len(d.write) == 0 {
		return plain(x)
	}
	var name string
	var times, by float64
	for _, name = range d.write {
		var err error
		if times, by, err = d.factor(name, ""); err != nil {
			panic("quantity: " + err.Error()) // the table of kinds is wrong
		}
		if y := x * by / times; d.exactly && math.Trunc(y) == y && y != 0 || !d.exactly && math.Abs(y) >= 1 {
			break
		}
	}
	number := formatNumber(x*by/times, func(y float64) bool {
		z := y * times / by
		return z == x || d.whole && math.Round(z) == x
	})
	if strings.HasPrefix(name, "/") {
		return number + name
	}
	return number + " " + name
}

func (d *dimension) format(a amount) string {
	if !a.ranged {
		return d.print(a.x)
	}
	return d.print(a.x) + " (" + d.print(a.lo) + " – " + d.print(a.hi) + ")"
}

// composite reads a length of time in several units, such as 1h30m or
// 2 days 4 h, each unit smaller than the one before.
func composite(s string) (seconds float64, ok bool) {
	last := math.Inf(1)
	parts := 0
	for s = strings.TrimSpace(s); s != ""; parts++ {
		x, n := scanNumber(s)
		if n == 0 || s[0] == '+' || s[0] == '-' {
			return 0, false
		}
		s = strings.TrimSpace(s[n:])
		end := strings.IndexFunc(s, func(r rune) bool { return isDigit(r) || r == ' ' })
		if end < 0 {
			end = len(s)
		}
		u := find(s[:end], duration)
		if u == nil || u.of != duration || u.size >= last {
			return 0, false
		}
		last = u.size
		seconds += float64(x * u.size)
		s = strings.TrimSpace(s[end:])
	}
	return math.Round(seconds), parts > 1 && seconds <= largest
}

// Parse reads text as a T, which is one of the types of this package.
func Parse[T any](text string) (T, error) {
	var v T
	u, ok := any(&v).(interface{ UnmarshalText([]byte) error })
	if !ok {
		return v, errors.New("quantity: T is not read from text")
	}
	err := u.UnmarshalText([]byte(text))
	return v, err
}

// Must is Parse that panics if text is not a T.
func Must[T any](text string) T {
	v, err := Parse[T](text)
	if err != nil {
		panic("quantity: " + err.Error())
	}
	return v
}
