package quantity

import (
	"fmt"
	"reflect"
	"testing"
)

func try[T any](texts ...string) {
	for _, s := range texts {
		v, err := Parse[T](s)
		if err != nil {
			fmt.Printf("%-14s %-40q ERR %v\n", reflect.TypeFor[T]().Name(), s, err)
			continue
		}
		w, err := Parse[T](fmt.Sprint(v))
		rt := "ok"
		if err != nil || !reflect.DeepEqual(v, w) {
			rt = fmt.Sprintf("ROUNDTRIP %v %v", w, err)
		}
		sc, _ := any(v).(Scalar)
		b := 0.0
		if sc != nil {
			b = sc.Base()
		}
		fmt.Printf("%-14s %-40q %v  base %v %s\n", reflect.TypeFor[T]().Name(), s, v, b, rt)
	}
}
func TestTry(t *testing.T) {
	try[Distance]("42 km", "42", "42 h", "42 kmm", "1,5 km", "1,200 km", "-3 km", "1_200km", "1\u202f200 km", "800 m", "", "abc", "12 miles", "42 km (40 – 45)", "42 km (40 km-45 km)", "42 km (50 km – 60 km)", "42 km (60 – 50 km)", "42 km (40 km .. 45)", "42 km (40 to 45 km", "1e300 km", "1,234,567 km", "42 KM")
	try[Span]("36h", "1h30m", "2 days 4 h", "90 min", "3 weeks", "1 month", "0.2 s", "10 years", "13 h (12 h – 15 h)", "-3 h", "1h2h", "5", "42 km", "1.5 d", "2m", "3 monts", "12 hours")
	try[Volume]("6.8 m3", "6.8 m³", "1 Nm3", "500 mL", "1 L", "0.1 mL", "6.8 m3/h", "6.8 m4", "47 l")
	try[Flow]("18 L/min", "30 Nm3/h", "200 m3/day", "200 m3 per day", "15 lpm", "30 m3", "30 m3/hh", "18 Lmin", "5 L/h")
	try[Rate]("6/day", "6 per day", "0.5/h", "3/week", "2/year", "6", "6 day", "6/dya", "6 patients/day", "6 km/day")
	try[Speed]("50 km/h", "50 kmh", "50", "50 km", "10 m/s")
	try[Share]("5 %", "0.05", "1/20", "5", "105 %", "7%", "5 percent", "5 per cent", "-1 %")
	try[EnergyPerVolume]("1.4 kWh/m3", "1.4 kWh", "1.1 kWh/Nm3")
	try[Power]("20 kW", "20 kWh")
	try[Pressure]("150 bar", "2000 psi")
	try[Mass]("78 kg", "5 t", "5 tons")
	try[Money]("233 $", "233 USD", "$233", "€ 12.50", "233", "1,500 $", "100 USD (80 – 120)", "100 USD (80 USD – 120 EUR)", "abc", "-5 $", "USD 12", "12 dollars")
	try[Count]("45", "45.5", "-1", "45 (40 – 50)", "45 km", "four")
	try[Number]("1.5", "-3", "1/6", "1,5", "1e3", "abc")
	try[Date]("2020-06-01", "2020-13-01", "2020-06-31", "1.6.2020", "2020-06-01T07:00:00Z")
	try[ClockTime]("07:30", "7:30", "24:00", "7.30", "07:30:15")
	try[Hours]("08:00-17:00, 19:00-22:00", "always", "alwys", "20:00-06:00", "never", "08:00-17:00, 16:00-18:00", "08:00 – 24:00", "00:00-24:00", "8-17")
	try[Weekdays]("mon, thu", "mon-fri", "every day", "fri-mon", "mon, mon", "mno", "sat-thu", "monday, tuesdey")
	try[Months]("nov-apr", "jan, feb", "every month", "jna")
	try[SpanLaw]("36h", "uniform(1h, 3h)", "triangular(1h, 2h, 5h)", "exponential(12h)", "erlang(3, 12h)", "gamma(12h, cv 0.5)", "weibull(12h, shape 2)", "lognormal(25m, cv 0.3)", "lognormal(median 5m, p95 45m)", "hyperexponential(12h, scv 4)", "empirical(1h, 2h, 5h)", "poisson(3)", "compound(poisson(3), uniform(1h, 4h))",
		"expnential(12h)", "gamma(12h)", "gamma(12h, 0.5)", "gamma(12h, cv x)", "gamma(12 km, cv 0.5)", "uniform(3h, 1h)", "uniform(3h, 1h", "exponential(0h)", "lognormal(median 5m, p95 4m)", "exponential(72 h (4 h – 720 h))", "gamma(72 h (4 h – 720 h), cv 1 (0.5 – 2))", "abc", "42", "erlang(2.5, 3h)", "weibull(12h, shap 2)", "gamma(12h, cv=0.5)", "gamma(1,5h, cv 0.5)", "foo(1)", "hyperexponential(12h, scv 0.5)", "lognormal(median 5m, p50 6m)")
	try[CountLaw]("3", "poisson(3.5)", "empirical(1: 1/6, 2: 1/3, 3: 1/3, 4: 1/6)", "negative-binomial(3, dispersion 1.5)", "compound(poisson(3), uniform(1,4))", "2.5", "empirical(1: x, 2: 1)", "empirical(1:1, 2)", "empirical(1:0,2:0)", "compound(compound(poisson(1),2), 3)", "poisson(-2)", "empirical()")
	try[FlowLaw]("10 L/min", "triangular(5 L/min, 10 L/min, 30 L/min)")
	try[NumberLaw]("1.5", "uniform(-1, 2)", "poisson(-2)")
	l := Must[SpanLaw]("exponential(72 h (4 h – 720 h))")
	fmt.Println(l.Write(3600), l.Base())
	fmt.Println(Must[SpanLaw]("gamma(12h, cv 0.5)").Write(7200), Must[SpanLaw]("gamma(12h, cv 0.5)").Scale(2), Must[CountLaw]("compound(poisson(3), uniform(1,4))").Scale(2))
}
