package quantity

import (
	"encoding"
	"fmt"
	"reflect"
	"regexp"
	"testing"
)

// all returns a new value of each type that is read from text.
func all() []encoding.TextUnmarshaler {
	return []encoding.TextUnmarshaler{
		new(Span), new(Distance), new(Speed), new(Volume), new(Flow), new(Mass), new(Pressure), new(Rate), new(Share),
		new(EnergyPerVolume), new(Power), new(Money), new(Count), new(Number), new(Date), new(ClockTime), new(Hours),
		new(Weekdays), new(Months), new(SpanLaw), new(CountLaw), new(FlowLaw), new(VolumeLaw), new(NumberLaw),
	}
}

// What a type says to write, it reads; and the pattern for editors fits it.
func TestExamplesAreRead(t *testing.T) {
	for _, v := range all() {
		d := v.(Described)
		pattern := regexp.MustCompile(d.Pattern())
		for _, e := range d.Examples() {
			if err := v.UnmarshalText([]byte(e)); err != nil {
				t.Errorf("%T: %q: %v", v, e, err)
			}
			if !pattern.MatchString(e) {
				t.Errorf("%T: %q does not match %s", v, e, pattern)
			}
			if s := fmt.Sprint(v); !pattern.MatchString(s) {
				t.Errorf("%T: %q does not match %s", v, s, pattern)
			}
		}
	}
}

// Whatever the text, a type reads it or says why not; what it has read it writes
// so that it reads the same again; and it can write other numbers.
func FuzzParse(f *testing.F) {
	for _, v := range all() {
		for _, e := range v.(Described).Examples() {
			f.Add(e)
		}
	}
	for _, s := range []string{
		"13 h (12 h – 15 h)", "1,5 km", "-1e-3 (-2e-3 – 1)", "1h30m", "2 days 4 h", "5", "1/3", "$ 5 (4 – 6)", "20:00-06:00", "fri-mon",
		"exponential(72 h (4 h – 720 h))", "compound(compound(poisson(1), 2), empirical(1: 1/3, 2: 2/3))", "1e15 L", "9e15", "0.016666666666666666 mL",
		"lognormal(median 5, p99.9 45)", "negative-binomial(3, dispersion 1.5)", "1\u202f200 m³/day", "((((", "gamma(,)", "uniform(1(0-2), 5)",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, v := range all() {
			err := v.UnmarshalText([]byte(text))
			if err != nil {
				if err.Error() == "" {
					t.Errorf("%T: %q: an error without a message", v, text)
				}
				continue
			}
			s := fmt.Sprint(v)
			again := reflect.New(reflect.TypeOf(v).Elem()).Interface().(encoding.TextUnmarshaler)
			if err := again.UnmarshalText([]byte(s)); err != nil {
				t.Errorf("%T: %q is written %q: %v", v, text, s, err)
			} else if s2 := fmt.Sprint(again); s2 != s {
				t.Errorf("%T: %q is written %q, and that %q", v, text, s, s2)
			}
			if x, ok := v.(Scalar); ok {
				lo, hi, ranged := x.Bounds()
				if ranged && !(lo <= x.Base() && x.Base() <= hi) {
					t.Errorf("%T: %q: %v is not between %v and %v", v, text, x.Base(), lo, hi)
				}
				if text := x.Write(x.Base() * 1.5); ranged && text == "" {
					t.Errorf("%T: %q: nothing is written", v, s)
				}
				x.Write(0)
			}
		}
	})
}
