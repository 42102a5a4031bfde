package quantity

import (
	"fmt"
	"testing"
	"time"
)

// reader reads a text as one type, and returns its canonical text.
type reader func(text string) (string, error)

func as[T fmt.Stringer](text string) (string, error) {
	v, err := Parse[T](text)
	if err != nil {
		return "", err
	}
	return v.String(), nil
}

// What is written in any manner is understood as one canonical text, which is
// understood as itself.
func TestCanonicalText(t *testing.T) {
	for _, c := range []struct {
		read       reader
		text, want string
	}{
		{as[Distance], "42 km", "42 km"},
		{as[Distance], " 42km ", "42 km"},
		{as[Distance], "1_200 km", "1200 km"},
		{as[Distance], "1.2e3 KM", "1200 km"},
		{as[Distance], "1\u202f200\u00a0km", "1200 km"},
		{as[Distance], "800 m", "0.8 km"},
		{as[Distance], "10 miles", "16.09344 km"},
		{as[Distance], ".5 km", "0.5 km"},
		{as[Distance], "0 km", "0 km"},
		{as[Distance], "-0 km", "0 km"},

		{as[Distance], "42 km (40 km – 45 km)", "42 km (40 km – 45 km)"},
		{as[Distance], "42 km (40 - 45)", "42 km (40 km – 45 km)"},
		{as[Distance], "42 km (40-45 km)", "42 km (40 km – 45 km)"},
		{as[Distance], "42 km (40000 m .. 45)", "42 km (40 km – 45 km)"}, // the low end has its own unit, the high end that of the value
		{as[Distance], "42 km (40 to 45)", "42 km (40 km – 45 km)"},
		{as[Distance], "42 km (42 — 42 km)", "42 km (42 km – 42 km)"},
		{as[Number], "1 (-1e-1 - 2)", "1 (-0.1 – 2)"},

		{as[Span], "36h", "36 h"},
		{as[Span], "1h30m", "90 min"},
		{as[Span], "2 days 4 h", "52 h"},
		{as[Span], "3 weeks", "21 d"},
		{as[Span], "1 year", "365 d"},
		{as[Span], "1.5 d", "36 h"},
		{as[Span], "2m", "2 min"},
		{as[Span], "90 s", "90 s"},
		{as[Span], "0 s", "0 s"},
		{as[Span], "13 h (12 h – 15 h)", "13 h (12 h – 15 h)"},

		{as[Volume], "6.8 m³", "6.8 m3"},
		{as[Volume], "1 Nm3", "1.055 m3"},
		{as[Volume], "0.5 L", "500 mL"},
		{as[Volume], "0.05 mL", "0.05 mL"}, // 3 units
		{as[Flow], "18 L/min", "18 L/min"},
		{as[Flow], "15 lpm", "15 L/min"},
		{as[Flow], "30 Nm3/h", "527.5 L/min"},
		{as[Flow], "144 m3 per day", "100 L/min"},
		{as[Flow], "5 L/h", "0.083 L/min"}, // to the millilitre
		{as[Speed], "10 m/s", "36 km/h"},
		{as[Speed], "50 kmh", "50 km/h"},
		{as[Mass], "5 t", "5000 kg"},
		{as[Pressure], "2000 psi", "137.8951458 bar"},
		{as[Pressure], "15 MPa", "150 bar"},
		{as[Rate], "6 per day", "6/day"},
		{as[Rate], "0.5/h", "12/day"},
		{as[Rate], "73/year", "0.2/day"},
		{as[Share], "5 %", "0.05"},
		{as[Share], "7%", "0.07"},
		{as[Number], "5 %", "0.05"},
		{as[Number], "120%", "1.2"},
		{as[Share], "1/20", "0.05"},
		{as[Share], "5 per cent", "0.05"},
		{as[Power], "500 W", "0.5 kW"},
		{as[EnergyPerVolume], "1.4 kWh/m3", "1.4 kWh/m3"},
		{as[EnergyPerVolume], "1.055 kWh/Nm3", "1 kWh/m3"},
		{as[Count], "45 (40 – 50)", "45 (40 – 50)"},
		{as[Count], "1e3", "1000"},
		{as[Number], "−3", "-3"},
		{as[Number], "1/8", "0.125"},
		{as[Money], "$ 233", "233 USD"},
		{as[Money], "12.50€ (10 – 15)", "12.5 EUR (10 EUR – 15 EUR)"},
		{as[Money], "-5 iqd", "-5 IQD"},

		{as[Date], "2020-06-01", "2020-06-01"},
		{as[ClockTime], "7:30", "07:30"},
		{as[ClockTime], "07:30:15", "07:30:15"},
		{as[Hours], "19:00 – 22:00, 08:00-17:00", "08:00-17:00, 19:00-22:00"},
		{as[Hours], "20:00-06:00", "00:00-06:00, 20:00-24:00"},
		{as[Hours], "00:00-12:00, 12:00-24:00", "always"},
		{as[Hours], "12:00-00:00", "12:00-24:00"},
		{as[Hours], "never", "never"},
		{as[Weekdays], "Monday, thu", "mon, thu"},
		{as[Weekdays], "fri-mon", "mon, fri, sat, sun"},
		{as[Weekdays], "mon-sun", "every day"},
		{as[Months], "nov-apr", "jan, feb, mar, apr, nov, dec"},
		{as[Months], "sept.", "sep"},
	} {
		got, err := c.read(c.text)
		if err != nil || got != c.want {
			t.Errorf("%q: got %q, %v, want %q", c.text, got, err, c.want)
			continue
		}
		if again, err := c.read(got); err != nil || again != got {
			t.Errorf("%q: got %q, %v, want itself", got, again, err)
		}
	}
}

// A wrong text is answered with what was wanted, what was written and a remedy.
func TestMessages(t *testing.T) {
	for _, c := range []struct {
		read       reader
		text, want string
	}{
		{as[Distance], "42", `want a distance such as "42 km", not "42"`},
		{as[Distance], "", `want a distance such as "42 km", not ""`},
		{as[Distance], "far", `want a distance such as "42 km", not "far"`},
		{as[Distance], "42 h", `want a distance such as "42 km", not a time "42 h"`},
		{as[Distance], "42 kmm", `want a distance such as "42 km", not "42 kmm" (did you mean "km"?)`},
		{as[Distance], "1,5 km", `want a distance such as "42 km", not "1,5 km" (write a decimal point: "1.5 km")`},
		{as[Distance], "1,200 km", `want a distance such as "42 km", not "1,200 km" (a comma could mean either: write "1200 km" or "1.200 km")`},
		{as[Distance], "1,234,567 km", `want a distance such as "42 km", not "1,234,567 km" (write the number without commas)`},
		{as[Distance], "-3 km", `want a distance such as "42 km", not "-3 km" (negative)`},
		{as[Distance], "1e300 km", `want a distance such as "42 km", not "1e300 km" (too large)`},
		{as[Distance], "1 2 km", `want a distance such as "42 km", not "1 2 km"`},
		{as[Distance], "42 km/h", `want a distance such as "42 km", not a speed "42 km/h"`},
		{as[Distance], "42 km (50 – 60 km)", `want a value inside its range, not "42 km (50 – 60 km)"`},
		{as[Distance], "42 km (45 – 40 km)", `want a range from low to high, not "42 km (45 – 40 km)"`},
		{as[Distance], "42 km (40 – 45", `want a range in brackets such as "13 h (12 h – 15 h)", not "42 km (40 – 45"`},
		{as[Distance], "42 km (about)", `want a range in brackets such as "13 h (12 h – 15 h)", not "42 km (about)"`},
		{as[Distance], "42 km (40 h – 45 km)", `want a distance such as "42 km", not a time "40 h"`},
		{as[Span], "1h2h", `want a time such as "36h", not "1h2h"`},
		{as[Span], "1 month", `want a time such as "36h", not "1 month" (a month has no fixed length: write days)`},
		{as[Span], "0.2 s", `want a time such as "36h", not "0.2 s" (too small)`},
		{as[Span], "3 hous", `want a time such as "36h", not "3 hous" (did you mean "hour"?)`},
		{as[Volume], "6.8 m4", `want a volume of gas such as "6.8 m3", not "6.8 m4" (did you mean "m3"?)`},
		{as[Volume], "6.8 ML", `want a volume of gas such as "6.8 m3", not "6.8 ML" (did you mean "mL"?)`},
		{as[Flow], "30 m3", `want a flow such as "18 L/min", not a volume of gas "30 m3"`},
		{as[Flow], "30 m3/hh", `want a flow such as "18 L/min", not "30 m3/hh" (did you mean "m3/h"?)`},
		{as[Rate], "6", `want a rate such as "6/day", not "6"`},
		{as[Rate], "6/dya", `want a rate such as "6/day", not "6/dya" (did you mean "/day"?)`},
		{as[Share], "5", `want a share such as "5 %", not "5" (at most 1, which is 100 %; did you mean "5 %"?)`},
		{as[Share], "105 %", `want a share such as "5 %", not "105 %" (at most 1, which is 100 %)`},
		{as[Power], "20 kWh", `want a power such as "20 kW", not an energy "20 kWh"`},
		{as[Mass], "5 tons", `want a mass such as "78 kg", not "5 tons" (write t or kg)`},
		{as[Count], "4.5", `want a whole number such as "45", not "4.5"`},
		{as[Count], "45 km", `want a whole number such as "45", not a distance "45 km"`},
		{as[Money], "233", `want an amount of money such as "233 $", not "233" (say in which currency)`},
		{as[Money], "1,500 $", `want an amount of money such as "233 $", not "1,500 $" (a comma could mean either: write "1500 $" or "1.500 $")`},
		{as[Money], "100 USD (80 – 120 EUR)", `want an amount of money such as "233 $", not "100 USD (80 – 120 EUR)"`},
		{as[Date], "1.6.2020", `want a date such as "2020-06-01", not "1.6.2020"`},
		{as[Date], "2020-06-31", `want a date such as "2020-06-01", not "2020-06-31" (there is no such day)`},
		{as[ClockTime], "24:00", `want a time of day such as "07:30", not "24:00"`},
		{as[Hours], "alwys", `want opening hours such as "08:00-17:00" or "always", not "alwys" (did you mean "always"?)`},
		{as[Hours], "08:00-17:00, 16:00-18:00", `want opening hours such as "08:00-17:00" or "always", not "08:00-17:00, 16:00-18:00" (the windows overlap)`},
		{as[Hours], "08:00-08:00", `want opening hours such as "08:00-17:00" or "always", not "08:00-08:00" (a window of no length)`},
		{as[Weekdays], "mno", `want days such as "mon, thu", "mon-fri" or "every day", not "mno" (did you mean "mon"?)`},
		{as[Weekdays], "mon, mon-fri", `want days such as "mon, thu", "mon-fri" or "every day", not "mon, mon-fri" (monday twice)`},
		{as[Months], "novembre", `want months such as "jan, feb", "nov-apr" or "every month", not "novembre" (did you mean "november"?)`},
	} {
		got, err := c.read(c.text)
		if err == nil || err.Error() != c.want {
			t.Errorf("%q: got %q, %v\nwant %s", c.text, got, err, c.want)
		}
	}
}

// Values are in the base units that the rest of the program counts in.
func TestBaseUnits(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want any
	}{
		{"a litre of gas is 60,000 units", Must[Volume]("1 L").Units(), int64(60_000)},
		{"and one litre", Must[Volume]("1 L").Litres(), 1.0},
		{"6.8 m3", Must[Volume]("6.8 m3").Units(), int64(408_000_000)},
		{"1 mL/min is 1 unit per second", Must[Flow]("1 mL/min").MilliLitresPerMinute(), int64(1)},
		{"30 Nm3/h at 15 °C", Must[Flow]("30 Nm3/h").MilliLitresPerMinute(), int64(527_500)},
		{"1h30m", Must[Span]("1h30m").Seconds(), int64(5400)},
		{"6/day", Must[Rate]("6/day").PerSecond(), 6.0 / 86400},
		{"6/day a day", Must[Rate]("6/day").PerDay(), 6.0},
		{"10 m/s", Must[Speed]("10 m/s").KmPerHour(), 36.0},
		{"5 %", Must[Share]("5 %").Fraction(), 0.05},
		{"1.4 kWh/m3", Must[EnergyPerVolume]("1.4 kWh/m3").KWhPerM3(), 1.4},
		{"20 kW", Must[Power]("20 kW").KW(), 20.0},
		{"800 m", Must[Distance]("800 m").Km(), 0.8},
		{"5 t", Must[Mass]("5 t").Kg(), 5000.0},
		{"150 bar", Must[Pressure]("150 bar").Bar(), 150.0},
		{"45", Must[Count]("45").Int(), 45},
		{"1/8", Must[Number]("1/8").Float(), 0.125},
		{"233 $", Must[Money]("233 $").Amount(), 233.0},
		{"its currency", Must[Money]("233 $").Currency(), "USD"},
		{"07:30", Must[ClockTime]("07:30").Seconds(), int64(27000)},
		{"days from 1970", Must[Date]("1970-01-02").Days(), 1},
		{"days to 1970", Must[Date]("1969-12-31").Days(), -1},
		{"the first of June 2020", Must[Date]("2020-06-01").Weekday(), time.Monday},
		{"the day after a leap day", Must[Date]("2020-02-29").Add(1), Date{2020, time.March, 1}},
		{"open over midnight", Must[Hours]("20:00-06:00").Open(3600), true},
		{"closed at the end", Must[Hours]("08:00-17:00").Open(17 * 3600), false},
		{"open hours", Must[Hours]("20:00-06:00").PerDay(), int64(10 * 3600)},
		{"thursday", Must[Weekdays]("mon, thu").Has(time.Thursday), true},
		{"sunday", Must[Weekdays]("mon-sat").Has(time.Sunday), false},
		{"days a week", Must[Weekdays]("mon-fri").Len(), 5},
		{"january", Must[Months]("nov-apr").Has(time.January), true},
		{"may", Must[Months]("nov-apr").Has(time.May), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, c.got, c.want)
		}
	}
}

// A range is kept beside the value; another value is written without it.
func TestRanges(t *testing.T) {
	for _, c := range []struct {
		s            Scalar
		base, lo, hi float64
		ranged       bool
		write        float64
		want         string
	}{
		{Must[Span]("13 h (12 h – 15 h)"), 46800, 43200, 54000, true, 7200, "2 h"},
		{Must[Span]("13 h"), 46800, 46800, 46800, false, 7200.4, "2 h"},
		{Must[Count]("45"), 45, 45, 45, false, 46.7, "47"},
		{Must[Share]("5 % (1 – 10 %)"), 0.05, 0.01, 0.1, true, 0.07, "0.07"},
		{Must[Money]("233 $ (200 – 300)"), 233, 200, 300, true, 250, "250 USD"},
		{Must[SpanLaw]("13 h (12 h – 15 h)"), 46800, 43200, 54000, true, 7200, "2 h"},
		{Must[SpanLaw]("exponential(72 h (4 h – 720 h))"), 259200, 14400, 2592000, true, 7200, "exponential(2 h)"},
		{Must[SpanLaw]("gamma(72 h, cv 1 (0.5 – 2))"), 1, 0.5, 2, true, 1.5, "gamma(3 d, cv 1.5)"},
		{Must[SpanLaw]("uniform(1h, 3h)"), 7200, 7200, 7200, false, 14400, "uniform(2 h, 6 h)"},
		{Must[NumberLaw]("uniform(-1, 1)"), 0, 0, 0, false, 3, "3"},
		{Must[CountLaw]("compound(poisson(3 (1 – 5)), 2)"), 3, 1, 5, true, 4, "compound(poisson(4), 2)"},
	} {
		lo, hi, ranged := c.s.Bounds()
		if c.s.Base() != c.base || lo != c.lo || hi != c.hi || ranged != c.ranged {
			t.Errorf("%s: got %v (%v – %v) %v, want %v (%v – %v) %v", c.s, c.s.Base(), lo, hi, ranged, c.base, c.lo, c.hi, c.ranged)
		}
		if got := c.s.Write(c.write); got != c.want {
			t.Errorf("%s: got %q for %v, want %q", c.s, got, c.write, c.want)
		}
	}
}

// Series have one number per day, in base units.
func TestSeries(t *testing.T) {
	read := func(unit string, days, cells []string) (FlowSeries, []string) {
		var s FlowSeries
		var wrong []string
		s.UnmarshalCells(unit, days, cells, func(i int, err error) { wrong = append(wrong, fmt.Sprint(i, ": ", err)) })
		return s, wrong
	}
	s, wrong := read("m3/day", []string{"2020-02-28", "2020-02-29", "2020-03-01"}, []string{"144", "288 m3/day", "1 L/min"})
	if d, ok := s.Start(); wrong != nil || !ok || d != (Date{2020, time.February, 28}) || fmt.Sprint(s.Values()) != "[100000 200000 1000]" {
		t.Errorf("got %v from %v %v, %v", s.Values(), d, ok, wrong)
	}
	s, wrong = read("L/min", []string{"1", "2"}, []string{"1", "2"})
	if _, ok := s.Start(); wrong != nil || ok || s.First() != 1 || s.Len() != 2 || s.At(1) != 2000 {
		t.Errorf("got %v from %v, %v", s.Values(), s.First(), wrong)
	}
	_, wrong = read("", []string{"3", "x"}, []string{"1", "2 L/min (1 – 3)"})
	want := `[0: want a flow such as "18 L/min", not "1" 1: want a flow such as "18 L/min", not "2 L/min (1 – 3)" (a series has no ranges) -2: want the day after the one before, "4", not "x"]`
	if got := fmt.Sprint(wrong); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A guess is near, or there is none.
func TestGuess(t *testing.T) {
	words := []string{"buffer", "beds", "label", "m3", "L"}
	for word, want := range map[string]string{
		"bufer": "buffer", "bed": "beds", "lable": "label", "BUFFER": "buffer", "price": "", "": "", "x": "", "buffer": "", "l": "L",
	} {
		if got := Guess(word, words); got != want {
			t.Errorf("Guess(%q): got %q, want %q", word, got, want)
		}
	}
}
